"""The shapes of sources' and articles' documents, for the schema; the documents themselves are made in documents.py."""

from rest_framework import serializers as s

from borderwatch.api.shapes import Document, Reference, day, number, string, texts


class Source(Document):
    name = s.CharField()
    slug = s.CharField()
    kind = s.CharField()
    country = string()
    languages = texts()
    website = string()
    ownership = string()
    scale = string()
    reliability = s.CharField()
    reliability_reason = string()
    reliability_assessed_on = day()
    logo = string(allow_null=True)


class SourceReference(Reference):
    kind = s.CharField()
    reliability = s.CharField()


class ImageSize(s.Serializer):
    file = s.CharField()
    width = s.IntegerField()
    type = s.CharField()


class Image(s.Serializer):
    file = s.CharField()
    alt = string()
    caption = string(required=False)
    credit = string(required=False)
    taken_on = s.CharField(allow_null=True, required=False, allow_blank=True)
    rights = string(required=False)
    is_file_photo = s.BooleanField(help_text="Taken before what the record is about.")
    width = s.IntegerField(allow_null=True)
    height = s.IntegerField(allow_null=True)
    sizes = ImageSize(many=True)


class Article(Document):
    headline = s.CharField()
    original_url = string(allow_null=True)
    archive_url = string()
    byline = string()
    language = string()
    published_on = day()
    published_precision = number()
    source = SourceReference(allow_null=True)
    origin = Reference(allow_null=True)
    cites = Reference(many=True)
    summary = string()
    image = Image(allow_null=True)
    duplicate_of = s.CharField(allow_null=True)
    retracted_on = day()
    retraction_notice = string()


class ArticleReference(s.Serializer):
    id = s.CharField()
    headline = s.CharField()
    url = s.CharField()
    original_url = string(allow_null=True)
    archive_url = string()
    published_on = day()
    published_precision = number()
    language = string()
    retracted_on = day()
    source = SourceReference(allow_null=True)

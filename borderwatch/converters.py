"""Parts of addresses. Whoever imports this module can use them in routes."""

from django.urls import register_converter


class PublicId:
    """A public id: BW-2025-0001, ST-1, AC-12."""

    regex = r"[A-Z]{2}(?:-\d{4})?-\d{1,9}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class EditionNumber(PublicId):
    """The number of an edition, small enough for every database."""

    regex = r"\d{1,6}"

    def to_python(self, value):
        return int(value)


class StoredImage(PublicId):
    """The name under which a picture is stored: given by chance, so that it tells nothing and cannot be guessed."""

    regex = r"images/[0-9a-f]{32}\.(?:jpg|png|webp)"


register_converter(PublicId, "public_id")
register_converter(EditionNumber, "edition")
register_converter(StoredImage, "stored_image")

"""The shapes of answers, for the schema: what every document has in common, and the envelopes. Nothing is serialized by them."""

from rest_framework import serializers as s


def string(**kwargs):
    return s.CharField(allow_blank=True, **kwargs)


def day():
    return s.DateField(allow_null=True)


def moment():
    return s.DateTimeField()


def number():
    return s.IntegerField(allow_null=True)


def texts():
    return s.ListField(child=s.CharField())


class Reference(s.Serializer):
    id = s.CharField()
    name = s.CharField()


class DocumentEdition(s.Serializer):
    number = s.IntegerField()
    kind = s.CharField()
    note = string()
    valid_from = moment()
    recorded_at = moment()
    digest = s.CharField()
    chain = s.CharField()


class Document(s.Serializer):
    """What stands in every document."""

    id = s.CharField()
    url = s.CharField()
    translations = s.DictField()
    edition = DocumentEdition()
    first_published_at = moment()


class Problem(s.Serializer):
    """An error, RFC 9457; `errors` names parameters, a withdrawn record says its id, reason and when."""

    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    detail = s.CharField()
    errors = s.DictField(child=texts(), required=False)


class EditionEntry(s.Serializer):
    id = s.CharField()
    number = s.IntegerField()
    kind = s.CharField()
    note = string()
    url = s.CharField()
    valid_from = moment()
    valid_to = s.DateTimeField(allow_null=True)
    recorded_at = moment()
    digest = s.CharField()
    chain = s.CharField()
    is_withdrawn = s.BooleanField()
    is_sealed = s.BooleanField()


class Difference(s.Serializer):
    field = s.CharField()
    before = s.JSONField(allow_null=True)
    after = s.JSONField(allow_null=True)


class StatementDifference(s.Serializer):
    id = s.CharField()
    state = s.ChoiceField(["added", "removed", "changed"])
    changed = Difference(many=True)


EditionComparison = type(s.Serializer)(
    "EditionComparison",
    (s.Serializer,),
    {
        "id": s.CharField(),
        "record": s.CharField(),
        "url": s.CharField(),
        "from": EditionEntry(),
        "to": EditionEntry(),
        "numbers": Difference(many=True),
        "fields": Difference(many=True),
        "statements": StatementDifference(many=True),
    },
)
"""What differs between two editions; `from` is no name that a class body takes."""


class ChangeEntry(s.Serializer):
    sequence = s.IntegerField()
    release = s.IntegerField()
    record = s.CharField()
    id = s.CharField()
    kind = s.CharField()
    number = s.IntegerField()
    recorded_at = moment()
    valid_from = moment()
    note = string()
    changed = Difference(many=True)


class RecordName(s.Serializer):
    record = s.CharField()
    id = s.CharField()


class ChangeShown(ChangeEntry):
    """A change with the other records whose documents show the changed one now; null where they are too many to be told."""

    shown_in = RecordName(many=True, allow_null=True)


def envelope_of(shape):
    """The shape of a list of `shape`."""
    name = f"{shape.__name__}List"
    fields = {
        "count": s.IntegerField(),
        "count_is_exact": s.BooleanField(),
        "next": s.CharField(allow_null=True),
        "previous": s.CharField(allow_null=True),
        "as_of": s.DateTimeField(allow_null=True),
        "results": shape(many=True),
    }
    return type(name, (s.Serializer,), fields)

"""The shapes of incidents', statements', actors' and places' documents and of tallies, for the schema."""

from rest_framework import serializers as s

from borderwatch.api.shapes import Document, Reference, day, number, string, texts
from sources.shapes import ArticleReference, Image


class PlaceReference(Reference):
    country = string()
    within = texts()


class Origin(Reference):
    type = s.ChoiceField(["actor", "source"])


# Places and actors


class Place(s.Serializer):
    id = s.CharField()
    url = s.CharField()
    name = s.CharField()
    slug = s.CharField()
    kind = s.CharField()
    country = string()
    code = string()
    latitude = s.FloatField(allow_null=True)
    longitude = s.FloatField(allow_null=True)
    names = s.DictField()
    external_ids = s.DictField()
    label = s.CharField()
    parent = Reference(allow_null=True)
    province = s.CharField(allow_null=True)


class Office(s.Serializer):
    title = s.CharField()
    body = Reference(allow_null=True)
    started_on = day()
    ended_on = day()


class Actor(Document):
    name = s.CharField()
    slug = s.CharField()
    kind = s.CharField()
    country = string()
    parent = Reference(allow_null=True)
    root = Reference(allow_null=True)
    outlets = Reference(many=True)
    description = string()
    aliases = texts()
    offices = Office(many=True)
    image = Image(allow_null=True)
    external_ids = s.DictField()


# Statements


class Figure(s.Serializer):
    id = s.CharField()
    measure = s.CharField()
    group = s.CharField()
    nationality = string()
    low = number()
    best = number()
    high = number()
    wording = string()
    incidents = texts()
    together = s.BooleanField()
    adds = s.BooleanField()
    calculation = string()
    derived_from = texts()
    party = Reference(allow_null=True)
    verdict = s.CharField()
    verdict_reason = string()


class Label(s.Serializer):
    actor = Reference(allow_null=True)
    described = string()
    words = string()
    language = string()


class Assertion(s.Serializer):
    about = s.CharField()
    role = s.CharField()
    starts_on = day()
    ends_on = day()
    place = PlaceReference(allow_null=True)
    wording = string()
    incident = s.CharField(allow_null=True)


class Covers(s.Serializer):
    start = day()
    end = day()
    place = PlaceReference(allow_null=True)
    incidents_low = number()
    incidents_high = number()
    note = string()


class StatementBody(s.Serializer):
    id = s.CharField()
    url = s.CharField()
    speaker = Reference(allow_null=True)
    speaker_as = string()
    speaker_title = string()
    on_behalf_of = Reference(allow_null=True)
    origin = Origin(allow_null=True)
    attribution = s.CharField()
    based_on = Reference(allow_null=True)
    released_through = Reference(allow_null=True)
    attributed_to = Reference(allow_null=True)
    attributed_to_as = string()
    act = s.CharField()
    denies = string()
    said_on = day()
    said_precision = number()
    retracted_on = day()
    quote = string()
    text = string()
    language = string()
    original_text = string()
    original_language = string()
    translated_by = string()
    credibility = number()
    translations = s.DictField()
    supersedes = s.CharField(allow_null=True)
    in_reply_to = s.CharField(allow_null=True)
    about_place = PlaceReference(allow_null=True)
    covers = Covers(allow_null=True)
    outcome = string()
    outcome_reason = string()
    outcome_statement = s.CharField(allow_null=True)
    article = ArticleReference(allow_null=True)
    figures = Figure(many=True)
    labels = Label(many=True)
    assertions = Assertion(many=True)


class StatementInIncident(StatementBody):
    certainty = s.CharField()


class IncidentOfStatement(s.Serializer):
    id = s.CharField()
    title = s.CharField()
    url = s.CharField()
    certainty = s.CharField()


class Statement(StatementBody, Document):
    incidents = IncidentOfStatement(many=True)


# Incidents


class Date(s.Serializer):
    start = s.DateField()
    end = s.DateField()
    precision = s.IntegerField()
    local_time = s.CharField(allow_null=True, allow_blank=True)


class IncidentPlace(s.Serializer):
    id = s.CharField(allow_null=True)
    name = string()
    kind = s.CharField(allow_null=True)
    province = s.CharField(allow_null=True)
    province_name = s.CharField(allow_null=True)
    country = string()
    country_name = s.CharField(allow_null=True)
    latitude = s.FloatField(allow_null=True)
    longitude = s.FloatField(allow_null=True)
    precision = number()
    description = string()
    within = texts()


class Count(s.Serializer):
    """low, best and high are null where the accounts give no number (`counted` is false)."""

    low = number()
    best = number()
    high = number()
    open_ended = s.BooleanField()
    counted = s.BooleanField()
    used = texts()
    best_from = texts()


class Toll(s.Serializer):
    """A measure is null where nobody reported anything."""

    rule = s.CharField()
    killed = Count(allow_null=True)
    injured = Count(allow_null=True)
    missing = Count(allow_null=True)
    detained = Count(allow_null=True)


class Bucket(s.Serializer):
    measure = s.CharField()
    group = s.CharField()
    nationality = string()
    low = number()
    best = number()
    high = number()
    open_ended = s.BooleanField()
    used = texts()
    best_from = texts()


class SetAside(s.Serializer):
    figure = s.CharField()
    reason = string()
    code = s.CharField()


class Together(s.Serializer):
    figure = s.CharField()
    measure = s.CharField()
    group = s.CharField()
    nationality = string()
    incidents = texts()
    low = number()
    best = number()
    high = number()
    recorded = number()


class WholeToll(Toll):
    buckets = Bucket(many=True)
    set_aside = SetAside(many=True)
    together = Together(many=True)


class Evidence(s.Serializer):
    status = s.ChoiceField(["single-source", "corroborated"])
    reports = s.IntegerField()
    origins = Origin(many=True)
    acknowledged_by = Origin(many=True)
    disputed_on = texts()


class WholeEvidence(Evidence):
    differences = s.ListField(child=s.DictField())


class Participant(s.Serializer):
    actor = Reference(allow_null=True)
    described_as = string()
    role = s.CharField()
    according_to = s.CharField(allow_null=True)


class IncidentItem(Document):
    title = s.CharField()
    slug = s.CharField()
    summary = string()
    kind = s.CharField()
    means = texts()
    date = Date()
    place = IncidentPlace(allow_null=True)
    launched_from = PlaceReference(allow_null=True)
    toll = Toll()
    evidence = Evidence()
    participants = Participant(many=True)
    content_warning = string()
    external_ids = s.DictField()


class Incident(IncidentItem):
    toll = WholeToll()
    evidence = WholeEvidence()
    statements = StatementInIncident(many=True)
    images = Image(many=True)


# Tallies


class Sum(s.Serializer):
    incidents = s.IntegerField()
    low = number()
    best = number()
    high = number()
    open_ended = s.BooleanField()
    not_reported = s.IntegerField()
    uncounted = s.IntegerField()


class SumRow(Sum):
    key = string()
    label = string()
    ids = texts()


class Tally(s.Serializer):
    rule = s.CharField()
    measure = s.CharField()
    as_of = s.DateTimeField(allow_null=True)
    by = s.CharField()
    total = Sum()
    rows = SumRow(many=True)
    rows_add_up = s.BooleanField()
    together = Together(many=True)


class Period(s.Serializer):
    start = day()
    end = day()


class Comparison(s.Serializer):
    statement = s.CharField()
    covers = Period()
    claimed = s.DictField()
    recorded = s.DictField()
    difference = s.DictField()
    assumption = string()
    incidents = texts()


class Comparisons(s.Serializer):
    as_of = s.DateTimeField(allow_null=True)
    results = Comparison(many=True)

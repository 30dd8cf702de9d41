"""What readers may ask of incidents, statements, actors and places: one set for page, API, export, feed, map and tallies."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from borderwatch.lists.filter_fields import CountryField, DayField, NumberField, RepeatedField, SlugsField, WordField, WordsField
from borderwatch.lists.filters import MOST_KILLED, ReaderFilterSet, ordering_filter
from borderwatch.lists.row_filters import (
    BoundFilter,
    BoxFilter,
    ColumnFilter,
    FacetFilter,
    ReaderFilter,
    RecordFilter,
    any_of,
    successors,
    with_facet,
)
from borderwatch.models import Reference
from borderwatch.search import tokens
from borderwatch.texts import words
from incidents.places import Place
from incidents.published import PublishedActor, PublishedIncident, PublishedStatement
from sources.published import PublishedSource

GROUPS = [("all", _("everybody together")), *((code, name) for code, name in words.GROUP.items() if code != "all")]
A_COUNTRY = _("Two letters, such as TJ.")
A_PLACE = _("Its name in any script or its address word, such as khatlon; with all that lies inside.")
A_SOURCE = _("Its name, id or address word, such as SO-1.")
AN_ACTOR = _("Its name in any script, id or address word, such as AC-4; with all below it.")
NAMED_BY_STATEMENTS = ("speaker", "on_behalf_of", "based_on", "attributed_to", "party", "labels")
"""Fields in which a statement names an actor."""


# Filters


class ActorFamilyFilter(RecordFilter):
    """The actors asked for and all below them, at the moment asked for."""

    def of_kind(self, uids):
        moment = self.parent.as_of
        found = frontier = successors(PublishedActor, uids, moment)
        standing = PublishedActor.objects.standing(moment)
        while frontier:
            below = standing.filter(Q(parent_uid__in=frontier) | Q(merged_into__in=frontier)).values_list("uid", flat=True)
            frontier = set(below) - found
            found = found | frontier
        return standing.filter(uid__in=found)


class ParticipantFilter(ActorFamilyFilter):
    """Incidents in which an actor takes part: in any role, or in the roles asked for beside it."""

    @property
    def names(self):
        return [f"actor:{role}" for role in self.parent.cleaned.get("role") or ()] or ["actor"]

    @property
    def facet_name(self):
        return self.names[0] if len(self.names) == 1 else None

    def keep_named(self, rows, meant):
        names = self.names
        facets = rows.model.facet_model.objects.filter(name__in=names, value__in=meant.values("public_id"))
        return rows.filter(pk__in=facets.values("row"))


class NamedActorFilter(ActorFamilyFilter):
    """Statements that an actor makes, or that name it as the one spoken for, blamed, counted or called."""

    facet_name = None

    def keep_named(self, rows, meant):
        names = Reference.objects.filter(record="statement", field__in=NAMED_BY_STATEMENTS, target__in=meant.values("uid"))
        return rows.filter(pk__in=names.values("edition"))


class ActorItselfFilter(ActorFamilyFilter):
    """Actors that are the one asked for or stand below it."""

    facet_name = None

    def keep_named(self, rows, meant):
        return rows.filter(uid__in=meant.values("uid"))


class EvidenceFilter(ReaderFilter):
    """Incidents with any of these marks: how many origins vouch, whether others acknowledge it, whether accounts dispute it."""

    MARKS = {"acknowledged": Q(is_acknowledged=True), "disputed": Q(is_disputed=True)}

    def keep(self, rows, values):
        return rows.filter(any_of(self.MARKS.get(value, Q(evidence=value)) for value in values))


class AboutPlaceFilter(ReaderFilter):
    """Statements about a place, or about an incident there."""

    def keep(self, rows, slugs):
        facets = rows.model.facet_model.objects
        there = with_facet(PublishedIncident.objects.standing(self.parent.as_of), "place", slugs)
        about = facets.filter(name="place", value__in=slugs) | facets.filter(name="incident", value__in=there.values("public_id"))
        return rows.filter(pk__in=about.values("row"))


class LiesInFilter(ReaderFilter):
    """Places that are the one asked for or lie in it, however deep."""

    def keep(self, rows, slugs):
        within = [Q(slug__in=slugs)] + [Q(**{f"{'__'.join(['parent'] * depth)}__slug__in": slugs}) for depth in (1, 2, 3)]
        return rows.filter(any_of(within))


class PlaceNameFilter(ReaderFilter):
    """Places of which one name, in any language, holds the words; the gazetteer is small enough to read."""

    field_class = RepeatedField

    def keep(self, rows, texts):
        asked = [tokens(text) for text in texts]
        places = rows.values_list("pk", "name", "names")
        return rows.filter(pk__in=[pk for pk, name, names in places if bears_any(asked, all_names(name, names))])


def all_names(name, names):
    """The words of a place's names in all languages, each after a space."""
    others = [text for texts in names.values() for text in (texts if isinstance(texts, list) else [texts])]
    return " " + " ".join(tokens(" ".join([name, *others])))


def bears_any(asked, names):
    """Whether all words of one of `asked` begin a word of `names`."""
    return any(found and all(f" {word}" in names for word in found) for found in asked)


# The sets


class IncidentFilter(ReaderFilterSet):
    since = BoundFilter(DayField, "date_end", "gte", label=_("From"))
    until = BoundFilter(DayField, "date_start", "lte", label=_("Until"))
    kind = ColumnFilter(WordsField, "kind", label=_("Kind"), choices=words.INCIDENT_KIND.items())
    place = FacetFilter(SlugsField, "place", model=Place, label=_("Place"), help_text=A_PLACE)
    country = ColumnFilter(CountryField, "country", label=_("Country"), help_text=A_COUNTRY)
    actor = ParticipantFilter(model=PublishedActor, label=_("Actor"), help_text=AN_ACTOR)
    role = FacetFilter(WordsField, "role", label=_("Role"), choices=words.ROLE.items())
    source = RecordFilter(field_name="source", model=PublishedSource, label=_("Source"), help_text=A_SOURCE)
    speaker = RecordFilter(field_name="speaker", model=PublishedActor, label=_("Speaker"), help_text=AN_ACTOR)
    act = FacetFilter(WordsField, "act", label=_("What was said"), choices=words.ACT.items())
    group = FacetFilter(WordsField, "group", label=_("Who was hit"), choices=GROUPS)
    nationality = FacetFilter(CountryField, "nationality", label=_("Nationality"), help_text=A_COUNTRY)
    killed_min = BoundFilter(NumberField, "killed_best", "gte", label=_("Killed, at least"), least=0, most=MOST_KILLED)
    killed_max = BoundFilter(NumberField, "killed_best", "lte", label=_("Killed, at most"), least=0, most=MOST_KILLED)
    evidence = EvidenceFilter(WordsField, label=_("Evidence"), choices=words.EVIDENCE.items())
    bbox = BoxFilter(label=_("Part of the map"))
    ordering = ordering_filter("date", "killed", "updated", "published", "title", default="-date")

    orderings = {"date": "date_start", "killed": "killed_best", **ReaderFilterSet.orderings}
    default_ordering = "-date"
    ids_have_no_fixed_length = False

    class Meta:
        model = PublishedIncident
        fields = []


class StatementFilter(ReaderFilterSet):
    since = BoundFilter(DayField, "said_until", "gte", label=_("Said from"))
    until = BoundFilter(DayField, "said_on", "lte", label=_("Said until"))
    place = AboutPlaceFilter(SlugsField, model=Place, label=_("Place"), help_text=A_PLACE)
    actor = NamedActorFilter(model=PublishedActor, label=_("Speaks or is spoken of"), help_text=AN_ACTOR)
    source = RecordFilter(field_name="source", model=PublishedSource, label=_("Source"), help_text=A_SOURCE)
    speaker = RecordFilter(field_name="speaker", model=PublishedActor, label=_("Speaker"), help_text=AN_ACTOR)
    act = ColumnFilter(WordsField, "act", label=_("What was said"), choices=words.ACT.items())
    group = FacetFilter(WordsField, "group", label=_("Who was hit"), choices=GROUPS)
    nationality = FacetFilter(CountryField, "nationality", label=_("Nationality"), help_text=A_COUNTRY)
    ordering = ordering_filter("date", "updated", "published", default="-date")

    orderings = {"date": "said_on", "updated": "valid_from", "published": "first_published_at"}
    default_ordering = "-date"

    class Meta:
        model = PublishedStatement
        fields = []


class ActorFilter(ReaderFilterSet):
    kind = ColumnFilter(WordsField, "kind", label=_("Kind"), choices=words.ACTOR_KIND.items())
    country = ColumnFilter(CountryField, "country", label=_("Country"), help_text=A_COUNTRY)
    actor = ActorItselfFilter(model=PublishedActor, label=_("Part of"), help_text=AN_ACTOR)
    ordering = ordering_filter("title", "published", "updated", default="title")

    class Meta:
        model = PublishedActor
        fields = []


class PlaceFilter(ReaderFilterSet):
    """Places are reference data: `as_of` is accepted, so that links may carry it, and changes nothing."""

    q = PlaceNameFilter(label=_("Words"), help_text=_("A name in any language."))
    kind = ColumnFilter(WordsField, "kind", label=_("Kind"), choices=words.PLACE_KIND.items())
    country = ColumnFilter(CountryField, "country", label=_("Country"), help_text=A_COUNTRY)
    place = LiesInFilter(SlugsField, model=Place, label=_("Lies in"), help_text=A_PLACE)
    bbox = BoxFilter(label=_("Part of the map"))
    ordering = ordering_filter("title", default="title")

    left_out = ("updated_since",)
    orderings = {"title": "name"}
    id_column = "slug"
    ids_have_no_fixed_length = False

    class Meta:
        model = Place
        fields = []

    def standing_rows(self):
        return self.queryset.select_related("parent__parent__parent")


class TallyFilter(IncidentFilter):
    """What a tally may be asked: `group` and `nationality` restrict who is counted, the other filters which incidents."""

    by = ReaderFilter(WordField, label=_("By"), choices=words.TALLY_BY.items())
    measure = ReaderFilter(WordField, label=_("Count"), choices=words.MEASURE.items())
    group = ReaderFilter(WordsField, label=_("Who was hit"), choices=GROUPS)
    nationality = ReaderFilter(CountryField, label=_("Nationality"), help_text=A_COUNTRY)

    left_out = ("ordering", "limit", "cursor", "fields")

    class Meta:
        model = PublishedIncident
        fields = []

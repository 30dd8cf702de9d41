"""Filters: a parameter and the rows that it keeps. Which parameters a list has, say the filter sets (filters.py)."""

import django_filters
from django import forms
from django.db.models import FilteredRelation, Q

from borderwatch import search
from borderwatch.lists.filter_fields import BoxField, RecordsField, RepeatedField


class ReaderFilter(django_filters.Filter):
    """`field` is the form field's class; what else is given goes to the form field."""

    field_class = forms.Field

    def __init__(self, field_class=None, field_name=None, **extra):
        super().__init__(field_name=field_name, **{"required": False, **extra})
        self.field_class = field_class or self.field_class
        if "choices" in extra:
            self.extra["choices"] = list(extra["choices"])

    def of(self, asked):
        """This filter as that of one set, which is its `parent`; what it is made of never changes and is shared."""
        found = object.__new__(type(self))
        found.__dict__ = self.__dict__ | {"parent": asked, "model": asked.queryset.model}
        return found

    def filter(self, rows, value):
        return rows if value in (None, [], ()) else self.keep(rows, value)

    def keep(self, rows, value):
        return rows

    def lead(self, value):
        """The one facet (name, value) that keeps the same rows, or None: such rows are read along the facet in order of date."""
        return None


class SearchFilter(ReaderFilter):
    """Rows whose words hold all that is asked; of several repetitions any."""

    field_class = RepeatedField
    expression = None
    """What the index is asked for one text, where the page's rows were found by it."""

    def keep(self, rows, texts):
        if len(texts) == 1:
            return search.matching(rows, texts[0], self.expression)
        found = [search.matching(rows.model.objects.all(), text).values("pk") for text in texts]
        return rows.filter(any_of(Q(pk__in=keys) for keys in found))


class ColumnFilter(ReaderFilter):
    """Rows whose column is any of the values."""

    def keep(self, rows, values):
        return rows.filter(**{f"{self.field_name}__in": values})


class BoundFilter(ReaderFilter):
    """Rows whose column is at least or at most the value; an unknown number or date is neither."""

    def __init__(self, field_class, field_name, lookup, **extra):
        self.lookup = lookup
        super().__init__(field_class, field_name, **extra)

    def keep(self, rows, value):
        return rows.filter(**{f"{self.field_name}__{self.lookup}": value})


class FacetFilter(ReaderFilter):
    """Rows with a facet of this name and any of the values."""

    field_class = RepeatedField

    def keep(self, rows, values):
        return with_facet(rows, self.field_name, values)

    def lead(self, values):
        return (self.field_name, values[0]) if len(values) == 1 else None


class RecordFilter(ReaderFilter):
    """Rows that have to do with any of the records asked for, each read as what it was merged into."""

    field_class = RecordsField

    facet_name = property(lambda self: self.field_name)
    """The facet by which rows name such records; None where they are found otherwise."""

    def keep(self, rows, uids):
        return self.keep_named(rows, self.meant(uids))

    _meant = None

    def meant(self, uids):
        """`of_kind`, looked up once: a filter belongs to one question."""
        if self._meant is None:
            self._meant = self.of_kind(uids)
        return self._meant

    def lead(self, uids):
        name = self.facet_name
        ids = list(self.meant(uids).values_list("public_id", flat=True)[:2]) if name else []
        return (name, ids[0]) if len(ids) == 1 else None

    def of_kind(self, uids):
        """The rows, at the moment asked for, of the records meant."""
        model = self.extra["model"]
        return model.objects.standing(self.parent.as_of).filter(uid__in=successors(model, uids, self.parent.as_of))

    def keep_named(self, rows, meant):
        return with_facet(rows, self.field_name, meant.values("public_id"))


class BoxFilter(ReaderFilter):
    """Rows whose point lies in a part of the map."""

    field_class = BoxField

    def keep(self, rows, box):
        west, south, east, north = box
        across = Q(longitude__gte=west) & Q(longitude__lte=east)
        if west > east:
            across = Q(longitude__gte=west) | Q(longitude__lte=east)
        return rows.filter(across, latitude__gte=south, latitude__lte=north)


def any_of(conditions):
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def with_facet(rows, name, values):
    return rows.filter(pk__in=rows.model.facet_model.objects.filter(name=name, value__in=values).values("row"))


def led_by(rows, name, value):
    """Rows with this facet, joined to it as `lead`: its date is theirs, and its index answers filter and order at once."""
    lead = FilteredRelation("facets", condition=Q(facets__name=name, facets__value=value))
    return rows.alias(lead=lead).filter(lead__name=name)


def successors(model, uids, moment):
    """`uids` and, where one was merged away by `moment`, what it was merged into."""
    found, frontier = set(uids), set(uids)
    while frontier:
        merged = model.objects.standing(moment).filter(uid__in=frontier, merged_into__isnull=False)
        frontier = set(merged.values_list("merged_into", flat=True)) - found
        found |= frontier
    return found

"""What readers ask of a list: one FilterSet per list, shared by its page, API, exports, feed, map and tallies.

asked = IncidentFilter(request.GET)
asked.problems              every unknown parameter and every malformed value, in words
asked.qs                    the rows, at the moment asked for; none where a value is malformed
asked.as_of                 that moment, None for now
"""

import functools
import re
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.lists import paging
from borderwatch.lists.filter_fields import AsOfField, MomentField, NotInForm, NumberField, WordField
from borderwatch.lists.row_filters import BoundFilter, ReaderFilter, SearchFilter, led_by

IGNORED = re.compile(r"utm_\w+|fbclid|gclid", re.ASCII)
"""Parameters that other sites add to a shared address."""
PARAMETERS = (
    "after by measure q since until kind place country actor role source speaker act group nationality "
    "killed_min killed_max evidence language bbox as_of updated_since ordering limit cursor fields"
).split()
"""Every parameter, in the order in which forms and messages show them."""
NOT_ROWS = ("as_of", "ordering", "limit", "cursor", "fields")
"""Parameters that choose a moment, an order or a part, not rows."""
NOT_CHIPS = ("ordering", "limit", "cursor", "fields")
DEFAULT_LIMIT, MOST_LIMIT = 50, 200
MOST_KILLED = 1_000_000


# The form and the set


class ReaderForm(forms.Form):
    use_required_attribute = False
    asked = None

    def clean(self):
        for name, field in self.fields.items():
            given = [text for text in several(self.data, name) if text.strip()]
            if len(given) > 1 and not getattr(field, "is_repeatable", False):
                self.add_error(name, _("Give this once."))
        self.asked.check(self)


@functools.cache
def current(model):
    """What readers see now of one kind, to be copied: put together once, because every list begins so."""
    return model.objects.current()


def several(parameters, name):
    """Every value that an address gives for a parameter."""
    if hasattr(parameters, "getlist"):
        return parameters.getlist(name)
    return [parameters[name]] if name in parameters else []


class Asked:
    """What readers asked, read from the parameters of an address. `also`: parameters that the view reads itself, such as `layout`;
    `without`: parameters that make no sense there."""

    orderings = {"updated": "valid_from", "published": "first_published_at", "title": "title"}
    """What rows can be ordered by → the column."""
    default_ordering = "title"
    id_column = "public_id"
    """What orders rows that are equal otherwise."""
    ids_have_no_fixed_length = True
    """ST-10 stands after ST-9."""
    left_out = ()
    """Parameters of the general set that make no sense in this one."""
    never_unknown = ("date_start", "valid_from", "first_published_at", "title", "name")
    """Columns to order by that every row has a value in."""

    def __init__(self, data=None, queryset=None, *, request=None, prefix=None, also=(), without=()):
        """As django-filter's, which copies every filter with all that it is made of: that took as long as a small answer."""
        self.queryset = self._meta.model.objects.all() if queryset is None else queryset
        self.is_bound, self.data, self.request, self.form_prefix = True, data or QueryDict(), request, prefix
        left_out, known = {*self.left_out, *without}, self.base_filters
        self.filters = {name: known[name].of(self) for name in PARAMETERS if name in known and name not in left_out}
        self.also = also
        self._position = None

    @property
    def valid_parameters(self):
        return [*self.filters, *self.also]

    @cached_property
    def given(self):
        """Name → values of every parameter that is known and not empty."""
        found = {name: [text for text in several(self.data, name) if text.strip()] for name in self.data if name in self.filters}
        return {name: texts for name, texts in found.items() if texts}

    @cached_property
    def unknown_parameters(self):
        known = set(self.valid_parameters)
        return [name for name in self.data if name not in known and not IGNORED.fullmatch(name)]

    @cached_property
    def given_form(self):
        """The form of the parameters that were given; the others hold nothing that could be wrong."""
        form = ReaderForm(self.data)
        form.asked = self
        form.fields = {name: self.filters[name].field for name in self.given}
        return form

    @cached_property
    def cleaned(self):
        """Name → value as the filters take it; empty where nothing was asked or a value is malformed."""
        return {} if not self.given or self.given_form.errors else self.given_form.cleaned_data

    @property
    def is_malformed(self):
        return bool(self.given) and bool(self.given_form.errors)

    @cached_property
    def problems(self):
        """[{"name", "message"}] for every unknown parameter and every malformed value."""
        known = ", ".join(self.valid_parameters)
        unknown = _("This parameter is not known here. Known ones: %(names)s.") % {"names": known}
        found = [{"name": name, "message": unknown} for name in self.unknown_parameters]
        malformed = self.given_form.errors if self.given else {}
        return found + [{"name": name, "message": str(message)} for name, messages in malformed.items() for message in messages]

    @property
    def as_of(self):
        """The moment of which the record is asked; None for now."""
        return self.cleaned.get("as_of")

    @property
    def limit(self):
        return self.cleaned.get("limit") or DEFAULT_LIMIT

    @property
    def ordering(self):
        asked = (self.given.get("ordering") or [""])[-1]
        return asked if asked.removeprefix("-") in self.orderings else self.default_ordering

    @property
    def sort(self):
        """(column, whether the largest stands first)."""
        return self.orderings[self.ordering.removeprefix("-")], self.ordering.startswith("-")

    @property
    def position(self):
        """Where the page starts (paging.Position); None for the first one."""
        return self._position if self.cleaned else None

    # The rows

    @cached_property
    def qs(self):
        """The rows asked for, unordered; none where a value is malformed."""
        return self.queryset.none() if self.is_malformed else self.filter_queryset(self.standing_rows())

    def standing_rows(self):
        """Public rows at the moment asked for."""
        return self.queryset.as_of(self.as_of) if self.as_of else current(self.queryset.model).all()

    def filter_queryset(self, queryset, but=None):
        for name in self.given:
            if name not in NOT_ROWS and name != but:
                queryset = self.filters[name].filter(queryset, self.cleaned.get(name))
        return queryset

    @cached_property
    def led_rows(self):
        """The same rows along the one facet that was asked for, with its date as `lead__date`; None where there is no such facet."""
        model = self.queryset.model
        if self.is_malformed or self.sort[0] != getattr(model, "facet_column", None):
            return None
        for name in self.given:
            if found := name not in NOT_ROWS and self.filters[name].lead(self.cleaned.get(name)):
                return self.filter_queryset(led_by(self.standing_rows(), *found), but=name)
        return None

    @property
    def words_asked(self):
        """The words that rows must hold, where the newest stand first: such rows are found along the index of words."""
        texts = self.cleaned.get("q") or ()
        is_newest_first = self.sort == (getattr(self.queryset.model, "facet_column", None), True)
        return texts[0] if is_newest_first and len(texts) == 1 else None

    def rows_but_for_words(self):
        """The rows that all else asked for keeps."""
        return self.filter_queryset(self.standing_rows(), but="q")

    # The form

    @cached_property
    def chips(self):
        """[{"name", "label", "value", "query"}] for every filter chosen; `query` is the address without it."""
        shown = {name: texts for name, texts in self.given.items() if name not in NOT_CHIPS}
        return [self.chip(name, text) for name, texts in shown.items() for text in dict.fromkeys(texts)]

    def chip(self, name, text):
        others = [(other, value) for other in self.data if other != "cursor" for value in several(self.data, other)]
        query = urlencode([(other, value) for other, value in others if value and (other, value) != (name, text)])
        field = self.given_form.fields[name]
        return {"name": name, "label": field.label, "value": field.words_for(text) if hasattr(field, "words_for") else text, "query": query}

    def get_form_class(self):
        fields = {name: chosen.field for name, chosen in self.filters.items()}
        return type(f"{type(self).__name__}Form", (ReaderForm,), fields | {"asked": self})

    def check(self, form):
        """What single fields cannot know; adds its errors to the form."""
        if cursor := form.cleaned_data.get("cursor"):
            try:
                self._position = paging.position(cursor, self)
            except ValidationError as error:
                form.add_error("cursor", error)


class ReaderFilterSet(Asked, django_filters.FilterSet):
    """What every list may be asked."""

    q = SearchFilter(label=gettext_lazy("Words"), help_text=gettext_lazy("In any spelling; “quoted words” stand together."))
    as_of = ReaderFilter(AsOfField, label=gettext_lazy("As it stood on"), help_text=gettext_lazy("The record as readers saw it that day."))
    updated_since = BoundFilter(MomentField, "recorded_at", "gte", label=gettext_lazy("Updated since"), widget=forms.HiddenInput)
    limit = ReaderFilter(NumberField, label=gettext_lazy("Rows per page"), least=1, most=MOST_LIMIT, widget=NotInForm)
    cursor = ReaderFilter(forms.CharField, label=gettext_lazy("Position"), max_length=1000, widget=NotInForm)
    fields = ReaderFilter(forms.CharField, label=gettext_lazy("Fields"), max_length=1000, widget=NotInForm)


class RecordAsked(Asked, django_filters.FilterSet):
    """What may be asked of a single record."""

    as_of = ReaderFilterSet.base_filters["as_of"]
    fields = ReaderFilterSet.base_filters["fields"]


ORDERING_WORDS = {
    "-date": gettext_lazy("Newest first"),
    "date": gettext_lazy("Oldest first"),
    "-killed": gettext_lazy("Most killed first"),
    "killed": gettext_lazy("Fewest killed first"),
    "-updated": gettext_lazy("Last updated first"),
    "updated": gettext_lazy("Longest not updated first"),
    "-published": gettext_lazy("Last published first"),
    "published": gettext_lazy("First published first"),
    "title": gettext_lazy("By title, A to Z"),
    "-title": gettext_lazy("By title, Z to A"),
}


def ordering_filter(*names, default):
    """The parameter `ordering` over `names`, the default first."""
    codes = [sign + name for name in names for sign in ("-", "")]
    choices = sorted(((code, ORDERING_WORDS[code]) for code in codes), key=lambda choice: choice[0] != default)
    return ReaderFilter(WordField, label=gettext_lazy("Order"), choices=choices)

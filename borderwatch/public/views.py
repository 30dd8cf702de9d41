"""What all readers' pages have in common: as-of, parameters in words, lists and their parts.

Public code: it reads the public tables, never the desk.
"""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.generic import TemplateView

from borderwatch.lists import paging, serving
from borderwatch.lists.filter_fields import AsOfField
from borderwatch.lists.filters import IGNORED, NOT_ROWS
from borderwatch.public.caching import PUBLIC, Stamp
from borderwatch.state import PublicState
from borderwatch.texts.translations import in_reader_language


class PublicPage(TemplateView):
    """A readers' page: `as_of` names the day it shows; unknown parameters are named at its top."""

    http_method_names = ["get", "head", "options"]
    current = ""
    """The entry of the main navigation that this page belongs to."""
    parameters = ("as_of",)

    has_fragment = False
    """Whether a page that is open already may ask for its changing part alone (htmx)."""
    is_fragment = False
    """Whether it did; the desk's preview asks for whole pages."""

    def dispatch(self, request, *args, **kwargs):
        self.is_fragment = self.has_fragment and bool(request.htmx) and not request.htmx.history_restore_request
        self.stamp = stamp = Stamp(request, part="fragment" if self.is_fragment else "")
        return stamp.not_modified(request) or stamp.kept(request) or self.answer(stamp, *args, **kwargs)

    def answer(self, stamp, *args, **kwargs):
        self.problems = self.unknown_parameters()
        self.moment = self.moment_asked()
        if self.is_refused:
            return render(self.request, "400.html", {"problems": self.problems, "clear_url": self.address_without("as_of")}, status=400)
        response = super().dispatch(self.request, *args, **kwargs)
        if hasattr(response, "render"):
            response.render()
        response.headers["Cache-Control"] = PUBLIC
        if self.has_fragment:
            patch_vary_headers(response, ("HX-Request", "HX-History-Restore-Request"))
        return stamp.keep(self.request, response)

    def known_parameters(self):
        return self.parameters

    def unknown_parameters(self):
        """A problem for each parameter that this page does not know."""
        known = set(self.known_parameters())
        names = [name for name in self.request.GET if name not in known and not IGNORED.fullmatch(name)]
        valid = ", ".join(sorted(known)) or _("none")
        return [{"name": name, "message": _("not known here. Known: %(names)s.") % {"names": valid}} for name in names]

    is_refused = False
    """Whether the address names no moment that can be shown."""

    def moment_asked(self):
        """The moment of `as_of`, None for now; `as_of_asked` on the request keeps links on that day."""
        self.request.as_of_asked = asked = self.request.GET.get("as_of", "").strip() if "as_of" in self.known_parameters() else ""
        if not asked:
            return None
        try:
            return AsOfField(required=False).clean(asked)
        except ValidationError as error:
            self.request.as_of_asked, self.is_refused = "", True
            self.problems.append({"name": "as_of", "message": " ".join(error.messages)})
            return None

    @property
    def state(self):
        """The public record that this page shows: now, or at the moment asked for."""
        if not hasattr(self, "_state"):
            self._state = PublicState.as_of(self.moment) if self.moment else PublicState.current()
        return self._state

    def rows(self, model):
        """What readers see (or saw at the moment asked for) of one kind of record."""
        return model.objects.as_of(self.moment) if self.moment else model.objects.current()

    def documents(self, rows, summary=False):
        """The documents of some rows, in their order: stored ones for today, composed ones for another day."""
        if self.moment:
            rows = list(rows)
            prefetch_related_objects(rows, "edition__release")
            found = serving.composed(rows, self.state)
            return [row.summarise(document) for row, document in zip(rows, found, strict=True)] if summary else found
        return serving.listed(rows) if summary else serving.documents(rows)

    def render_to_response(self, context, **kwargs):
        return super().render_to_response(in_reader_language(context, self.rows), **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            current=self.current,
            is_fragment=self.is_fragment,
            problems=self.problems,
            takes_as_of="as_of" in self.known_parameters(),
            kept_with_as_of=[
                (name, value) for name, values in self.request.GET.lists() for value in values if name not in ("as_of", "cursor")
            ],
            as_of_day=self.moment and f"{self.moment:%Y-%m-%d}",
            today_url=self.address_without("as_of"),
            changes_url=self.moment and f"{reverse('changes')}?{urlencode(self.changes_query())}",
            clear_url=self.request.path,
            consequence=self.consequence(),
            **kwargs,
        )

    def changes_query(self):
        """(parameter, value) pairs that ask what changed since the moment shown, of what this page is about."""
        return [("from", f"{self.moment:%Y-%m-%d}")]

    def consequence(self):
        """What the page makes of a parameter that it cannot read."""
        return _("It is ignored: what follows is shown without it.")

    def address_without(self, *names):
        """This page's address without some parameters."""
        query = self.request.GET.copy()
        for name in (*names, "cursor"):
            query.pop(name, None)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path


# Lists


class FormPage(PublicPage):
    """A page whose parameters are a FilterSet's: chips for what was chosen, the form, problems in words."""

    filterset_class = None
    also = ()
    """Parameters beside the FilterSet's that this page reads."""

    def dispatch(self, request, *args, **kwargs):
        self.asked = self.filterset_class(request.GET, request=request, also=self.also)
        return super().dispatch(request, *args, **kwargs)

    count_choices = None
    """asked → parameter → what can be chosen, with counts; a page that counts none lets readers type."""

    @cached_property
    def choices(self):
        return self.count_choices(self.asked) if self.count_choices else {}

    def known_parameters(self):
        return self.asked.valid_parameters

    def unknown_parameters(self):
        return self.asked.problems

    def moment_asked(self):
        self.request.as_of_asked = self.request.GET.get("as_of", "") if self.asked.as_of else ""
        return self.asked.as_of

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            form=SimpleLazyObject(lambda: self.asked.form),
            choices=self.choices,
            chips=chips(self),
            **kwargs,
        )

    def changes_query(self):
        """Filters of incidents are kept."""
        is_about_incidents = getattr(self.asked.queryset.model, "record", "") == "incident"
        kept = [name for name in self.asked.given if is_about_incidents and name not in (*NOT_ROWS, "by", "measure")]
        return super().changes_query() + [(name, value) for name in kept for value in self.asked.given[name]]

    def consequence(self):
        if self.asked.is_malformed:
            return _("Nothing is shown, because the answer would not be what was asked for.")
        return super().consequence()

    def with_query(self, path, but=()):
        """`path` with everything that was asked here but the position in the list and what it does not take."""
        query = self.request.GET.copy()
        for name in ("cursor", "limit", *but, *self.asked.unknown_parameters):
            query.pop(name, None)
        return f"{path}?{query.urlencode()}" if query else path


def chips(page):
    """[{"filter", "id", "name", "url"}] for every filter chosen; the address is the page's without that one value."""
    found = []
    for name, values in page.asked.given.items():
        field = page.asked.given_form.fields[name]
        if name not in NOT_ROWS and name not in ("by", "measure"):
            choices = {str(code): label for code, label in getattr(field, "choices", ())}
            choices |= {choice["value"]: choice["label"] for choice in page.choices.get(name, ())}
            found += [
                {"filter": field.label, "id": value, "name": choices.get(value, value), "url": without_value(page, name, value)}
                for value in values
            ]
    return found


def without_value(page, name, value):
    query = page.request.GET.copy()
    query.setlist(name, [other for other in query.getlist(name) if other != value])
    query.pop("cursor", None)
    return f"{page.request.path}?{query.urlencode()}" if query else page.request.path


class ListPage(FormPage):
    """A list of records: filters, order, downloads with the filters kept, pages."""

    model = None
    has_fragment = True
    title = ""
    noun = ngettext_lazy("record", "records")
    sortable = ()
    """Orders that a column heading offers."""
    formats = ()
    feed = ""
    """The route of the feed that takes the same filters."""

    def get_context_data(self, **kwargs):
        part = paging.page(self.asked, version=self.stamp.version)
        documents = self.documents(part.rows, summary=True)
        return super().get_context_data(
            title=self.title,
            what=self.noun % part.count,
            is_list=True,
            listing={"items": documents, "page": part},
            q=self.request.GET.get("q", ""),
            kept=[(name, value) for name, values in self.asked.given.items() for value in values if name not in ("q", "cursor")],
            sorts={name: sort_of(name, self.asked.ordering) for name in self.sortable},
            downloads=[*self.downloads()],
            **self.context_around(documents),
            **kwargs,
        )

    def downloads(self):
        """The same rows as files, from the API and, where there is one, as a feed."""
        yield from ({"name": FORMATS[code], "url": self.with_query(f"/{self.model.list_name}.{code}")} for code in self.formats)
        yield {"name": _("API"), "url": self.with_query(f"/api/v1/{self.model.list_name}/")}
        if self.feed:
            yield {"name": _("Feed"), "url": self.with_query(reverse(self.feed), but=("ordering",))}

    def context_around(self, documents):
        """What else the page makes of the documents listed."""
        return {}


FORMATS = {"csv": "CSV", "xlsx": "Excel", "geojson": "GeoJSON", "jsonl": gettext_lazy("JSON lines")}


def sort_of(name, ordering):
    """How a heading says that rows are ordered by it, and what choosing it asks for next."""
    if ordering.removeprefix("-") != name:
        return {"aria": "", "next": name if name == "title" else f"-{name}"}
    is_descending = ordering.startswith("-")
    return {"aria": "descending" if is_descending else "ascending", "next": name if is_descending else f"-{name}"}

"""What all readers' pages have in common: as-of, one record, its editions, and what is no longer there.

Public code: it reads the public tables, never the desk.
"""

import json

from django.http import Http404, HttpResponseBadRequest, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from borderwatch.addresses import in_this_language
from borderwatch.moments import parse_as_of
from borderwatch.state import PublicRecord, PublicState

TRACKING = ("utm_", "fbclid", "gclid")
"""Parameters that others add to links; they ask for nothing."""


class PublicPage(TemplateView):
    """A readers' page: `as_of` names the day it shows; unknown parameters are named at its top."""

    http_method_names = ["get", "head", "options"]
    current = ""
    """The entry of the main navigation that this page belongs to."""
    parameters = ("as_of",)

    def dispatch(self, request, *args, **kwargs):
        self.problems = self.unknown_parameters()
        self.moment = self.moment_asked()
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=60)
        return response

    def known_parameters(self):
        return self.parameters

    def unknown_parameters(self):
        """A problem for each parameter that this page does not know."""
        known = set(self.known_parameters())
        names = [name for name in self.request.GET if name not in known and not name.startswith(TRACKING)]
        valid = ", ".join(sorted(known)) or _("none")
        return [{"name": name, "message": _("not known here. Known: %(names)s.") % {"names": valid}} for name in names]

    def moment_asked(self):
        """The moment of `as_of`, None for now; `as_of_asked` on the request keeps links on that day."""
        self.request.as_of_asked = asked = self.request.GET.get("as_of", "").strip() if "as_of" in self.known_parameters() else ""
        if not asked:
            return None
        try:
            return parse_as_of(asked)
        except ValueError as error:
            self.request.as_of_asked = ""
            self.problems.append({"name": "as_of", "message": str(error)})
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
        return documents_of(rows, self.state if self.moment else None, summary)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            current=self.current,
            problems=self.problems,
            takes_as_of="as_of" in self.known_parameters(),
            as_of_day=self.moment and f"{self.moment:%Y-%m-%d}",
            today_url=self.address_without("as_of"),
            clear_url=self.request.path,
            consequence=_("Nothing is left out silently: what follows ignores it."),
            **kwargs,
        )

    def address_without(self, *names):
        """This page's address without some parameters."""
        query = self.request.GET.copy()
        for name in (*names, "cursor"):
            query.pop(name, None)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path


def documents_of(rows, state=None, summary=False):
    """Documents of public rows; with `state` composed as it shows them."""
    if state is None:
        return [json.loads(row.summary if summary else row.document) for row in rows]
    rows = list(rows.with_text() if hasattr(rows, "with_text") else rows)
    publics = [state.add(row) for row in rows]
    if not rows:
        return []
    model = type(rows[0])
    model.prepare(publics, state)
    found = [model.compose(public, state) for public in publics]
    return [model.summarise(document) for document in found] if summary else found


class RecordPage(PublicPage):
    """One record's page: 301 to its own address, 410 where it was withdrawn, composed anew for another day."""

    model = None
    has_slug = True

    def get(self, request, public_id, slug=None):
        if self.problems and self.problems[-1]["name"] == "as_of":
            return HttpResponseBadRequest(render_to_string("400.html", {"problems": self.problems, "clear_url": request.path}, request))
        row = self.find(public_id)
        if self.moment:
            return self.show(self.documents([row])[0])
        if row.merged_into:
            return self.moved_to_successor(row)
        if row.is_tombstone or row.is_sealed:
            return gone(request, row)
        if self.has_slug and slug != row.slug:
            return self.moved(row)
        return self.show(json.loads(row.document))

    def find(self, public_id):
        """The row to show: the last one, or the one readers saw at the moment asked for."""
        rows = self.rows(self.model) if self.moment else self.model.objects.latest()
        row = rows.with_text().filter(public_id=public_id).first()
        if row is None:
            raise Http404
        return row

    def moved_to_successor(self, row):
        successor = self.model.objects.latest().filter(uid=row.merged_into).first()
        return self.moved(successor) if successor else gone(self.request, row)

    def moved(self, row):
        path = in_this_language(f"/{self.model.list_name}/{row.public_id}/{row.slug + '/' if row.slug and self.has_slug else ''}")
        query = self.request.GET.urlencode()
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)

    def show(self, document):
        return self.render_to_response(self.get_context_data(document=document))

    def get_context_data(self, document, **kwargs):
        return super().get_context_data(
            document=document,
            kind=self.model.record,
            canonical=self.request.build_absolute_uri(in_this_language(document["url"])),
            editions_url=reverse(f"{self.model.record}-editions", args=[document["id"]]),
            **kwargs,
        )


def gone(request, row):
    """410: what was withdrawn keeps its title line, the reason and the date."""
    edition = row.edition
    tombstone = {
        "record": row.record,
        "id": row.public_id,
        "title": "" if row.is_sealed else row.title,
        "reason": edition.release.note,
        "when": row.valid_from,
    }
    context = {
        "tombstone": tombstone,
        "editions_url": reverse(f"{row.record}-editions", args=[row.public_id]),
        "list_url": reverse(f"{row.record}-list"),
    }
    return render(request, "gone.html", context, status=410)


class EditionListPage(PublicPage):
    """Every edition of one record: number, kind of change, reason, digest."""

    model = None
    parameters = ()
    template_name = "editions.html"

    def get_context_data(self, public_id, **kwargs):
        rows = list(self.model.objects.with_text().filter(public_id=public_id).order_by("-number"))
        if not rows:
            raise Http404
        name = self.model.record
        return super().get_context_data(
            record_id=public_id,
            record_url=reverse(name, args=[public_id]),
            title="" if rows[0].is_sealed else rows[0].title,
            editions=[edition_line(row, reverse(f"{name}-edition", args=[public_id, row.number])) for row in rows],
            **kwargs,
        )


def edition_line(row, url):
    """What a list of editions says of one."""
    return {
        "number": row.number,
        "kind": row.change,
        "note": row.edition.release.note,
        "valid_from": row.valid_from,
        "digest": f"sha256:{row.edition.digest}",
        "is_current": row.valid_to is None and not row.is_tombstone,
        "is_readable": not row.is_tombstone and not row.is_sealed,
        "url": url,
    }


class EditionPage(RecordPage):
    """One edition, composed as the record stood right after its release."""

    parameters = ()

    def get(self, request, public_id, number):
        row = self.model.objects.with_text().filter(public_id=public_id, number=number).first()
        if row is None:
            raise Http404
        if row.is_tombstone or row.is_sealed:
            return gone(request, row)
        self._state = PublicState.after_release(row.release)
        document = self._state.compose(PublicRecord.from_row(row))
        return self.render_to_response(self.get_context_data(document, old_edition=document["edition"], is_current=row.valid_to is None))

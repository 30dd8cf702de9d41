"""What all API addresses share: who may read (everybody), how often, conditions, errors, lists, records, editions."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve, reverse
from django.utils.translation import override
from rest_framework.exceptions import MethodNotAllowed, NotAcceptable
from rest_framework.views import APIView

from borderwatch.api.describe import PublicSchema
from borderwatch.api.fields import check_fields, picked
from borderwatch.api.problems import Problem, invalid
from borderwatch.api.shapes import EditionEntry, envelope_of
from borderwatch.documents import moment_text
from borderwatch.lists import paging, serving
from borderwatch.lists.filters import IGNORED, RecordAsked, several
from borderwatch.models import Change, Release
from borderwatch.projection import as_text
from borderwatch.public.caching import Stamp
from borderwatch.state import PublicState

HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After, Content-Disposition",
    "Allow": "GET, HEAD, OPTIONS",
}
ACCEPTED = re.compile(r"\*/\*|application/(\*|json)", re.IGNORECASE)
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


class PublicView(APIView):
    """GET for everybody; `answer()` says what. Speaks English: the record's languages are in its `translations`."""

    schema = PublicSchema()
    filterset_class = RecordAsked
    without = ()
    """Parameters of the filter set that make no sense here."""
    also = {}
    """Parameters that the view reads itself → what they may be."""
    gives = None
    """What stands in the answer, for the schema: a serializer or a plain shape."""
    media_type = "application/json"
    takes_any_accept = False
    """Whether the address says what is wanted, whatever the browser accepts."""
    can_be_gone = False

    def dispatch(self, request, *args, **kwargs):
        """As REST framework's, without a request of its own: wrapping one costs more than most answers."""
        with override("en"):
            try:
                request.user = None
                self.check_throttles(request)
                response = self.handler(request)(request, *args, **kwargs)
            except Exception as error:  # whatever it is, it is answered as a problem
                response = self.handle_exception(error)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    def handler(self, request):
        """The method that answers; 405 and 406 where none may."""
        if request.method == "OPTIONS":
            return self.options
        if request.method not in ("GET", "HEAD"):
            raise MethodNotAllowed(request.method)
        if not self.takes_any_accept and not ACCEPTED.search(request.META.get("HTTP_ACCEPT") or "*/*"):
            raise NotAcceptable
        return self.get

    def get(self, request, *args, **kwargs):
        self.stamp = stamp = Stamp(request)
        return stamp.not_modified(request) or stamp.kept(request) or stamp.keep(request, self.answer(request, *args, **kwargs))

    def options(self, request, *args, **kwargs):
        return HttpResponse(status=204, headers=PREFLIGHT)

    @property
    def site(self):
        """ "https://host", for absolute addresses."""
        return settings.SITE_URL or f"{self.request.scheme}://{self.request.get_host()}"

    def json(self, document):
        return self.text(as_text(document))

    def text(self, text):
        """An answer of JSON text, its pages' addresses made absolute."""
        return HttpResponse(serving.absolute(text, self.site), content_type="application/json")

    def asked(self):
        """The filter set with what this request asks; problems are answered with 400."""
        asked = self.filterset_class(self.request.GET, queryset=self.no_rows(), without=self.without, also=self.also)
        if asked.problems:
            raise invalid(asked.problems)
        return asked

    def no_rows(self):
        """The queryset of a filter set that only reads parameters; None: its own."""
        return Release.objects.none() if self.filterset_class is RecordAsked else None

    def here(self, **changes):
        """This address with some parameters changed or, where None, dropped."""
        kept = [(name, value) for name in self.request.GET for value in several(self.request.GET, name) if name not in changes]
        query = urlencode(kept + [(name, value) for name, value in changes.items() if value is not None])
        return f"{self.site}{self.request.path}" + (f"?{query}" if query else "")


# Lists


class ListView(PublicView):
    """A page of a list in its envelope."""

    shape = None
    """The serializer that describes an item, for the schema and for `fields`."""

    @property
    def gives(self):
        return envelope_of(self.shape)

    def answer(self, request):
        asked = self.asked()
        check_fields(asked, self.shape)
        page = paging.page(asked, self.rows_to_read, self.stamp.version)
        return self.envelope(asked, page, self.items(page.rows, asked))

    def rows_to_read(self, rows, asked):
        """Only what is served: whole documents of lists stay where they are."""
        columns = dict.fromkeys((rows.model.list_item, asked.sort[0], asked.id_column))
        return rows.with_text() if asked.as_of else rows.values_list(*columns, named=True)

    def items(self, rows, asked):
        """The JSON texts of the rows."""
        names = asked.cleaned.get("fields")
        if not names:
            return serving.list_texts(rows, asked.as_of)
        return [as_text(picked(item, names)) for item in serving.list_items(rows, asked.as_of)]

    def envelope(self, asked, page, items):
        links = {rel: self.here(cursor=cursor) if cursor else None for rel, cursor in (("next", page.next), ("previous", page.previous))}
        head = {"count": page.count, "count_is_exact": page.count_is_exact, **links, "as_of": moment_text(asked.as_of)}
        return with_links(self.text(f'{as_text(head)[:-1]}, "results": [{", ".join(items)}]}}'), links)


def with_links(response, links):
    """The response with its `Link` header (RFC 8288)."""
    found = [f'<{address}>; rel="{"prev" if rel == "previous" else rel}"' for rel, address in links.items() if address]
    if found:
        response.headers["Link"] = ", ".join(found)
    return response


# Records


class RecordView(PublicView):
    """One record by public id or slug, as it is or as it stood at a moment."""

    model = None
    shape = None
    can_be_gone = True

    @property
    def gives(self):
        return self.shape

    def answer(self, request, name):
        if not asks_anything(request) and (text := self.current_text(name)):
            return self.text(text)
        asked = self.asked()
        check_fields(asked, self.shape)
        row = self.standing(name, asked.as_of)
        if row.merged_into:
            return self.successor(row)
        if row.is_tombstone or row.is_sealed:
            raise gone(row)
        document = serving.documents([row], asked.as_of)[0]
        return self.json(picked(document, asked.cleaned.get("fields")))

    def current_text(self, name):
        """The stored document of the current record with this public id; None where the rest has to be asked."""
        return None if "\0" in name else self.model.objects.current_document(name)

    def standing(self, name, moment=None):
        """The record's row at the moment, tombstones too; 404 where it was not public yet."""
        row = self.model.objects.standing(moment).with_text().filter(uid=find(self.model, name)).first()
        if row is None:
            raise Problem(404, f"“{name}” was not public then.")
        return row

    def successor(self, row):
        """301 to what the record was merged into, with what was asked of it."""
        other = self.model.objects.latest().filter(uid=row.merged_into).first()
        if other is None:
            raise gone(row)
        address = reverse(self.request.resolver_match.view_name, args=[other.public_id])
        query = self.request.GET.urlencode()
        return HttpResponsePermanentRedirect(f"{self.site}{address}" + (f"?{query}" if query else ""))


def asks_anything(request):
    """Whether an address has parameters that are not ignored."""
    return any(not IGNORED.fullmatch(name) for name in request.GET)


def find(model, name):
    """The uid of the record that bears the public id or slug, or bore it once; 404 where none ever did."""
    rows = [] if "\0" in name else model.objects.known_as(name).order_by("pk").values_list("valid_to", "uid")
    known = [uid for valid_to, uid in rows if valid_to is None] or [uid for _valid_to, uid in rows]
    if not known:
        raise Problem(404, f"No public record has the id or address word “{name}”.")
    return known[-1]


def gone(row):
    """410 with the tombstone: id, reason, when."""
    return Problem(
        410,
        f"{row.public_id} was {'merged into another record' if row.merged_into else 'withdrawn'}.",
        id=row.public_id,
        change=row.change,
        reason=row.edition.release.note,
        withdrawn_at=moment_text(row.valid_from),
    )


# Editions


class EditionListView(RecordView):
    """Every edition of a record, first to last; withdrawn records too."""

    without = ("as_of", "fields")
    gives = envelope_of(EditionEntry)

    def answer(self, request, name):
        self.asked()
        rows = self.model.objects.filter(uid=find(self.model, name)).with_text().order_by("number")
        found = [self.entry(row) for row in rows]
        head = {"count": len(found), "count_is_exact": True, "next": None, "previous": None, "as_of": None}
        return self.json(head | {"results": found})

    def entry(self, row):
        address = reverse(f"api:{self.model.record}-edition", args=[row.public_id, row.number])
        return {"id": row.public_id, "number": row.number, "kind": row.change, "note": row.edition.release.note, "url": address} | stamps(
            row
        )


def stamps(row):
    """When an edition holds and what fixes it."""
    return {
        "valid_from": moment_text(row.valid_from),
        "valid_to": moment_text(row.valid_to),
        "recorded_at": moment_text(row.recorded_at),
        "digest": f"sha256:{row.edition.digest}",
        "chain": f"sha256:{row.edition.chain}",
        "is_withdrawn": row.is_tombstone,
        "is_sealed": row.is_sealed,
    }


class EditionView(RecordView):
    """One edition: the record with everything around it as it stood right after that release."""

    without = ("as_of",)

    def answer(self, request, name, number):
        asked = self.asked()
        check_fields(asked, self.shape)
        row = self.model.objects.filter(uid=find(self.model, name), number=min(number, paging.LARGEST_NUMBER)).with_text().first()
        if row is None:
            raise Problem(404, f"“{name}” has no edition {number}.")
        if row.is_tombstone or row.is_sealed or row.change == Change.SEAL:
            raise gone(row)
        document = serving.composed([row], PublicState.after_release(row.release))[0]
        return self.json(picked(document, asked.cleaned.get("fields")))


class NothingHereView(PublicView):
    """404 in the API's own words."""

    schema = None

    def answer(self, request, *args, **kwargs):
        if not request.path.endswith("/") and resolve(f"{request.path}/").func.view_class is not NothingHereView:
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        raise Problem(404, "There is nothing at this address. The addresses are listed at /api/v1/.")


class RootView(PublicView):
    """What there is."""

    without = ("as_of", "fields")
    gives = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
    LISTS = ("incident", "statement", "article", "source", "actor", "place", "change")
    OTHERS = ("tallies", "comparisons", "schema", "docs")

    def answer(self, request):
        self.asked()
        lists = {f"{name}s": reverse(f"api:{name}-list") for name in self.LISTS}
        return self.json(
            {name: self.site + address for name, address in (lists | {name: reverse(f"api:{name}") for name in self.OTHERS}).items()}
        )

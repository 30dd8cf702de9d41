"""One record's page, its editions, and what is no longer there. Public code: it reads the public tables, never the desk."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from borderwatch.api.changes import entries
from borderwatch.models import Change
from borderwatch.public.addresses import in_this_language
from borderwatch.public.views import PublicPage
from borderwatch.state import PublicRecord, PublicState

NOW = ("uid", "public_id", "number", "slug", "change", "merged_into", "is_tombstone", "is_sealed", "valid_from", "document")
"""What a page of today reads of a row: of all its columns, asking took longer than the answer."""


class RecordPage(PublicPage):
    """One record's page: 301 to its own address, 410 where it was withdrawn, composed anew for another day."""

    model = None
    has_slug = True

    def get_template_names(self):
        return [f"{self.model._meta.app_label}/{self.model.record}_detail.html"]

    def get(self, request, public_id, slug=None):
        rows = self.model.objects.standing(self.moment).filter(public_id=public_id)
        self.row = row = (rows.with_text() if self.moment else rows.only(*NOW)).first()
        if row is None:
            return self.not_then(public_id)
        if row.merged_into:
            return self.moved_to_successor(row)
        if row.is_tombstone or row.is_sealed:
            return gone(request, row)
        if self.has_slug and slug != row.slug and not self.moment:
            return self.moved(row)
        return self.show(self.documents([row])[0])

    def not_then(self, public_id):
        """404: either there never was such a record, or it was not public yet on the day asked for."""
        if not self.model.objects.filter(public_id=public_id).exists():
            raise Http404
        told_without_slug(self.request, self.model, public_id)
        today_url = in_this_language(f"/{self.model.list_name}/{public_id}/")
        context = {"record_id": public_id, "kind": self.model.record, "day": f"{self.moment:%Y-%m-%d}", "today_url": today_url}
        return render(self.request, "not_then.html", context, status=404)

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
            cite_url=self.request.build_absolute_uri(
                reverse(f"{self.model.record}-edition", args=[document["id"], document["edition"]["number"]])
            ),
            canonical=self.request.build_absolute_uri(in_this_language(document["url"])),
            editions_url=reverse(f"{self.model.record}-editions", args=[document["id"]]),
            **self.context_around(document),
            **kwargs,
        )

    def changes_query(self):
        return [*super().changes_query(), ("record", self.row.public_id)]

    def context_around(self, document):
        """What else the page shows around the record."""
        return {}


def gone(request, row):
    """410: that it was withdrawn, why and when, and no word of the record: those stand in its editions alone."""
    ended_by = sealed_by(row) if row.is_sealed else row
    told_without_slug(request, row, row.public_id)
    tombstone = {
        "record": row.record,
        "id": row.public_id,
        "reason": ended_by.edition.release.note,
        "when": ended_by.valid_from,
        "is_sealed": row.is_sealed or row.change == Change.SEAL,
    }
    context = {
        "tombstone": tombstone,
        "editions_url": reverse(f"{row.record}-editions", args=[row.public_id]),
        "list_url": reverse(f"{row.record}-list"),
    }
    return render(request, "gone.html", context, status=410)


def told_without_slug(request, kind, public_id):
    """Let the page name its address, in other languages say, without the words of the record's title that stand in it."""
    query = request.GET.urlencode()
    request.told_at = in_this_language(f"/{kind.list_name}/{public_id}/") + (f"?{query}" if query else "")


def sealed_by(row):
    """The row of the seal that erased the words of `row`; it says why and when."""
    return type(row).objects.with_text().filter(uid=row.uid, change=Change.SEAL).first() or row


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
            record=name,
            record_id=public_id,
            record_url=reverse(name, args=[public_id]),
            compare_url=reverse(f"{name}-compare", args=[public_id]),
            chosen=last_two(rows),
            called={"id": public_id, "title": "" if rows[0].is_sealed else rows[0].title, "language": rows[0].content.get("language", "")},
            editions=[
                edition_line(row, reverse(f"{name}-edition", args=[public_id, row.number]), entry["changed"])
                for row, entry in zip(rows, entries([row.edition for row in rows]), strict=True)
            ],
            **kwargs,
        )


def last_two(rows):
    """The numbers of the last two editions that can be read, of `rows` from the last to the first: {"from", "to"}; empty for fewer."""
    numbers = [row.number for row in rows if not row.is_tombstone and not row.is_sealed][:2]
    return {"from": numbers[1], "to": numbers[0]} if len(numbers) == 2 else {}


def edition_line(row, url, changed):
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
        "changed": changed,
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

"""Pages that belong to the whole record: corrections, methodology, data, about; and what machines ask for: robots, health."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from borderwatch import triggers
from borderwatch.api.changes import entries
from borderwatch.files import data_releases
from borderwatch.models import Change, WaitingDocument
from borderwatch.operating.replicas import replicas
from borderwatch.public.addresses import in_this_language
from borderwatch.public.versions import versions
from borderwatch.public.views import PublicPage
from borderwatch.published import public_kinds
from borderwatch.templatetags.record import number_changes
from borderwatch.texts import words

MOST = 100


# What was corrected


def corrections(moment=None, most=MOST):
    """Rows of every kind that corrected or withdrew something, newest first; only those before `moment` where one is given.

    Incidents whose numbers moved in the same release stand with the statement that was corrected. `is_over`: the record is withdrawn.
    """
    found = []
    for model in public_kinds().values():
        rows = model.objects.with_text().filter(is_correction=True)
        if moment:
            rows = rows.filter(valid_from__lte=moment)
        over = model.objects.standing(moment).withdrawn().filter(uid=OuterRef("uid"))
        found += rows.annotate(is_over=Exists(over)).order_by("-pk")[:most]
    return sorted(found, key=lambda row: -row.pk)[:most]


def told(rows):
    """What the list of corrections says of these rows."""
    changes = entries([row.edition for row in rows])
    return [correction(row, entry["changed"]) for row, entry in zip(rows, changes, strict=True)]


def correction(row, changed):
    """What the list of corrections says of one; no word of what was withdrawn or sealed."""
    compare_url = comparison_url(row)
    changed = [] if row.is_over or row.is_sealed else changed
    return {
        "sequence": row.pk,
        "record": row.record,
        "id": row.public_id,
        "kind": row.change,
        "valid_from": row.valid_from,
        "note": row.edition.release.note,
        "digest": row.edition.digest,
        "title": row.public_id if row.is_over or row.is_sealed else row.title or row.public_id,
        "language": "" if row.is_over else row.content.get("language", ""),
        "url": compare_url or in_this_language(f"/{row.list_name}/{row.public_id}/editions/"),
        "compare_url": compare_url,
        "changed": changed,
        "numbers": list(number_changes(changed)),
    }


WITH_TWO_SIDES = (Change.UPDATE, Change.CORRECTION, Change.FIGURES, Change.RECALCULATED)
"""Kinds of change before and after which there are words to compare."""


def comparison_url(row):
    """The address that shows the edition of a row beside the one before it; empty where either has no words."""
    if row.is_sealed or row.change not in WITH_TWO_SIDES:
        return ""
    return reverse(f"{row.record}-compare", args=[row.public_id]) + f"?from={row.number - 1}&to={row.number}"


class CorrectionPage(PublicPage):
    template_name = "corrections.html"
    current = "corrections"

    def get_context_data(self, **kwargs):
        return super().get_context_data(corrections=told(corrections(self.moment)), **kwargs)


class CorrectionFeed(Feed):
    """Corrections and withdrawals, each with its reason."""

    feed_type = Atom1Feed

    def title(self):
        return _("BorderWatch: corrections")

    def link(self):
        return reverse("corrections")

    def items(self):
        return told(corrections(most=50))

    def item_title(self, item):
        called = item["id"] if item["title"] == item["id"] else f"{item['title']} ({item['id']})"
        return f"{words.word(item['kind'], 'change')}: {called}"

    def item_description(self, item):
        """Why, and how numbers moved."""
        return " ".join(filter(None, [item["note"], "; ".join(item["numbers"])]))

    def item_link(self, item):
        return item["url"]

    def item_guid(self, item):
        return f"urn:sha256:{item['digest']}"

    def item_pubdate(self, item):
        return item["valid_from"]

    item_updateddate = item_pubdate


# Standing pages


class StandingPage(PublicPage):
    """A page of prose: it shows no day of the record."""

    parameters = ()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"contact": settings.CONTACT_EMAIL, "versions": versions()} | kwargs)


class DataPage(StandingPage):
    template_name = "data.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(releases=data_releases.releases(), **kwargs)


class DataReleasePage(StandingPage):
    """A named data release: its files, its checksums, how to cite it, what changed since the one before."""

    template_name = "data_release.html"

    def get_context_data(self, name, **kwargs):
        release = data_releases.release_named(name)
        if release is None:
            raise Http404
        return super().get_context_data(release=release, is_sealed=data_releases.holds_sealed_words(release), **kwargs)


class MethodologyPage(StandingPage):
    template_name = "methodology.html"
    current = "methodology"

    def get_context_data(self, **kwargs):
        lists = {name: words.LISTS[name].items() for name in ("reliability", "credibility", "place_precision", "incident_kind", "act")}
        return super().get_context_data(lists=lists, **kwargs)


# For machines


@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request):
    """The process is up."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request):
    """The database answers, is migrated, and its triggers keep the ledger append-only; 503 with what is missing otherwise.

    A replica that is left out is told, and is no reason not to be ready: the primary answers for it. So are documents that a large
    release left to be composed after it.
    """
    try:
        unapplied = MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
        missing = [f"migration {migration}" for migration, _backwards in unapplied] + [f"trigger {name}" for name in triggers.missing()]
    except DatabaseError:
        missing = ["database"]
    waiting = 0 if missing else WaitingDocument.objects.count()
    told = {"documents_waiting": waiting} if waiting else {}
    told |= {"replicas": {replica.alias: replica.state for replica in replicas()}} if settings.REPLICAS else {}
    return JsonResponse({"ready": not missing, "missing": missing, **told}, status=503 if missing else 200)

"""Pages on which two states of a record are compared, and on which one of them is put back."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from borderwatch.desk.as_it_stood import AsItStood, now, of_version
from borderwatch.desk.comparison import compare
from borderwatch.desk.read_back import of_edition
from borderwatch.models import Change, Edition
from borderwatch.records import StaleRecord
from borderwatch.state import PublicState


@dataclass
class Side:
    """One of the two: its key in the address, what it is called, who made it, when and why."""

    key: str
    title: str
    at: datetime
    by: str
    reason: str
    stood: AsItStood
    edition: Edition | None = None
    is_current: bool = False
    """Whether the desk stands like that anyway."""


def side_of(record, key):
    """The Side that an address names: "v3" a version, "e2" an edition, "now", "published". Raises ValidationError."""
    if key == "published":
        key = f"e{record.edition.number}" if record.edition else ""
    kind, number = ("v", str(record.version)) if key == "now" else (key[:1], key[1:])
    if kind not in ("v", "e") or not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise ValidationError(_("Choose two versions or editions of this record."))
    return version_side(record, int(number)) if kind == "v" else edition_side(record, int(number))


def version_side(record, number):
    is_current = number == record.version
    stood = now(record) if is_current else of_version(record, number)
    entry = record.history.filter(version=number).order_by("history_date", "history_id").last()
    by = entry and entry.history_user and entry.history_user.get_username()
    return Side(
        key=f"v{number}",
        title=(_("Version %(number)s, as it stands now") if is_current else _("Version %(number)s")) % {"number": number},
        at=entry and entry.history_date,
        by=by or _("a command"),
        reason=(entry and entry.history_change_reason) or "",
        stood=stood,
        is_current=is_current,
    )


def edition_side(record, number):
    stood = of_edition(record, number)
    edition = Edition.objects.select_related("release").get(record=record.record_kind, uid=record.uid, number=number)
    return Side(
        key=f"e{number}",
        title=_("Edition %(number)s, as readers saw it") % {"number": number},
        at=edition.release.recorded_at,
        by=edition.release.by_name or _("a command"),
        reason=edition.release.note,
        stood=stood,
        edition=edition,
    )


class ComparingPages:
    """Mixed into RecordAdmin."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path("<int:object_id>/compare/", self.admin_site.admin_view(self.compare_view), name=f"{name}_compare"),
            path("<int:object_id>/put-back/", self.admin_site.admin_view(self.put_back_view), name=f"{name}_put_back"),
        ]
        return own + super().get_urls()

    # History

    def history_view(self, request, object_id, extra_context=None):
        """The history, with versions and editions to be chosen for a comparison."""
        response = super().history_view(request, object_id, extra_context)
        record, context = response.context_data["original"], response.context_data
        context["entries"] = with_versions(context["entries"])
        context["editions"] = editions_of(record)
        context["chosen"] = {"a": f"v{record.version - 1}" if record.version > 1 else "published", "b": f"v{record.version}"}
        context["latest"] = record.version
        context["may_put_back"] = self.has_change_permission(request, record)
        context["is_edited"] = record.has_unpublished_changes
        context["desk_urls"] = self.comparing_urls(record)
        return response

    def comparing_urls(self, record):
        return {name: self.page_url(name, record) for name in ("change", "publish", "history", "compare", "put_back")}

    # Compare

    def compare_view(self, request, object_id):
        """What differs between two versions or editions; the earlier stands first."""
        record = self.record_or_404(request, object_id)
        try:
            sides = [side_of(record, request.GET.get(name, "")) for name in ("a", "b")]
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return HttpResponseRedirect(self.page_url("history", record))
        before, after = sorted(sides, key=lambda side: (side.at is None, side.at))
        shows_all = "all" in request.GET
        comparison = compare(before.stood, after.stood, self.results_of(before, after), cut=not shows_all)
        context = self.page_context(request, record, _("Compare")) | {
            "sides": [before, after],
            "comparison": comparison,
            "shows_all": shows_all,
            "may_put_back": self.has_change_permission(request, record),
            "desk_urls": self.comparing_urls(record),
        }
        return TemplateResponse(request, "admin/compare.html", context)

    def results_of(self, before, after):
        """What was computed for two editions, where the kind has such numbers."""
        tell = getattr(self, "result_changes", None)
        if tell is None or not (before.edition and after.edition):
            return []
        return tell(*(document_of(side.edition) for side in (before, after)))

    # Put back

    def put_back_view(self, request, object_id):
        """What would change on the desk, then a button."""
        record = self.record_or_404(request, object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        try:
            side = side_of(record, request.GET.get("to", ""))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return HttpResponseRedirect(self.page_url("history", record))
        refused = list(side.stood.gone)
        if request.method == "POST":
            refused = self.put_back(request, record, side)
            if not refused:
                return HttpResponseRedirect(self.page_url("change", record))
            record = self.record_or_404(request, object_id)
        return self.put_back_page(request, record, side, refused)

    def put_back(self, request, record, side):
        """Sentences that say why it cannot be; none when it was done."""
        posted = request.POST.get("version", "")
        try:
            if posted != str(record.version):
                raise StaleRecord(record)
            (record.put_back_edition if side.edition else record.put_back)(int(side.key[1:]), by=request.user)
        except ValidationError as refused:
            return refused.messages
        told = _("“%(record)s” stands as in edition %(number)s again. Readers see it once it is published.") if side.edition else ""
        told = told or _("“%(record)s” stands as in version %(number)s again.")
        messages.success(request, told % {"record": record, "number": side.key[1:]})
        return []

    def put_back_page(self, request, record, side, refused):
        stood = now(record)
        if not side.edition:
            for name in record.stays_on_put_back:
                side.stood.values[name] = stood.values[name]
        context = self.page_context(request, record, _("Put back")) | {
            "side": side,
            "refused": refused,
            "comparison": compare(stood, side.stood),
            "desk_urls": self.comparing_urls(record),
        }
        return TemplateResponse(request, "admin/put_back.html", context)


def with_versions(entries):
    """History lines, newest first; the last line of each version can be chosen."""
    seen = set()
    for told in entries:
        if (number := told["version"]) and number not in seen:
            told |= {"key": f"v{number}", "name": _("Version %(number)s") % {"number": number}}
        seen.add(number)
    return entries


def editions_of(record):
    """Editions, newest first; one without words (withdrawn, sealed) can be neither compared nor put back."""
    found = Edition.objects.filter(record=record.record_kind, uid=record.uid).select_related("release").order_by("-number")
    return [
        {
            "edition": one,
            "kind": Change(one.kind).label,
            "key": f"e{one.number}" if one.own_content() else "",
            "name": _("Edition %(number)s") % {"number": one.number},
        }
        for one in found
    ]


def document_of(edition):
    """The document as readers saw it right after the edition was published."""
    state = PublicState.after_release(edition.release_id)
    public = state.get(edition.record, str(edition.uid))
    return public and state.compose(public)

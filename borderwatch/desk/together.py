"""The page on which several records become public in one release: all of them, or none."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from borderwatch.desk.announcement import announce_together
from borderwatch.desk.forms import is_key
from borderwatch.desk.pressing import PublishForm, publish_as_pressed
from borderwatch.models import Change
from borderwatch.publishing.planning import plan_publications
from borderwatch.publishing.two_persons import own_work
from borderwatch.publishing.verbs import missing_along
from borderwatch.records import record_models

MOST = 200
"""Records in one release from the desk, and in one action: what one page can list for one pair of eyes."""
MOST_FOUND = 20


def key_of(record):
    """How a record is named in a tick box."""
    return f"{record.record_kind}-{record.pk}"


def publish_together(request, site):
    """What was chosen, or the page after pressing."""
    chosen = chosen_records(request, site)
    form = PublishForm(request.POST if "press" in request.POST else None)
    if form.is_valid() and publish_as_pressed(request, chosen, form, carry=None):
        return HttpResponseRedirect(reverse(f"{site.name}:index"))
    return together_page(request, site, chosen, form)


def chosen_records(request, site):
    """The records that the request names and that this user may publish, each once."""
    refuse_who_publishes_nothing(request, site)
    asked = (request.POST if request.method == "POST" else request.GET).getlist("record")
    found = {}
    for key in asked[:MOST]:
        kind, _dash, pk = key.partition("-")
        model_admin = publishers(request, site).get(kind)
        record = model_admin and is_key(pk) and model_admin.get_queryset(request).filter(pk=pk).first()
        if record:
            found[key] = record
    return list(found.values())


def publishers(request, site):
    """Record kind → admin, of the kinds that this user may publish."""
    admins = {kind: site.get_model_admin(model) for kind, model in record_models().items()}
    return {kind: one for kind, one in admins.items() if one.has_publish_permission(request) and one.has_view_permission(request)}


def refuse_who_publishes_nothing(request, site):
    if not publishers(request, site):
        raise PermissionDenied


def together_page(request, site, records, form=None):
    """What publishing `records` together would change; then a note and a button."""
    refuse_who_publishes_nothing(request, site)
    plan = plan_publications(records)
    is_public = any(record.edition for record in records)
    correction = plan_publications(records, kind=Change.CORRECTION) if is_public else None
    context = site.each_context(request) | {
        "title": _("Publish together"),
        "records": [(key_of(record), record, address_of(site, record)) for record in records],
        "hidden": [("record", key_of(record)) for record in records],
        "form": form or PublishForm(),
        "is_public": is_public,
        "missing": [
            *(f"{record}: {sentence}" for record in records for sentence in record.missing()),
            *(*missing_along(plan, records), *own_work(plan, request.user)),
        ],
        "announced": announce_together(plan, records, site),
        "fingerprint": plan.fingerprint,
        "correction_fingerprint": correction.fingerprint if correction else "",
        "query": request.POST.get("q", "")[:100],
        "found": found_records(request, site, records),
        "may_add": len(records) < MOST,
    }
    return TemplateResponse(request, "admin/together.html", context)


def found_records(request, site, chosen):
    """(key, record, kind) of the records that the words in `q` find, a few of each kind."""
    query = request.POST.get("q", "")[:100].strip()
    found = []
    for kind, model_admin in publishers(request, site).items() if query else ():
        records, _is_doubled = model_admin.get_search_results(request, model_admin.get_queryset(request), query)
        known = {record.pk for record in chosen if record.record_kind == kind}
        found += [(key_of(one), one, one._meta.verbose_name) for one in records.exclude(pk__in=known).distinct()[:MOST_FOUND]]
    return found


def address_of(site, record):
    return reverse(f"{site.name}:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])

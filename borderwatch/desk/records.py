"""RecordAdmin: the admin of a publishable record. Nobody overwrites anybody; what was public stays; publishing has its own pages."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.base import DeskAdmin
from borderwatch.desk.bulk import BulkPages
from borderwatch.desk.comments import CommentsPages
from borderwatch.desk.comparing import ComparingPages
from borderwatch.desk.forms import RecordForm
from borderwatch.desk.links import links_of
from borderwatch.desk.publishing import PublishingPages
from borderwatch.desk.queues import Queues
from borderwatch.desk.sealing import SealingPages
from borderwatch.desk.similar import SimilarPages
from borderwatch.desk.stale import find_conflict
from borderwatch.records import StaleRecord

PICTURE_FIELDS = {
    "classes": ["collapse"],
    "fields": ["image", "image_alt", "image_caption", ("image_credit", "image_rights"), "image_taken_on"],
}
"""A picture and what must be said of it."""
DESK_PAGES = ("publish", "withdraw", "preview", "merge", "seal", "history", "change")
"""Pages of a record that its form links to."""
DESK_FIELDS = (gettext_lazy("For the desk"), {"fields": ["note"]})


class RecordAdmin(SimilarPages, Queues, CommentsPages, BulkPages, SealingPages, PublishingPages, ComparingPages, DeskAdmin):
    form = RecordForm
    save_on_top = False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form. Over what somebody else saved meanwhile it does not save: it shows what they changed."""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, self.around(request, object_id) | (extra_context or {}))
        try:
            return self.save_unless_stale(request, object_id, form_url, extra_context)
        except StaleRecord:
            # Both passed the check at the same moment; now the other's save is there to be shown.
            return self.save_unless_stale(request, object_id, form_url, extra_context)

    @transaction.atomic
    def save_unless_stale(self, request, object_id, form_url, extra_context):
        record = self.get_object(request, object_id)
        conflict = record and self.has_change_permission(request, record) and find_conflict(self, request, record)
        if conflict:
            request.POST = conflict.post
            conflict = None if conflict.is_empty else conflict
        context = self.around(request, object_id) | {"conflict": conflict} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def around(self, request, object_id):
        """What the form's page shows beside the form: how the record stands, and the records around it."""
        record = self.get_object(request, object_id) if object_id else None
        if record is None:
            return {}
        edition = record.edition
        return self.comments_around(request, record) | {
            "title": str(record),
            "subtitle": "",
            "record": record,
            "links": links_of(request, record),
            "edition": edition,
            "is_edited": edition is not None and record.has_unpublished_changes,
            "neighbours": self.neighbours(request, record),
            "may_publish": self.has_publish_permission(request),
            "desk_urls": {name: self.page_url(name, record) for name in DESK_PAGES},
        }

    def neighbours(self, request, record):
        """The records around this one, as Neighbour lists."""
        return []

    # What was public stays

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or not obj.was_ever_public)

    def delete_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, object_id)
        if record and record.was_ever_public and self.has_change_permission(request, record):
            messages.error(request, _("“%(record)s” was public and cannot be deleted. Withdraw it instead.") % {"record": record})
            return HttpResponseRedirect(self.page_url("change", record))
        return super().delete_view(request, object_id, extra_context)

    def page_url(self, name, record):
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{name}", args=[record.pk])


class Neighbour:
    """A list of records around a record: what it is, how many, where to see all and where to add one."""

    def __init__(self, request, admin_site, records, lookup, prefill=None, shown=25):
        self.title = records.model._meta.verbose_name_plural
        self.count = records.count()
        name = f"{admin_site.name}:{records.model._meta.app_label}_{records.model._meta.model_name}"
        model_admin = admin_site.get_model_admin(records.model)
        self.add_title = records.model._meta.verbose_name
        self.list_url = f"{reverse(f'{name}_changelist')}?{lookup}"
        self.add_url = f"{reverse(f'{name}_add')}?{prefill}" if prefill and model_admin.has_add_permission(request) else ""
        self.records = [(reverse(f"{name}_change", args=[record.pk]), record) for record in records[:shown]]

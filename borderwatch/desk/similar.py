"""What the desk says while a record is typed and after it is saved: records that may be the same one, and letters that mislead.

It warns and shows; it never stands in the way of a save.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from borderwatch.desk.names import called_like
from borderwatch.texts.day_words import NotADay, read_days
from borderwatch.texts.letters import mixed_sentences

LONGEST_NAME, NAMES = 200, 20


@dataclass
class SimilarRecord:
    """A record that may be the same as the one being typed, and why, in words."""

    record: object
    words: str
    url: str = ""
    merge_url: str = ""


class SimilarPages:
    """Mixed into RecordAdmin: each admin says in `similar_to` what may be the same."""

    watched_fields = ()
    """Fields whose change is worth a new look."""
    name_fields = ()
    """Of these, the names and titles."""
    is_known_by_name = False
    """Whether records called alike may be one."""

    def get_urls(self):
        pages = (("similar", self.similar_view), ("day", self.day_view))
        own = [
            path(f"{name}/", self.admin_site.admin_view(require_POST(view)), name=f"{self.opts.app_label}_{self.opts.model_name}_{name}")
            for name, view in pages
        ]
        return own + super().get_urls()

    # What an admin says of its records

    def similar_to(self, request, typed, record):
        """(record, words) of what may be the same as `typed` (field → text); `record`: the one being changed, or None."""
        others = self.get_queryset(request).exclude(pk=getattr(record, "pk", None))
        names = [name[:LONGEST_NAME] for field in self.name_fields for name in typed.get(field, "").splitlines() if name.strip()]
        found = {}
        for name in names[:NAMES] if self.is_known_by_name else []:
            for other, share in called_like(others, self.name_fields, name):
                found.setdefault(other.pk, (other, _("called alike") if share == 1 else _("called alike in part")))
        return list(found.values())

    def misleading(self, typed):
        """Sentences about names that mix alphabets."""
        return [sentence for field in self.name_fields for sentence in mixed_sentences(typed.get(field, "")[:LONGEST_NAME])]

    # While it is typed

    def similar_view(self, request):
        """A part of a page: records that may be the same as what the posted form holds."""
        self.refuse_strangers(request)
        return TemplateResponse(request, "admin/_similar.html", self.similar_around(request, self.record_in(request), request.POST))

    def day_view(self, request):
        """How the words typed into a date field are read, as JSON."""
        self.refuse_strangers(request)
        name = request.POST.get("_day", "")
        words = request.POST.get(name, "")
        if not words.strip():
            return JsonResponse({"words": "", "is_wrong": False})
        try:
            days = read_days(words, *self.reading_from(request, name.rsplit("-", 1)[-1]))
        except NotADay as refused:
            return JsonResponse({"words": str(refused), "is_wrong": True})
        return JsonResponse({"words": str(days), "is_wrong": False})

    def refuse_strangers(self, request):
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied

    def similar_around(self, request, record, typed):
        """What the part of the page shows."""
        similar = [self.with_links(request, record, *one) for one in self.similar_to(request, typed, record)] if self.watched_fields else []
        return {"similar": similar, "misleading": self.misleading(typed), "is_saved": record is not None}

    def with_links(self, request, record, other, words):
        """The SimilarRecord with the ways that this user may go."""
        may_merge = record and (other.public_id or not record.public_id) and self.has_publish_permission(request)
        merge_url = f"{self.page_url('merge', record)}?into={other.public_id or f'%23{other.pk}'}" if may_merge else ""
        return SimilarRecord(other, words, self.page_url("change", other), merge_url)

    # Around the form, and after it is saved

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        shown = {"day_url": reverse(f"{name}_day"), "similar_url": reverse(f"{name}_similar"), "watched_fields": self.watched_fields}
        record = (extra_context or {}).get("record")
        if record and request.method == "GET":
            shown |= self.similar_around(request, record, as_typed(record, self.watched_fields))
        return super().changeform_view(request, object_id, form_url, shown | (extra_context or {}))

    def response_add(self, request, obj, post_url_continue=None):
        self.tell_similar(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def construct_change_message(self, request, form, formsets, add=False):
        request.changed_fields = form.changed_data
        return super().construct_change_message(request, form, formsets, add)

    def response_change(self, request, obj):
        self.tell_similar_to_what_changed(request, obj)
        return super().response_change(request, obj)

    def tell_similar_to_what_changed(self, request, obj):
        # On the record's own page it stands above the form anyway.
        if "_continue" not in request.POST and {*self.watched_fields} & {*getattr(request, "changed_fields", ())}:
            self.tell_similar(request, obj)

    def tell_similar(self, request, record):
        """A message with links, for those who saw nothing while they typed."""
        context = self.similar_around(request, record, as_typed(record, self.watched_fields))
        if context["similar"] or context["misleading"]:
            messages.warning(request, mark_safe(render_to_string("admin/_similar.html", context)))  # noqa: S308 a template of ours


def as_typed(record, names):
    """Field → text, as the form of a saved record holds it."""
    values = {name: record._meta.get_field(name).value_from_object(record) for name in names}
    return {name: as_text(value) for name, value in values.items()}


def as_text(value):
    return "\n".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)

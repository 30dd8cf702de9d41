"""Comments on the page of a record: beside its fields and below the form, as plain forms; how many are open, in the lists."""

from collections import Counter, defaultdict

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.comments import MAY_COMMENT, commentable, settle
from borderwatch.models import Comment


class RecordList(ChangeList):
    """A page of the list knows how many comments on each record are open: one question for all of them."""

    def get_results(self, request):
        super().get_results(request)
        kind, uids = self.model.record_kind, [record.uid for record in self.result_list]
        open_comments = Counter(Comment.objects.open().filter(record=kind, uid__in=uids).values_list("uid", flat=True))
        for record in self.result_list:
            record.open_comments = open_comments[record.uid]


def with_open_comments(queryset):
    """Of these records, those on which a comment is open."""
    return queryset.filter(uid__in=Comment.objects.open().filter(record=queryset.model.record_kind).order_by().values("uid"))


class CommentsPages:
    """Mixed into RecordAdmin."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_comment"
        return [path("<int:object_id>/comment/", self.admin_site.admin_view(self.comment_view), name=name), *super().get_urls()]

    # Lists

    def get_changelist(self, request, **kwargs):
        return RecordList

    def get_list_display(self, request):
        return [*super().get_list_display(request), "comments_open"]

    @admin.display(description=gettext_lazy("open comments"))
    def comments_open(self, record):
        return getattr(record, "open_comments", 0) or ""

    # Beside the form

    def comments_around(self, request, record):
        """What the form's page shows of the comments: open ones by field, all of them below, and where one says something."""
        names = commentable(type(record))
        comments = [about(comment, names) for comment in record.comments]
        by_field = defaultdict(list)
        for comment in comments:
            if not comment.settled_at:
                by_field[comment.field].append(comment)
        return {
            "comments": comments,
            "open_comments": [comment for comment in comments if not comment.settled_at],
            "comments_by_field": dict(by_field),
            "may_comment": request.user.has_perm(MAY_COMMENT),
            "commentable": names,
            "comment_url": self.page_url("comment", record),
        }

    # Saying and settling

    def comment_view(self, request, object_id):
        """Keep what was said, or settle it; then back to the record. A look at this address leads there too."""
        record = self.record_or_404(request, object_id)
        if request.method == "POST":
            try:
                self.take_comment(request, record)
            except ValidationError as refused:
                messages.error(request, " ".join(refused.messages))
        return HttpResponseRedirect(f"{self.page_url('change', record)}#comments")

    def take_comment(self, request, record):
        """Carry out the button that was pressed."""
        if "settle" in request.POST:
            return self.settle_comment(request, record)
        field = request.POST.get("field") or request.POST.get("about", "")
        name = f"text-{field}" if request.POST.get("field") else "text"
        record.comment(request.user, request.POST.get(name, ""), field)
        return messages.success(request, _("Your comment stands beside the record until somebody settles it."))

    def settle_comment(self, request, record):
        key = request.POST["settle"]
        comment = record.comments.filter(pk=key).first() if key.isascii() and key.isdecimal() and len(key) < 19 else None
        if comment is None:
            raise ValidationError(_("There is no such comment."))
        settle(comment, request.user)
        messages.success(request, _("Settled. The comment stays below the form."))


def about(comment, names):
    """The comment, knowing what the form calls the field that it is about."""
    comment.field_label = names.get(comment.field) or capfirst(comment.field)
    return comment

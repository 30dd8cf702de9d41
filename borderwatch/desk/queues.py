"""What waits on the desk: each queue is a filter of a list, and the first page shows how many wait and the first of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import admin
from django.core.cache import cache
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.comments import with_open_comments
from borderwatch.desk.unpublished import edited_uids
from borderwatch.models import Comment

SHOWN = 5
"""Records of a queue on the first page."""
ORDER = (
    *("assigned", "drafts", "answers", "refused"),
    *("review", "edited", "scheduled", "comments", "no-statements", "no-incident", "parents"),
)
"""Yours first, then what waits for anybody."""
PARAMETER = "queue"
A_WHILE = 600
"""Seconds after which everything is counted anew: a long save may become visible behind a short one."""


@dataclass
class Queue:
    """What waits in one list."""

    name: str
    """One of ORDER; queues of one name in several lists are one on the first page."""
    title: str
    empty: str
    """What the first page says when nothing waits."""
    of: Callable
    """The records that wait, from a queryset of all."""
    is_all: Callable = lambda: True
    """False where more may wait than were looked at."""
    url: str = ""
    """A page of its own, where the filtered list is not enough."""
    follows: tuple = ()
    """Models whose saving alone can change what waits: until one is saved, nothing is counted again."""


@dataclass
class ShownQueue:
    """A queue as the first page shows it: over all lists, with the first records and the way to each list."""

    name: str
    title: str
    empty: str
    count: int = 0
    is_all: bool = True
    records: list = field(default_factory=list)
    lists: list = field(default_factory=list)


class InQueue(admin.SimpleListFilter):
    """The list's queues as filters: a link from the first page leads here."""

    title = gettext_lazy("what waits")
    parameter_name = PARAMETER

    def __init__(self, request, params, model, model_admin):
        self.queues = {queue.name: queue for queue in model_admin.queues(request)}
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(name, queue.title) for name, queue in self.queues.items()]

    def queryset(self, request, queryset):
        return self.queues[self.value()].of(queryset) if self.value() in self.queues else queryset


class Queues:
    """Mixed into RecordAdmin."""

    queue_related = ()
    """What the words of a record need beside it."""

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), InQueue]

    def queues(self, request):
        """What waits among the records of this kind."""
        return [self.unpublished_edits(), self.answers_to(request.user), self.open_comments()]

    def queue_line(self, record):
        """(address, words) of a record that waits."""
        return self.page_url("change", record), record

    def unpublished_edits(self):
        return Queue(
            "edited",
            _("Public with unpublished edits"),
            _("Readers see every public record as it stands here."),
            of=lambda records: records.filter(uid__in=edited_uids(self.model)[0]),
            is_all=lambda: edited_uids(self.model)[1],
        )

    def open_comments(self):
        empty = _("No comment waits for an answer. Colleagues comment at the foot of a record, or beside a field.")
        return Queue("comments", _("Open comments"), empty, with_open_comments)

    def answers_to(self, user):
        """Others' open comments on what the user wrote or is assigned."""
        said = Comment.objects.open().filter(record=self.model.record_kind).exclude(said_by=user)
        written = self.model.history.filter(history_user=user, uid__in=said.values("uid")).order_by()
        mine = Q(uid__in=written.values("uid"))
        if any(one.name == "assigned_to" for one in self.opts.fields):
            mine |= Q(assigned_to=user)
        about_mine = Q(uid__in=said.values("uid")) & mine
        empty = _("Nobody commented on what you wrote.")
        return Queue("answers", _("Comments on your work"), empty, lambda records: records.filter(about_mine))


# The first page


def first_page(site, request):
    """Every queue of the lists that the user may see, in the order of ORDER."""
    shown = {}
    for model_admin in site._registry.values():
        if hasattr(model_admin, "queues") and model_admin.has_view_permission(request):
            for queue in model_admin.queues(request):
                one = shown.setdefault(queue.name, ShownQueue(queue.name, queue.title, queue.empty))
                put(one, queue, model_admin, request.user)
    return sorted(shown.values(), key=lambda queue: ORDER.index(queue.name))


def put(shown, queue, model_admin, user):
    """Add what waits in one list to the queue of its name."""
    count, keys = remembered(queue, model_admin.model, user) if queue.follows else counted(queue, model_admin.model)
    if not count:
        return
    shown.count += count
    shown.is_all = shown.is_all and queue.is_all()
    found = model_admin.model._default_manager.select_related(*model_admin.queue_related).in_bulk(keys)
    shown.records += [model_admin.queue_line(found[key]) for key in keys[: max(SHOWN - len(shown.records), 0)] if key in found]
    words = model_admin.opts.verbose_name if count == 1 else model_admin.opts.verbose_name_plural
    shown.lists.append((queue.url or list_of(model_admin, queue.name), f"{count} {words}"))


def counted(queue, model):
    """(how many records wait, keys of the first)."""
    records = queue.of(model._default_manager.all())
    count = records.count()
    keys = list(records.values_list("pk", flat=True)[:SHOWN]) if count else []
    return count, keys


def remembered(queue, model, user):
    """The same, counted anew only after somebody saved one of the models that it follows."""
    last = [followed.history.order_by("-history_id").values_list("history_id", "history_date").first() for followed in queue.follows]
    key = f"queue-{queue.name}-{model.__name__}-{user.pk}"
    kept = cache.get(key)
    if kept is None or kept[0] != last:
        kept = last, counted(queue, model)
        cache.set(key, kept, A_WHILE)
    return kept[1]


def list_of(model_admin, name):
    opts = model_admin.opts
    return f"{reverse(f'{model_admin.admin_site.name}:{opts.app_label}_{opts.model_name}_changelist')}?{PARAMETER}={name}"

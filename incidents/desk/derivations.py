"""Derived figures whose parents changed since somebody last looked at them: "28, the sum of both towns", and one town was corrected."""

from collections import defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.translation import gettext as _

from incidents.models import Figure

NUMBERS = ("low", "best", "high", "wording", "measure", "group", "nationality")
"""What a calculation can rest on."""
MOST = 200
"""Changed parents that are looked at in one go."""
Entry = Figure.history.model
Link = Figure.derived_from.through
KeptLink = apps.get_model("incidents", "HistoricalFigure_derived_from")


@dataclass
class ChangedParent:
    """A parent of `figure` that says something else than when the figure was saved last; `after` is None where it was deleted."""

    figure: Figure
    before: Entry
    after: Figure | None


def last_entry(pk):
    """The last entry in a figure's history, as a subquery; entries are numbered in the order of saving."""
    return Subquery(Entry.objects.filter(id=OuterRef(pk)).order_by("-history_id").values("history_id")[:1])


def changed_parents():
    """figure's key → [ChangedParent], of figures whose calculation may not hold any more."""
    found = defaultdict(list)
    links = Link.objects.annotate(last=last_entry("from_figure"), parent_last=last_entry("to_figure")).filter(parent_last__gt=F("last"))
    for link in links.select_related("from_figure__statement__speaker", "to_figure").order_by("-parent_last")[:MOST]:
        before = Entry.objects.filter(id=link.to_figure_id, history_id__lt=link.last).order_by("-history_id").first()
        if before and any(getattr(before, name) != getattr(link.to_figure, name) for name in NUMBERS):
            found[link.from_figure_id].append(ChangedParent(link.from_figure, before, link.to_figure))
    for link in deleted_parents():
        before = Entry.objects.filter(id=link.to_figure_id).exclude(history_type="-").order_by("-history_id").first()
        if before:
            found[link.from_figure_id].append(ChangedParent(Figure.objects.get(pk=link.from_figure_id), before, None))
    return dict(found)


def deleted_parents():
    """Links in the last history entries of figures that name a figure which is gone."""
    parent, child = (Figure.objects.filter(pk=OuterRef(name)).order_by() for name in ("to_figure_id", "from_figure_id"))
    gone = KeptLink.objects.filter(~Exists(parent), Exists(child))
    return gone.annotate(last=last_entry("from_figure_id")).filter(history_id=F("last"))[:MOST]


def still_holds(figure, by):
    """Somebody looked: the figure stands as it is. Kept in its history, so that it is asked again only after the next change."""
    if not by.has_perm("incidents.change_figure"):
        raise PermissionDenied(_("That is for colleagues who may change figures."))
    figure._history_user, figure._change_reason = by, _("Still holds: its parents were looked at")
    figure.save()

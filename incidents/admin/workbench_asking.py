"""What the workbench's script asks while somebody types: choices by name, and how a short entry is read."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _

from incidents.admin.workbench_choices import ActorChooser, IncidentChooser, choices_for
from incidents.admin.workbench_rows import told_labels
from incidents.desk import quick_labels, quick_numbers


def ask_view(request, article_id):
    """`what`: actor, incident, numbers or called; `words`: as typed so far."""
    permission, answer = ANSWERS.get(request.GET.get("what", ""), ("", None))
    if answer is None:
        raise Http404
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return JsonResponse(answer(request.GET.get("words", "").replace("\0", "")[:2000]))


def numbers_read(words):
    return read_back(lambda: [quick_numbers.told(fields) for fields in quick_numbers.read_figures(words)])


def labels_read(words):
    return read_back(lambda: [told_label(*label) for label in told_labels(quick_labels.read_labels(words))])


def told_label(words, who, is_actor):
    sentence = _("“%(words)s” for the actor %(who)s") if is_actor else _("“%(words)s” for “%(who)s”, in words")
    return sentence % {"words": words, "who": who}


def read_back(read):
    try:
        return {"read": read()}
    except ValidationError as refused:
        return {"refused": refused.messages}


ANSWERS = {
    "actor": ("incidents.view_actor", lambda words: choices_for(ActorChooser(), words)),
    "incident": ("incidents.view_incident", lambda words: choices_for(IncidentChooser(), words)),
    "numbers": ("incidents.view_statement", numbers_read),
    "called": ("incidents.view_statement", labels_read),
}
"""What is asked → the permission it needs, and what answers."""

"""What each verb of the desk is, at each door: an address of the desk, a method of the record. For the matrix of who may do what."""

from django.core.exceptions import ValidationError

from borderwatch.models import Change, Comment, Edition
from borderwatch.publishing.merging import plan_merge
from borderwatch.publishing.planning import plan_publication, plan_withdrawal
from incidents.models import Dismissal, Incident
from tests.desk import desk_url

States = Incident.ReviewState


class Desk:
    """Requests of the desk on one incident, made up once and sent by everybody: what a browser would send."""

    def __init__(self, incident, form, other):
        self.incident, self.form, self.other = incident, form, other

    def requests(self):
        """Verb → (page, posted)."""
        incident = self.incident
        publish, correct = (self.fingerprint(lambda kind=kind: plan_publication(incident, kind)) for kind in (None, Change.CORRECTION))
        button = "update" if incident.edition else "new"
        merging = {"note": "One.", "fingerprint": self.fingerprint(lambda: plan_merge(incident, self.other))}
        return {
            "edit": ("change", self.form | {"title": "Another title"}),
            "submit": ("change", self.form | {"_review": States.IN_REVIEW}),
            "ask for changes": ("comment", {"text": "Where?", "ask": "changes"}),
            "approve": ("change", self.form | {"_review": States.APPROVED}),
            "publish": ("publish", {"press": f"{button} {publish}"}),
            "correct": ("publish", {"press": f"correction {correct}", "note": "It was wrong."}),
            "withdraw": ("withdraw", {"reason": "Wrong.", "fingerprint": self.fingerprint(lambda: plan_withdrawal(incident))}),
            "merge": (f"merge?into={self.other.public_id}", merging),
            "set aside": ("unknowns", {"unknown": "injured", "reason": "Nobody counts them."}),
            "comment": ("comment", {"text": "Where?"}),
            "delete": ("delete", {"post": "yes"}),
        }

    @staticmethod
    def fingerprint(plan):
        """Of what the page would announce; of nothing where it announces nothing."""
        try:
            return plan().fingerprint
        except ValidationError:
            return "0" * 64


def send(client, incident, page, posted):
    name, _mark, query = page.partition("?")
    return client.post(f"{desk_url(incident, name)}?{query}", posted)


SHELL = {
    "edit": lambda incident, by, other: edit(incident),
    "submit": lambda incident, by, other: move(incident, States.IN_REVIEW, by),
    "ask for changes": lambda incident, by, other: incident.ask_for_changes(by, "Where?"),
    "approve": lambda incident, by, other: move(incident, States.APPROVED, by),
    "publish": lambda incident, by, other: incident.publish(by=by),
    "correct": lambda incident, by, other: incident.publish(by=by, kind="correction", note="It was wrong."),
    "withdraw": lambda incident, by, other: incident.withdraw(by=by, reason="Wrong."),
    "merge": lambda incident, by, other: incident.merge_into(other, by=by, note="One."),
    "set aside": lambda incident, by, other: incident.dismiss("injured", by, "Nobody counts them."),
    "comment": lambda incident, by, other: incident.comment(by, "Where?"),
    "delete": lambda incident, by, other: incident.delete(),
}


def edit(incident):
    incident.title = "Another title"
    incident.save()


def move(incident, state, by):
    incident.move_to(state, by)
    incident.save()


def standing(verb, key):
    """What the verb changes, as it stands now."""
    if verb in ("publish", "correct", "withdraw", "merge"):
        return Edition.objects.count()
    rows = {"set aside": Dismissal.objects, "comment": Comment.objects, "delete": Incident.objects}
    if verb in rows:
        return rows[verb].count()
    return Incident.objects.values_list("title" if verb == "edit" else "review_state", flat=True).get(pk=key)

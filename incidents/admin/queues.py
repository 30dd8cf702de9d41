"""What waits among incidents and statements."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from borderwatch.desk.queues import Queue
from incidents.desk.derivations import changed_parents
from incidents.models import Figure, ImportedEvent, Incident, Statement, StatementIncident

States = Incident.ReviewState


class IncidentQueues:
    """Mixed into IncidentAdmin."""

    def queues(self, request):
        user = request.user
        waiting = _("Nothing waits for review.")
        nothing = _("Nothing is assigned to you. Open an incident and press “Save and assign to me”.")
        return [
            Queue("assigned", _("Assigned to you"), nothing, lambda records: unfinished(records).filter(assigned_to=user)),
            drafts(lambda records: written_by(user, entered(records.filter(review_state=States.DRAFT))), Incident),
            Queue("review", _("Waiting for review"), waiting, in_review, follows=(Incident,)),
            *super().queues(request),
        ]


class StatementQueues:
    """Mixed into StatementAdmin."""

    queue_related = ("speaker",)

    def queues(self, request):
        linked = _("Every statement is about an incident, a tally, background or about a place.")
        return [
            drafts(lambda records: written_by(request.user, records.filter(is_ready=False, public_id=None)), Statement),
            Queue("no-incident", _("Statements without incident"), linked, without_incident, follows=(Statement, StatementIncident)),
            self.changed_parents(),
            *super().queues(request),
        ]

    def changed_parents(self):
        """Statements with figures that were computed from others, which say something else now."""
        return Queue(
            "parents",
            _("Figures whose parents changed"),
            _("Every derived figure was looked at since what it rests on changed last."),
            of=lambda records: records.filter(figures__in=list(changed_parents())).distinct(),
            url=reverse(f"{self.admin_site.name}:incidents_figure_parents"),
            follows=(Figure,),
        )


def drafts(of, model):
    return Queue("drafts", _("Your drafts"), _("You have no drafts. Begin with an article."), of, follows=(model,))


def in_review(incidents):
    return incidents.filter(review_state=States.IN_REVIEW)


def entered(incidents):
    """Without what an import brought."""
    return incidents.filter(~Exists(ImportedEvent.objects.filter(incident=OuterRef("pk")).order_by()))


def unfinished(incidents):
    return incidents.exclude(review_state=States.APPROVED, public_id__isnull=False)


def written_by(user, records):
    """Of these, those that the user entered."""
    entries = records.model.history.filter(id=OuterRef("pk"), history_type="+", history_user=user)
    return records.filter(Exists(entries.order_by()))


def without_incident(statements):
    """Statements that should be about an incident; tallies, background and what is said of a place need none."""
    needy = statements.exclude(act__in=(Statement.Act.TALLY, Statement.Act.BACKGROUND)).filter(about_place=None)
    # Not "not in": PostgreSQL answers that slowly where many statements are linked.
    return needy.filter(~Exists(StatementIncident.objects.filter(statement=OuterRef("pk")).order_by()))

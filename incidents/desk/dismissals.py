"""Known unknowns as the desk works on them: which public incidents have them still, and which of them somebody set aside for now."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from borderwatch.public.caching import record_version, remembered
from incidents.models import Dismissal, Incident
from incidents.published import PublishedIncident
from incidents.rule.unknowns import DAYS_TO_RESPOND, FACET

MAY_DISMISS = "incidents.add_dismissal"


def today():
    return timezone.now().date()


# Setting aside and asking again


def dismiss(incident, unknown, by, reason, ask_again_on=None):
    """Keep a Dismissal; see Incident.dismiss."""
    if not by.has_perm(MAY_DISMISS):
        raise PermissionDenied(_("That is for an editor."))
    if unknown not in Dismissal.Unknown.values:
        raise ValidationError(_("There is no such known unknown."))
    if not reason.strip():
        raise ValidationError(_("Say why it needs no work for now."))
    if ask_again_on and ask_again_on <= today():
        raise ValidationError(_("The day on which it is asked again lies in the future."))
    if not with_unknown(unknown).filter(uid=incident.uid).exists():
        raise ValidationError(_("The public record does not lack this: there is nothing to set aside."))
    return keep(incident, unknown, by, reason, ask_again_on)


def ask_again(incident, unknown, by, reason=""):
    """Take back what was set aside; see Incident.ask_again."""
    if not by.has_perm(MAY_DISMISS):
        raise PermissionDenied(_("That is for an editor."))
    if not in_force().filter(incident=incident, unknown=unknown).exists():
        raise ValidationError(_("It is asked already."))
    return keep(incident, unknown, by, reason or _("Asked again."), today())


def keep(incident, unknown, by, reason, ask_again_on):
    words = {"reason": reason.strip(), "dismissed_by": by, "dismissed_by_name": by.get_username()}
    return Dismissal.objects.create(incident=incident, unknown=unknown, ask_again_on=ask_again_on, **words)


def in_force():
    """Dismissals that hold today: the last one of an incident's unknown, until the day on which it is asked again."""
    later = Dismissal.objects.filter(incident=OuterRef("incident"), unknown=OuterRef("unknown"), pk__gt=OuterRef("pk"))
    return Dismissal.objects.filter(Q(ask_again_on=None) | Q(ask_again_on__gt=today())).filter(~Exists(later))


# Finding


def with_unknown(unknown):
    """Current public rows of incidents that do not say it, set aside or not."""
    rows = PublishedIncident.objects.current().filter(facets__name=FACET, facets__value=unknown)
    if unknown == Dismissal.Unknown.NO_RESPONSE:
        rows = rows.filter(date_end__lte=today() - datetime.timedelta(days=DAYS_TO_RESPOND))
    return rows


def still_unknown(unknown):
    """Of these, the rows of incidents for which nobody set it aside."""
    return with_unknown(unknown).exclude(uid__in=in_force().filter(unknown=unknown).values("incident__uid"))


def incidents_with(unknown):
    """Incidents of the desk that do not say it in public, for which nobody set it aside."""
    return Incident.objects.filter(uid__in=still_unknown(unknown).values("uid"))


def counts():
    """[(code, words, number of public incidents)] of every known unknown. Counted anew after a release, a dismissal and midnight."""
    last, moment = Dismissal.objects.order_by("-pk").values_list("pk", "dismissed_at").first() or (0, None)
    version = f"{record_version()}-{last}-{moment and moment.timestamp()}-{today()}"
    found = remembered("known unknowns", version, lambda: {code: still_unknown(code).count() for code in Dismissal.Unknown.values})
    return [(code, words, found[code]) for code, words in Dismissal.Unknown.choices]


def unknowns_of(incident):
    """[(code, words, the Dismissal in force or None)] of what the public incident does not say."""
    dismissed = {one.unknown: one for one in in_force().filter(incident=incident)}
    codes = [code for code in Dismissal.Unknown.values if with_unknown(code).filter(uid=incident.uid).exists()]
    return [(code, Dismissal.Unknown(code).label, dismissed.get(code)) for code in codes]

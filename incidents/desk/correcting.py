"""Correct this number: three reasons why a published figure is wrong, and what each does about it.

We transcribed it wrongly: the figure is edited, a correction. Its source revised it: a new statement replaces the old one, an update.
Its source took it back: the statement is retracted, an update. Kind and note follow from the reason.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from borderwatch.models import Change
from borderwatch.publishing.rehearsing import edit_and_publish
from incidents.models import Figure, Statement

VALUES = ("low", "best", "high", "wording")
COPIED = (
    *("speaker", "speaker_as", "speaker_title", "on_behalf_of", "released_through", "based_on", "attribution", "act", "denies"),
    *("language", "credibility", "visibility", "attributed_to", "attributed_to_as", "about_place"),
    *("covers_start", "covers_end", "covers_place", "incidents_low", "incidents_high", "covers_note"),
)
"""What a revised statement takes over from the one it replaces: everything but the words, the day and the article."""
COPIED_FIGURE = ("incident", "measure", "group", "nationality", *VALUES, "adds", "party")


@dataclass
class Correction:
    """One reason, for one figure."""

    figure: Figure
    note: str = ""
    kind = None

    @property
    def suggested_note(self):
        """What readers are told unless the editor says it better."""
        raise NotImplementedError

    def edit(self, by):
        """Write it on the desk; returns the records to publish. Raises ValidationError."""
        raise NotImplementedError

    def publish(self, by, fingerprint=None):
        """Write it on the desk and publish it in one release, or neither. Returns the Release."""
        return edit_and_publish(lambda: self.edit(by), by, self.note, self.kind, fingerprint)

    @transaction.atomic
    def prepare(self, by):
        """Write it on the desk alone; an editor finds it in the review of its incidents, with the note meant for readers."""
        (statement,) = self.edit(by)
        words = {"figure": self.figure.public_id, "kind": self.kind_words, "statement": statement.public_id or statement, "note": self.note}
        text = _("%(figure)s: %(kind)s prepared; publish %(statement)s. For readers: %(note)s") % words
        for incident in statement.incidents.all():
            incident.comment(by, text)
            if incident.reopen_review(by):
                incident._history_user, incident._change_reason = by, _("A number was corrected")
                incident.save()
        return statement

    @property
    def kind_words(self):
        return _("a correction") if self.kind == Change.CORRECTION else _("an update")

    def fresh(self):
        """The figure as it stands now."""
        return Figure.objects.select_related("statement__article__source", "statement__speaker", "incident").get(pk=self.figure.pk)

    def public_figure(self):
        """The same, of a statement that readers see: what was withdrawn is not published again by correcting it."""
        figure = self.fresh()
        if figure.statement.edition is None:
            raise ValidationError(_("Readers do not see this statement: change it in its own form."))
        return figure


@dataclass
class Transcribed(Correction):
    """We copied it wrongly."""

    values: dict = None
    kind = Change.CORRECTION

    @property
    def suggested_note(self):
        before = self.fresh()
        words = {"id": before.public_id, "before": amount(values_of(before), before), "after": amount(self.values, before)}
        return _("We had copied %(id)s wrongly. It said: %(before)s. The source says: %(after)s.") % words

    def edit(self, by):
        figure = self.public_figure()
        refuse_disorder(self.values)
        if values_of(figure) == self.values:
            raise ValidationError(_("That is what stands already: change the number or its wording."))
        set_values(figure, self.values)
        save_because(figure, by, _("Transcribed wrongly"))
        # The statement is what is published, and what others may have open.
        save_because(figure.statement, by, _("Transcribed wrongly"))
        return [figure.statement]


@dataclass
class Revised(Correction):
    """The source gave another number later: a new statement, which replaces the old one."""

    values: dict = None
    words: dict = None
    """`article`, `said_on`, `quote` and `text` of the new statement."""

    @property
    def suggested_note(self):
        before = self.fresh()
        words = {"who": who(before), "before": amount(values_of(before), before), "after": amount(self.values, before)}
        return _("%(who)s revised the number: %(before)s became %(after)s.") % words

    def edit(self, by):
        figure = self.public_figure()
        old = figure.statement
        refuse_disorder(self.values)
        if not (self.words["quote"] or self.words["text"]):
            raise ValidationError(_("Give the new words: a quote, or what was said in our own words."))
        refuse_what_was_replaced(old)
        new = Statement(supersedes=old, is_ready=by.has_perm("incidents.publish_statement"), **self.words)
        for name in COPIED:
            setattr(new, name, getattr(old, name))
        save_because(new, by, _("The source revised its number"))
        for link in old.statement_incidents.all():
            new.statement_incidents.create(incident=link.incident, certainty=link.certainty)
        self.copy_figures(figure, old, new)
        return [new]

    def copy_figures(self, figure, old, new):
        """The revised figure, and those of the same measure: the new statement replaces them all."""
        for one in old.figures.filter(measure=figure.measure):
            copy = Figure(statement=new, **{name: getattr(one, name) for name in COPIED_FIGURE})
            if one.pk == figure.pk:
                set_values(copy, self.values)
            copy.save()


@dataclass
class Retracted(Correction):
    """The source took it back, and gave no other number."""

    on: object = None

    @property
    def suggested_note(self):
        before = self.fresh()
        words = {"who": who(before), "amount": amount(values_of(before), before)}
        return _("%(who)s took back what had been said: %(amount)s.") % words

    def edit(self, by):
        return self.public_figure().statement.mark_retracted(self.on, self.note or self.suggested_note, by)


# The values of a figure


def values_of(figure):
    return {name: getattr(figure, name) for name in VALUES}


def set_values(figure, values):
    for name in VALUES:
        setattr(figure, name, values[name])


def refuse_disorder(values):
    """Raise ValidationError unless low ≤ best ≤ high, as the database says it too."""
    low, best, high = values["low"], values["best"], values["high"]
    if low is None and (best is not None or high is not None):
        raise ValidationError(_("Give the lowest number too; without any number give only the wording."))
    if low is None and not values["wording"]:
        raise ValidationError(_("Give the lowest number, or the wording that stands for it (“several”)."))
    given = [number for number in (low, best, high) if number is not None]
    if given != sorted(given):
        raise ValidationError(_("The numbers are not in order: low, then best, then high."))


def amount(values, figure):
    """In words: "5 killed", "5 to 7 killed", "6 or more killed", "“several” killed"."""
    low, high = values["low"], values["high"]
    best = low if values["best"] is None else values["best"]
    words = {"low": low, "best": best, "high": high, "wording": values["wording"], "measure": figure.get_measure_display().lower()}
    if low is None:
        return _("“%(wording)s” %(measure)s") % words
    if high is None:
        return _("%(best)s or more %(measure)s") % words
    return (_("%(best)s %(measure)s") if low == best == high else _("%(best)s %(measure)s (%(low)s to %(high)s)")) % words


def who(figure):
    """Who gave the number: the speaker, else the outlet."""
    statement = figure.statement
    return str(statement.speaker or statement.speaker_as or statement.article.source)


def save_because(record, by, reason):
    record._history_user, record._change_reason = by, reason
    record.save()


def refuse_what_was_replaced(statement):
    replaced_by = [one.public_id or str(one) for one in Statement.objects.filter(supersedes=statement)]
    if replaced_by:
        words = {"others": get_text_list(replaced_by, _("and"))}
        raise ValidationError(_("This statement was replaced already, by %(others)s: correct the number there.") % words)

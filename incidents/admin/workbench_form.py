"""The form of a statement on the workbench: six fields in view, what they contain typed as words, the rest folded.

What it does not show stays as it is: rows that its short entries cannot say are named beside it and left alone.
"""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.forms import RecordForm, is_key
from borderwatch.texts.day_words import NotADay, read_days
from incidents.admin.workbench_choices import ActorChooser, ByName, IncidentChooser
from incidents.desk import quick_labels, quick_numbers, quoting
from incidents.models import Actor, Incident, Statement

FOLDED = (
    *("text", "said_on", "said_precision", "attribution", "speaker_as", "speaker_title"),
    *("on_behalf_of", "based_on", "credibility", "is_ready"),
)
"""Fields that the form keeps folded, in their order."""
ROWS = {"numbers": "figure", "called": "label", "incident": "statementincident"}
"""Entries that stand for rows → the model of the rows, whose permissions they need."""


class DayInWords(forms.CharField):
    """A day as people write it, read from the article's own."""

    from_day = None
    days = None
    """What the words were read as: first and last day, precision."""

    def prepare_value(self, value):
        return value.isoformat() if isinstance(value, datetime.date) else value

    def to_python(self, value):
        words = super().to_python(value)
        if not words:
            return None
        try:
            self.days = read_days(words, self.from_day or timezone.now().date())
        except NotADay as refused:
            raise ValidationError(str(refused)) from None
        return self.days.first

    def run_validators(self, value):
        """A day needs none."""

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (self.prepare_value(data) or "")


class ShortEntry(forms.CharField):
    """Rows typed as words, read by one of the quick_… modules."""

    def __init__(self, read, **kwargs):
        self.read, self.rows = read, []
        super().__init__(required=False, max_length=2000, strip=True, **kwargs)

    def validate(self, value):
        super().validate(value)
        self.rows = self.read(value) if value else []


class StatementForm(RecordForm):
    """A statement of one article. `desk` is the request's user; `article` is given by the page, never by the form."""

    speaker = ByName("actor", label=gettext_lazy("Who"))
    numbers = ShortEntry(
        quick_numbers.read_figures,
        label=gettext_lazy("Number"),
        help_text=gettext_lazy("“5 killed”, “more than 5 injured”, “3 CN civilians killed; several injured”."),
    )
    called = ShortEntry(
        quick_labels.read_labels,
        label=gettext_lazy("What they are called"),
        help_text=gettext_lazy("The words, then who is called so: “robbers = those who fired”."),
    )
    incident = ByName("incident", label=gettext_lazy("Incident"))
    speaker_kind = forms.ChoiceField(label=gettext_lazy("Kind of the new actor"), required=False, choices=[("", "–"), *Actor.Kind.choices])
    speaker_parent = ByName("actor", label=gettext_lazy("Speaks for"))
    incident_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of the new incident"), required=False, choices=[("", "–"), *Incident.Kind.choices]
    )
    incident_on = DayInWords(label=gettext_lazy("Day it happened"), required=False)
    said_on = DayInWords(label=gettext_lazy("Said on"), required=False)
    on_behalf_of = ByName("actor", label=gettext_lazy("On behalf of"))
    based_on = ByName("actor", label=gettext_lazy("Based on the figures of"))
    span_start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    span_end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    place = forms.CharField(required=False, max_length=30)
    """Of several places of the quote the one that was chosen: "12-40"."""
    is_unplaced = forms.BooleanField(label=gettext_lazy("Keep the quote without a place in the text"), required=False)

    class Meta:
        model = Statement
        fields = ("quote", "speaker", "act", "denies", *FOLDED, "span_start", "span_end")
        help_texts = {"quote": "", "text": "", "is_ready": "", "credibility": "", "speaker_as": ""}
        widgets = {"quote": forms.Textarea(attrs={"rows": 3, "dir": "auto"}), "text": forms.Textarea(attrs={"rows": 2, "dir": "auto"})}

    user = article = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choosers = {"actor": ActorChooser(), "incident": IncidentChooser()}
        for field in self.fields.values():
            if isinstance(field, ByName):
                field.chooser = choosers[field.kind]
            if isinstance(field, DayInWords):
                field.from_day = self.article.published_on
        self.places, self.new_actor, self.new_incident = [], None, None
        self.take_rows()
        for name, row in ROWS.items():
            allowed = all(self.user.has_perm(f"incidents.{verb}_{row}") for verb in ("add", "change", "delete"))
            self.fields[name].disabled = not allowed or (name == "incident" and len(self.links) > 1)

    def take_rows(self):
        """What the short entries hold when the form is opened; the rows that they cannot say stand in `untold`."""
        rows = {name: list(getattr(self.instance, name).all()) if self.instance.pk else [] for name in ("figures", "labels")}
        self.links = list(self.instance.statement_incidents.select_related("incident")) if self.instance.pk else []
        self.figures = [figure for figure in rows["figures"] if is_plain(figure, self.links)]
        self.labels = [label for label in rows["labels"] if quick_labels.is_written(label)]
        self.untold = [row for row in (*rows["figures"], *rows["labels"]) if row not in self.figures and row not in self.labels]
        if self.instance.pk:
            self.initial["numbers"] = "; ".join(map(quick_numbers.written, self.figures))
            self.initial["called"] = "; ".join(map(quick_labels.written, self.labels))
            self.initial["incident"] = self.links[0].incident_id if len(self.links) == 1 else None

    def show_candidates(self):
        """Where several are called as was typed, let the browser offer them."""
        for name, errors in self.errors.as_data().items():
            for labels in filter(None, (getattr(error, "labels", None) for error in errors)):
                self.fields[name].candidates = labels
                self.fields[name].widget.attrs["list"] = f"id_{name}_candidates"

    @property
    def has_folded_errors(self):
        return any(name in self.errors for name in FOLDED)

    def mark(self, asked):
        """Begin with the words that were marked in the text (`start` to `end`, code points) or typed (`quote`)."""
        start, end, words = (asked.get(name, "") for name in ("start", "end", "quote"))
        text = self.article.text
        found = [(int(start), int(end))] if is_key(start) and is_key(end) else quoting.places(text, words[:2000].replace("\0", ""))
        if len(found) == 1 and text[slice(*found[0])]:
            self.initial |= {"quote": text[slice(*found[0])], "span_start": found[0][0], "span_end": found[0][1]}
        else:
            self.initial["quote"] = words[:2000]
            self.offer(found, text)
            self.is_nowhere = bool(words and text and not found)

    is_nowhere = False
    """Whether the words that the form begins with do not stand in the text."""

    def offer(self, found, text):
        """Let the editor choose among several places."""
        self.places = [(f"{start}-{end}", quoting.around(text, (start, end))) for start, end in found]

    @property
    def opened(self):
        """The short entries as they were when the form was opened, for the check that nobody changed their rows meanwhile."""
        told = {name: str(self.fields[name].prepare_value(self.initial.get(name)) or "") for name in ROWS}
        return {f"opened_{name}": self.data.get(f"opened_{name}", words) for name, words in told.items()}

    # What was typed

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") != Statement.Act.DENIAL and "denies" in cleaned:
            cleaned["denies"] = ""
        if "said_on" in self.changed_data and "said_precision" not in self.changed_data and self.fields["said_on"].days:
            cleaned["said_precision"] = self.fields["said_on"].days.precision
        self.take_speaker(cleaned)
        self.take_incident(cleaned)
        self.take_place(cleaned)
        if not (cleaned.get("quote") or cleaned.get("text") or self.errors):
            self.add_error("quote", _("Mark the words in the text, or write a paraphrase below."))
        return cleaned

    def take_speaker(self, cleaned):
        """Somebody new where a kind is given for words that name nobody; no speaker at all is narration."""
        if cleaned.get("speaker_kind") and self.is_unknown("speaker"):
            name = self.data.get(self.add_prefix("speaker"), "").strip()
            made = Actor(name=name, slug=free_slug(Actor, name), kind=cleaned["speaker_kind"], parent=cleaned.get("speaker_parent"))
            self.new_actor = self.take_new("speaker", made, "incidents.add_actor")
        is_narration = not (cleaned.get("speaker") or cleaned.get("speaker_as") or "speaker" in self.errors)
        if self.instance.pk is None and is_narration and cleaned.get("attribution") == Statement.Attribution.NAMED:
            cleaned["attribution"] = Statement.Attribution.NONE

    def take_incident(self, cleaned):
        if not (cleaned.get("incident_kind") and self.is_unknown("incident")):
            return
        day = cleaned.get("incident_on") or cleaned.get("said_on") or self.article.published_on
        if day is None:
            self.add_error("incident_on", _("Give the day on which it happened."))
            return
        title = self.data.get(self.add_prefix("incident"), "").strip()
        made = Incident(title=title, slug=free_slug(Incident, title), kind=cleaned["incident_kind"], started_on=day)
        days = self.fields["incident_on"].days
        made.ended_on = days.last if days and days.last != day else None
        self.new_incident = self.take_new("incident", made, "incidents.add_incident")

    def is_unknown(self, name):
        """Whether the words name nobody on the desk, or several of whom none is meant."""
        return any(error.code in ("unknown", "several") for error in self.errors.as_data().get(name, []))

    def take_new(self, name, record, permission):
        """The record that will be made, in place of the complaint that there is none."""
        if not self.user.has_perm(permission):
            self.add_error(name, _("You may not add this: ask an editor."))
            return None
        del self.errors[name]
        try:
            record.full_clean()
        except ValidationError as refused:
            self.add_error(name, [message for messages in refused.message_dict.values() for message in messages])
            return None
        self.cleaned_data[name] = record
        return record

    # Where the quote stands

    def take_place(self, cleaned):
        """The place of the quote in the captured text; a quote and a place that were not touched stay as they are."""
        quote, text = quoting.with_line_feeds(cleaned.get("quote") or ""), self.article.text
        start, end = cleaned.get("span_start"), cleaned.get("span_end")
        cleaned["quote"] = quote
        is_untouched = quote == self.initial.get("quote") and not {"span_start", "span_end", "place"} & set(self.changed_data)
        if (self.instance.pk and is_untouched) or "quote" in self.errors or quoting.stands_at(text, quote, start, end):
            return
        cleaned["span_start"] = cleaned["span_end"] = None
        if quote and text and not cleaned.get("is_unplaced"):
            self.find_place(cleaned, quote, text)

    def find_place(self, cleaned, quote, text):
        found = quoting.places(text, quote)
        chosen = [place for place in found if cleaned.get("place") == f"{place[0]}-{place[1]}"] or found
        if len(chosen) == 1:
            start, end = chosen[0]
            cleaned |= {"span_start": start, "span_end": end, "quote": text[start:end]}
        elif found:
            self.offer(found, text)
            self.add_error("quote", _("These words stand in the text more than once: choose where."))
        else:
            self.add_error("quote", ValidationError(_("These words do not stand in the captured text. Copy them from there."), code="lost"))

    @property
    def is_lost(self):
        """Whether the quote was refused because it stands nowhere: then it may be kept without a place."""
        return self.is_bound and (self.data.get("is_unplaced") or self.has_error("quote", "lost"))

    def _post_clean(self):
        """An actor that is yet to be made is no value that the database could check."""
        speaker = self.cleaned_data.get("speaker")
        if speaker is not None and speaker.pk is None:
            self.cleaned_data["speaker"] = None
        self.instance.article = self.article
        super()._post_clean()
        self.show_candidates()


def is_plain(figure, links):
    """Whether a short entry says all that the figure is: no verdict, no calculation, no other incident than the statement's one."""
    own = {link.incident_id for link in links} if len(links) == 1 else {None}
    is_bare = figure.verdict == "auto" and not (figure.adds or figure.calculation or figure.party_id)
    is_whole = figure.incident_id in own and not figure.derived_from.exists() and not figure.derived.exists()
    return is_bare and is_whole and quick_numbers.is_written(figure)


def free_slug(model, name):
    """An address word for a new record."""
    word = slugify(name)[:80] or model._meta.model_name
    taken = set(model.objects.filter(slug__startswith=word).values_list("slug", flat=True))
    return next(slug for slug in (word, *(f"{word}-{number}" for number in range(2, len(taken) + 3))) if slug not in taken)

"""The button that publishes what a page announced: at once, or at an hour."""

import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from borderwatch.models import Change
from borderwatch.public.addresses import in_this_language
from borderwatch.published import public_kinds
from borderwatch.publishing.scheduling import schedule
from borderwatch.publishing.verbs import publish_many


class PublishForm(forms.Form):
    """What the editor presses: the plan that the page announced, what readers are told, and when."""

    note = forms.CharField(
        label=gettext_lazy("What readers are told"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Public. Needed for a correction: say what was wrong and what is right now."),
    )
    due_on = forms.DateField(label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    due_time = forms.TimeField(label=gettext_lazy("Time, in UTC"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    press = forms.RegexField(r"^(new|update|correction)(-later)? [0-9a-f]{64}$")
    """The button: what it does and the fingerprint of what the page announced for it."""

    def clean(self):
        """A day that was filled in is never passed over: nothing becomes public earlier than somebody meant."""
        cleaned = super().clean()
        if "press" not in cleaned or self.errors:
            return cleaned
        given = [cleaned["due_on"], cleaned["due_time"]]
        if self.is_later and None in given:
            raise ValidationError(_("Give the day and the time at which it is to be published."))
        if not self.is_later and given != [None, None]:
            raise ValidationError(_("You gave a day or a time. Empty both to publish at once, or press the button beside them."))
        return cleaned

    @property
    def is_later(self):
        return "-later " in self.cleaned_data["press"]

    @property
    def due_at(self):
        return datetime.datetime.combine(self.cleaned_data["due_on"], self.cleaned_data["due_time"], datetime.UTC)

    @property
    def asked(self):
        """What publishing takes: kind, note and fingerprint."""
        pressed, fingerprint = self.cleaned_data["press"].split()
        kind = Change.CORRECTION if pressed.startswith("correction") else None
        return {"kind": kind, "note": self.cleaned_data["note"], "fingerprint": fingerprint}


def publish_as_pressed(request, records, form, carry):
    """Publish `records` in one release, at once or at the hour; False with messages on the form where that cannot be."""
    try:
        if form.is_later:
            scheduled = schedule(records, request.user, form.due_at, carry=carry, **form.asked)
            messages.success(request, _("It is published at %(moment)s UTC.") % {"moment": f"{scheduled.due_at:%Y-%m-%d %H:%M}"})
            return True
        release = publish_many(records, request.user, carry=carry, **form.asked)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    tell_published(request, records, release)
    return True


def tell_published(request, records, release):
    if release is None:
        messages.info(request, _("Nothing was published: readers see all of this already."))
    elif len(records) == 1:
        messages.success(request, published_message(records[0]))
    else:
        words = ngettext("Published: %(count)s record in one release.", "Published: %(count)s records in one release.", len(records))
        messages.success(request, words % {"count": len(records)})


def published_message(record):
    """That it is public now, with the way there."""
    record.refresh_from_db()
    edition = record.edition
    if edition is None:
        return _("Published.")
    address = in_this_language(f"/{public_kinds()[record.record_kind].list_name}/{record.public_id}/")
    words = _("Published: %(id)s, edition %(number)s.") % {"id": record.public_id, "number": edition.number}
    return format_html('{} <a href="{}">{}</a>', words, address, _("See it as readers do"))

"""Pages that edit and publish in one step: first a look at what would change, then one press that does exactly that."""

from contextlib import contextmanager

from django import forms
from django.utils.translation import gettext as _

from borderwatch.desk.announcement import announce_together
from borderwatch.publishing.rehearsing import rehearsed
from borderwatch.publishing.two_persons import own_work


class LookForm(forms.Form):
    """Base of what is typed before the look; the fingerprint is of what the page announced for it."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    fingerprint = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    @property
    def looked_at(self):
        """The fingerprint that the page showed; without a look nothing is equal to it."""
        return self.cleaned_data["fingerprint"] or "nothing was announced"

    def refuse_stale(self, record):
        """Whether the record is still the one that the page was opened with; otherwise an error that says so."""
        if self.cleaned_data.get("version") == record.version:
            return False
        words = _("Somebody else changed this record since you opened the page. What stands now is shown above; look at it, then go on.")
        self.add_error(None, words)
        return True


class Look:
    """What an edit by `by` would publish: the announcement, its fingerprint, why `by` may not. None of it stands any more."""

    def __init__(self, edit, kind, site, by):
        with rehearsed(edit, kind) as (records, plan):
            self.announced = announce_together(plan, records, site)
            self.fingerprint = plan.fingerprint
            self.refused = own_work(plan, by)
        for edition in self.announced.chosen:
            if edition.kind == "new":
                edition.url = ""  # What the rehearsal made is gone.


@contextmanager
def put_on(form):
    """Refusals inside become errors of the form."""
    try:
        yield
    except forms.ValidationError as refused:
        form.add_error(None, refused)

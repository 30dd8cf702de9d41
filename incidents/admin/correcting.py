"""Correct this number: from a figure on the readers' pages straight to the page where it is put right."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.looking import Look, LookForm, put_on
from incidents.admin.numbers import shortened
from incidents.desk.correcting import VALUES, Retracted, Revised, Transcribed, amount, values_of
from incidents.models import Figure
from sources.addresses import normalised
from sources.models import Article

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WORDS = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})


class AnswerForm(LookForm):
    """One answer to "why is it wrong?". The note is suggested until the editor writes another."""

    note = forms.CharField(
        label=gettext_lazy("What readers are told"),
        required=False,
        max_length=1000,
        widget=WORDS,
        help_text=gettext_lazy("Public. Left empty, a sentence is suggested when you look."),
    )
    suggested = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def __init__(self, *args, figure, **kwargs):
        self.figure = figure
        initial = {"version": figure.statement.version} | values_of(figure)
        super().__init__(*args, initial=initial, **kwargs)

    @property
    def numbers(self):
        """Fields of the figure itself."""
        return [field for field in self.visible_fields() if field.name in VALUES]

    @property
    def other_fields(self):
        return [field for field in self.visible_fields() if field.name not in (*VALUES, "note")]

    @property
    def correction(self):
        """The Correction that was typed, with its note."""
        correction = self.make()
        note = self.cleaned_data["note"].strip()
        is_mine = note and note != self.cleaned_data["suggested"].strip()
        correction.note = note if is_mine else correction.suggested_note
        return correction


class NumberForm(AnswerForm):
    low = forms.IntegerField(label=gettext_lazy("Low"), required=False, min_value=0, max_value=2_000_000_000)
    best = forms.IntegerField(label=gettext_lazy("Best"), required=False, min_value=0, max_value=2_000_000_000)
    high = forms.IntegerField(
        label=gettext_lazy("High"), required=False, min_value=0, max_value=2_000_000_000, help_text=gettext_lazy("Empty: open ended.")
    )
    wording = forms.CharField(label=gettext_lazy("Wording"), required=False, max_length=200)

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in VALUES}


class TranscribedForm(NumberForm):
    field_order = [*VALUES, "note"]

    def make(self):
        return Transcribed(self.figure, values=self.values)


class RevisedForm(NumberForm):
    article = forms.CharField(
        label=gettext_lazy("Article with the new number"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Its public id (AR-4) or its web address. Empty: the same article."),
    )
    said_on = forms.DateField(label=gettext_lazy("Said on"), widget=DAY)
    quote = forms.CharField(label=gettext_lazy("Quote"), required=False, widget=WORDS, help_text=gettext_lazy("Verbatim."))
    text = forms.CharField(
        label=gettext_lazy("Paraphrase"),
        required=False,
        widget=WORDS,
        help_text=gettext_lazy("In our own words, or leave it to the quote."),
    )
    field_order = [*VALUES, "said_on", "article", "quote", "text", "note"]

    def clean_article(self):
        wanted = self.cleaned_data["article"].strip()
        if not wanted:
            return self.figure.statement.article
        found = Article.objects.filter(public_id=wanted.upper()).first() or Article.objects.filter(url=address_or_none(wanted)).first()
        if found is None:
            raise forms.ValidationError(_("No article has that id or address. Enter it first, then come back."))
        return found

    def make(self):
        words = {name: self.cleaned_data[name] for name in ("article", "said_on", "quote", "text")}
        return Revised(self.figure, values=self.values, words=words)


class RetractedForm(AnswerForm):
    retracted_on = forms.DateField(label=gettext_lazy("Taken back on"), widget=DAY)
    field_order = ["retracted_on", "note"]

    def make(self):
        return Retracted(self.figure, on=self.cleaned_data["retracted_on"])


ANSWERS = {
    "transcribed": (
        TranscribedForm,
        gettext_lazy("We transcribed it wrongly"),
        gettext_lazy("The source says something else than we wrote down. A correction."),
    ),
    "revised": (
        RevisedForm,
        gettext_lazy("The source revised its number"),
        gettext_lazy("It said another number later. A new statement replaces this one; both stay readable. An update."),
    ),
    "retracted": (
        RetractedForm,
        gettext_lazy("The source took it back"),
        gettext_lazy(
            "It withdrew what it said, without another number. The statement is struck through and counts for nothing. An update."
        ),
    ),
}
"""Answer → form, what it is called, what it does."""


def address_or_none(wanted):
    try:
        return normalised(wanted)
    except ValueError:
        return None


class CorrectingPages:
    """Mixed into FigureAdmin."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.correct_view)
        return [path("<slug:public_id>/correct/", view, name="incidents_figure_correct"), *super().get_urls()]

    def correct_view(self, request, public_id):
        """The figure as it stands, three answers, then what would change, then the button."""
        if not request.user.has_perm("incidents.change_statement"):
            raise PermissionDenied
        figure = self.figure_or_404(public_id)
        answer = (request.POST if request.method == "POST" else request.GET).get("answer", "")
        if answer not in ANSWERS:
            return self.correct_page(request, figure, "", None)
        form = ANSWERS[answer][0](request.POST if request.method == "POST" else None, figure=figure)
        is_right = form.is_valid() and not form.refuse_stale(figure.statement)
        if is_right and {"press", "prepare"} & set(request.POST) and self.correct(request, form):
            return HttpResponseRedirect(statement_url(figure.statement))
        return self.correct_page(request, self.figure_or_404(public_id), answer, form, is_right)

    def figure_or_404(self, public_id):
        named = ("statement__article__source", "statement__speaker", "incident")
        figure = Figure.objects.filter(public_id=public_id.upper()).select_related(*named).first()
        if figure is None:
            raise Http404
        return figure

    def correct(self, request, form):
        """Publish it or prepare it; False with errors on the form where that cannot be."""
        with put_on(form):
            if "press" in request.POST:
                self.publish_correction(request, form)
            else:
                form.correction.prepare(request.user)
                messages.success(
                    request, _("Saved on the desk with your note. An editor finds it in the review of the incident and publishes it.")
                )
            return True
        return False

    def publish_correction(self, request, form):
        if not may_publish(request):
            raise PermissionDenied
        form.correction.publish(request.user, fingerprint=form.looked_at)
        messages.success(request, _("Published. Readers see the number from now on, with your note."))

    def correct_page(self, request, figure, answer, form, is_right=False):
        """`is_right`: what was typed can be looked at."""
        look = correction = None
        if is_right:
            with put_on(form):
                correction = form.correction
                look = Look(lambda: correction.edit(request.user), correction.kind, self.admin_site, request.user)
        statement = figure.statement
        context = self.admin_site.each_context(request) | {
            "title": _("Correct this number"),
            "opts": self.opts,
            "figure": figure,
            "amount": amount(values_of(figure), figure),
            "statement": statement,
            "statement_url": statement_url(statement),
            "statement_words": shortened(str(statement)),
            "is_edited": statement.edition is not None and statement.has_unpublished_changes,
            "answers": [(name, words, about) for name, (_form, words, about) in ANSWERS.items()],
            "answer": answer,
            "form": form,
            "note": correction.note if correction else (form["note"].value() or "" if form else ""),
            "announced": look and look.announced,
            "fingerprint": look.fingerprint if look else "",
            "missing": look.refused if look else [],
            "may_publish": may_publish(request) and not (look and look.refused),
        }
        return TemplateResponse(request, "admin/correct.html", context)


def may_publish(request):
    return request.user.has_perm("incidents.publish_statement")


def statement_url(statement):
    return reverse("admin:incidents_statement_change", args=[statement.pk])

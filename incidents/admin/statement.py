"""Statements, with the incidents they are about, their figures, labels and answers to when and where."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borderwatch.desk.base import DeskAdmin, StackedRows, TableRows
from borderwatch.desk.filters import IsPublic
from borderwatch.desk.forms import is_key
from borderwatch.desk.records import DESK_FIELDS, RecordAdmin
from borderwatch.desk.retracting import RetractingPages
from incidents.admin.bulk import MarkReady
from incidents.admin.changed_parents import ChangedParentsPage
from incidents.admin.correcting import CorrectingPages
from incidents.admin.queues import StatementQueues
from incidents.admin.workbench import WorkbenchPages
from incidents.models import Assertion, Figure, Incident, Label, Statement, StatementIncident
from sources.models import Article


class LinkRows(TableRows):
    model = StatementIncident
    autocomplete_fields = ("incident",)
    fields = ("incident", "certainty")
    extra_when_new = 1


class RowsAboutIncidents(BaseInlineFormSet):
    """Rows that may name an incident: it must be one that the statement is about."""

    def clean(self):
        super().clean()
        linked = linked_incidents(self.data)
        for form in self.forms:
            incident = getattr(form, "cleaned_data", {}).get("incident")
            if incident and not form.cleaned_data.get("DELETE") and str(incident.pk) not in linked:
                form.add_error(
                    "incident", ValidationError(_("The statement is not about this incident: add it above, or leave this empty."))
                )


def linked_incidents(posted):
    """Keys of the incidents that the posted form links the statement to."""
    total = posted.get("statement_incidents-TOTAL_FORMS", "0")
    rows = [f"statement_incidents-{index}" for index in range(int(total) if is_key(total) else 0)]
    return {posted.get(f"{row}-incident", "") for row in rows if not posted.get(f"{row}-DELETE")}


class FigureRows(StackedRows):
    model = Figure
    formset = RowsAboutIncidents
    extra_when_new = 1
    autocomplete_fields = ("incident", "party", "derived_from")
    help_texts = {"low": "", "best": "", "high": "", "nationality": gettext_lazy("Of the people counted: TJ, AF, CN.")}
    fieldsets = (
        (
            None,
            {
                "fields": [("measure", "group", "nationality"), ("low", "best", "high", "wording"), "incident"],
                "description": gettext_lazy(
                    "Best empty: the low number. High empty: open ended, “more than five” is low 6. "
                    "“Several”: no numbers, only the wording. Empty is never 0."
                ),
            },
        ),
        (
            gettext_lazy("More about this figure: whose count, derived from, preferred or excluded"),
            {"classes": ["collapse"], "fields": ["party", "adds", ("calculation", "derived_from"), ("verdict", "verdict_reason")]},
        ),
    )

    def get_readonly_fields(self, request, obj=None):
        return () if request.user.has_perm("incidents.judge_figure") else ("verdict", "verdict_reason")


class LabelRows(TableRows):
    model = Label
    autocomplete_fields = ("actor",)
    fields = ("words", "actor", "described", "language")


class AssertionRows(StackedRows):
    model = Assertion
    formset = RowsAboutIncidents
    autocomplete_fields = ("incident", "place")
    fields = (("about", "role", "wording"), ("starts_on", "ends_on", "place"), "incident")


@admin.register(Statement)
class StatementAdmin(StatementQueues, WorkbenchPages, RetractingPages, RecordAdmin):
    search_fields = ("quote", "text", "public_id", "speaker__name", "speaker_as", "article__headline", "original_text")
    search_help_text = gettext_lazy("Words of the quote or paraphrase, the speaker, the article or the public id.")
    list_display = ("words", "speaker", "act", "said_on", "article", "incident_count", "is_ready", "visibility", "public_id")
    list_filter = ("is_ready", IsPublic, "act", "visibility", "attribution")
    linked_lookups = ("article__id__exact", "incidents__id__exact", "speaker__id__exact")
    list_select_related = ("speaker", "article")
    autocomplete_fields = (
        "article",
        "speaker",
        "on_behalf_of",
        "released_through",
        "based_on",
        "in_reply_to",
        "supersedes",
        "attributed_to",
        "about_place",
        "covers_place",
        "outcome_statement",
    )
    prefilled_fields = ("article", "speaker")
    help_texts = {
        "act": gettext_lazy("What the speaker does with the words. A reaction is no confirmation: “confirms” is for who knows it."),
        "said_on": gettext_lazy("As the article has it: “Thursday”, “24 Dec”, “December 2025” are read from its day."),
        "attribution": gettext_lazy("How the article names who said it. “The outlet’s own reporting”: its people saw or counted."),
        "on_behalf_of": gettext_lazy("The body whose voice it was on that day: a spokesman speaks for his ministry."),
        "released_through": gettext_lazy("The channel the words came out by, where that is not the article’s own outlet."),
        "based_on": gettext_lazy("Whose figures these are: “according to the ministry”. They count for the ministry alone."),
        "supersedes": gettext_lazy("An earlier statement of the same speaker that this one replaces; its figures count no more."),
        "credibility": gettext_lazy(
            "How far this one piece of information is borne out, whoever said it. “Confirmed by other sources” needs another origin: "
            "five outlets that relay one communiqué are one. Empty: nobody has judged it."
        ),
    }
    inlines = (LinkRows, FigureRows, LabelRows, AssertionRows)
    bulk_actions = (*RecordAdmin.bulk_actions, MarkReady())
    fieldsets = (
        (None, {"fields": ["article", "quote", "text", ("act", "denies"), ("said_on", "said_precision")]}),
        (
            gettext_lazy("Who said it"),
            {
                "fields": [("speaker", "speaker_title"), ("attribution", "speaker_as"), "on_behalf_of", "released_through", "based_on"],
                "description": gettext_lazy(
                    "The origin of the words follows from these: first “based on”, then “on behalf of” or the speaker."
                ),
            },
        ),
        (gettext_lazy("Ready"), {"fields": [("is_ready", "visibility"), "credibility"]}),
        (gettext_lazy("Who is held responsible"), {"classes": ["collapse"], "fields": ["attributed_to", "attributed_to_as"]}),
        (
            gettext_lazy("What it answers or replaces"),
            {"classes": ["collapse"], "fields": ["in_reply_to", "supersedes", "retracted_on", "about_place"]},
        ),
        (
            gettext_lazy("Outcome of a pledge or demand"),
            {"classes": ["collapse"], "fields": ["outcome", "outcome_reason", "outcome_statement"]},
        ),
        (
            gettext_lazy("A tally of several incidents"),
            {
                "classes": ["collapse"],
                "fields": [("covers_start", "covers_end"), "covers_place", ("incidents_low", "incidents_high"), "covers_note"],
                "description": gettext_lazy("A tally is linked to no incident: its figures are only compared with our own."),
            },
        ),
        (
            gettext_lazy("Languages and where it stands in the captured text"),
            {
                "classes": ["collapse"],
                "fields": ["language", "original_text", ("original_language", "translated_by"), ("span_start", "span_end"), "translations"],
            },
        ),
        DESK_FIELDS,
    )

    def get_queryset(self, request):
        queryset = super().get_queryset(request).select_related("speaker", "article")
        return queryset.annotate(incidents_linked=Count("statement_incidents"))

    @admin.display(description=gettext_lazy("statement"))
    def words(self, statement):
        text = f"“{statement.quote}”" if statement.quote else statement.text
        return f"{text[:100]}…" if len(text) > 100 else text or "–"

    @admin.display(description=gettext_lazy("incidents"), ordering="incidents_linked")
    def incident_count(self, statement):
        return statement.incidents_linked

    def get_changeform_initial_data(self, request):
        """A new statement is not ready before its editor says so."""
        return {"is_ready": False} | super().get_changeform_initial_data(request)

    def day_of(self, request, name):
        """The day of the article: "on Thursday" is said of the Thursday before it."""
        key = request.POST.get("article") or request.GET.get("article") or getattr(self.record_in(request), "article_id", "")
        return Article.objects.filter(pk=key).values_list("published_on", flat=True).first() if is_key(key) else None

    def choice_label(self, statement):
        return " · ".join(filter(None, [statement.public_id, str(statement), statement.said_on and f"{statement.said_on:%Y-%m-%d}"]))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if obj.visibility == Statement.Visibility.INTERNAL and obj.edition is not None:
            messages.warning(request, _("Readers still see this statement: it is public until you withdraw it."))

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """An incident named in the address is linked by the first row."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        wanted = request.GET.get("incident", "")
        if request.method == "GET" and isinstance(inline, LinkRows) and is_key(wanted) and Incident.objects.filter(pk=wanted).exists():
            kwargs["initial"] = [{"incident": wanted}]
        return kwargs


@admin.register(Figure)
class FigureAdmin(CorrectingPages, ChangedParentsPage, DeskAdmin):
    """To be chosen as what another figure is derived from; figures are edited in their statements."""

    search_fields = ("public_id", "wording", "statement__quote", "statement__text", "statement__speaker__name", "incident__title")
    list_display = ("__str__", "public_id", "statement", "incident", "verdict")
    list_select_related = ("statement__speaker", "incident")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.list_select_related)

    def choice_label(self, figure):
        return " · ".join(filter(None, [figure.public_id, str(figure), str(figure.statement)]))

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

"""The article workbench: the captured text on one side, what is said in it on the other. Mark words, press a key, fill in six fields.

The page works as plain forms; workbench.js adds keys and swaps parts of the page in place of loading it anew.
"""

from types import SimpleNamespace

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borderwatch.desk.base import refusal_of
from borderwatch.desk.forms import is_key
from borderwatch.desk.links import WORK_PAGES, adds_links
from borderwatch.desk.stale import find_conflict
from borderwatch.records import StaleRecord
from incidents.admin.workbench_asking import ask_view
from incidents.admin.workbench_cards import Cards
from incidents.admin.workbench_form import FOLDED, ROWS, StatementForm
from incidents.admin.workbench_rows import save_rows
from incidents.desk import quick_numbers, quoting
from incidents.models import Statement
from sources.models import Article

NAME = "admin:incidents_statement_workbench"
SCRIPTS = [f"borderwatch/workbench{part}.js" for part in ("_text", "_fields", "")]
"""In the order in which they need each other."""


class WorkbenchPages:
    """Mixed into StatementAdmin."""

    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("workbench/<int:article_id>/", view(self.workbench_view), name="incidents_statement_workbench"),
            path("workbench/<int:article_id>/ask/", view(ask_view), name="incidents_statement_workbench_ask"),
        ]
        return own + super().get_urls()

    def article_or_404(self, request, article_id):
        if not (self.has_view_permission(request) and self.articles_admin.has_view_permission(request)):
            raise PermissionDenied
        return get_object_or_404(Article.objects.select_related("source"), pk=article_id)

    @property
    def articles_admin(self):
        return self.admin_site.get_model_admin(Article)

    # The page

    def workbench_view(self, request, article_id):
        article = self.article_or_404(request, article_id)
        if request.method != "POST":
            return self.workbench_page(request, article, *self.opened_form(request, article))
        act = {"capture": self.capture, "move": self.move_quotes}.get(request.POST.get("press"), self.save_statement)
        return act(request, article)

    def workbench_page(self, request, article, form=None, conflict=None):
        cards = Cards(article, form.instance.pk if form else None)
        may_capture = self.articles_admin.has_change_permission(request, article)
        context = self.admin_site.each_context(request) | {
            "title": article.headline,
            "opts": self.opts,
            "article": article,
            "cards": cards,
            "form": form,
            "folded": form and [form[name] for name in FOLDED],
            "conflict": conflict,
            "may_add": self.has_add_permission(request),
            "may_change": self.has_change_permission(request),
            "may_capture": may_capture,
            "is_capturing": may_capture and (not article.text or "capture" in request.GET),
            "scripts": SCRIPTS,
            "words": request.GET.get("quote", "")[:2000],
        }
        return TemplateResponse(request, "admin/workbench/page.html", context)

    def form_class(self, request, article):
        return type("StatementForm", (StatementForm,), {"user": request.user, "article": article})

    def asked_statement(self, request, article):
        """The statement that the address names; a new one where it names none."""
        key = request.GET.get("statement", "")
        if not key:
            return Statement(article=article, language=article.language or "en")
        if not is_key(key):
            raise Http404
        return get_object_or_404(article.statements, pk=key)

    def may_save(self, request, statement):
        return self.has_change_permission(request, statement) if statement.pk else self.has_add_permission(request)

    def opened_form(self, request, article):
        """The form that the address asks for, or nothing."""
        statement = self.asked_statement(request, article)
        is_asked = statement.pk or "new" in request.GET or "quote" in request.GET
        if not (is_asked and self.may_save(request, statement)):
            return ()
        form_class = self.form_class(request, article)
        if statement.pk:
            return (form_class(instance=statement),)
        form = form_class(instance=statement, initial=taken_over(article))
        form.mark(request.GET)
        return (form,)

    # What it saves

    def save_statement(self, request, article):
        statement = self.asked_statement(request, article)
        if not self.may_save(request, statement):
            raise PermissionDenied
        try:
            return self.save_unless_changed(request, article, statement)
        except StaleRecord:
            # Both passed the check at the same moment; now the other's save is there to be shown.
            return self.save_unless_changed(request, article, self.asked_statement(request, article))

    def save_unless_changed(self, request, article, statement):
        form_class = self.form_class(request, article)
        conflict = find_workbench_conflict(form_class, request, statement) if statement.pk else None
        form = form_class(conflict.post if conflict else request.POST, instance=statement)
        conflict = None if conflict is None or conflict.is_empty else conflict
        if conflict is None and form.is_valid():
            try:
                self.write_statement(request, form)
            except (ValidationError, IntegrityError, ProtectedError) as refused:
                if isinstance(refused, StaleRecord):
                    raise
                form.add_error(None, refusal_of(refused))
            else:
                return HttpResponseRedirect(f"{workbench_url(article)}?saved={form.instance.pk}#statement-{form.instance.pk}")
        return self.workbench_page(request, article, form, conflict)

    @transaction.atomic
    def write_statement(self, request, form):
        """The statement with what was made in place and its rows: all or nothing."""
        statement, is_new = form.instance, form.instance.pk is None
        reason = form.cleaned_data.get("change_reason", "")
        for record in filter(None, (form.new_actor, form.new_incident)):
            record.save()
            self.log_addition(request, record, [{"added": {}}])
        if form.new_actor:
            statement.speaker = form.new_actor
        if request.POST.get("press") == "ready":
            statement.is_ready = True
        self.save_model(request, statement, form, not is_new)
        save_rows(form, statement, reason)
        (self.log_addition if is_new else self.log_change)(request, statement, [{"added" if is_new else "changed": {}}])
        told = [quick_numbers.told(fields) for fields in form.fields["numbers"].rows]
        read = _("Saved. Read as: %(figures)s.") % {"figures": "; ".join(told)} if told else _("Saved.")
        messages.success(request, read)

    def move_quotes(self, request, article):
        """Mark the quotes again that the present text has once, at another place."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        wanted = request.POST.getlist("statement")
        moved = 0
        for card in Cards(article).movable:
            if str(card.statement.pk) in wanted and card.statement.find_quote():
                card.statement._change_reason = _("Marked again in the present text")
                card.statement.save()
                moved += 1
        messages.success(request, ngettext("%(count)s quote marked again.", "%(count)s quotes marked again.", moved) % {"count": moved})
        return HttpResponseRedirect(workbench_url(article))

    def capture(self, request, article):
        """Keep the pasted text as the captured one; the earlier text stays as a capture."""
        if not self.articles_admin.has_change_permission(request, article):
            raise PermissionDenied
        opened = request.POST.get("version", "")
        text = quoting.with_line_feeds(request.POST.get("text", "").replace("\0", "")).strip("\n")
        if not text.strip():
            messages.error(request, _("Paste the text of the article first."))
            return HttpResponseRedirect(workbench_url(article))
        article.text = text
        article.version = int(opened) if is_key(opened) and len(opened) < 10 else 0
        article._change_reason = _("Text captured")
        try:
            article.save()
        except StaleRecord as refused:
            messages.error(request, refusal_of(refused))
        else:
            self.articles_admin.log_change(request, article, [{"changed": {"fields": ["text"]}}])
        return HttpResponseRedirect(workbench_url(article))


def workbench_url(article):
    return reverse(NAME, args=[article.pk])


WORK_PAGES[Article] = workbench_url


@adds_links(Article)
def workbench_link(request, article):
    """The way from an article to its workbench."""
    return [(_("Workbench"), workbench_url(article))] if request.user.has_perm("incidents.view_statement") else []


def taken_over(article):
    """What a new statement has from the one entered before: speaker, day, incident. The first has the day of the article."""
    before = article.statements.order_by("-pk").first()
    if before is None:
        return {"is_ready": False, "said_on": article.published_on, "said_precision": article.published_precision}
    link = before.statement_incidents.first()
    taken = {"speaker": before.speaker_id, "said_on": before.said_on, "said_precision": before.said_precision}
    return taken | {"is_ready": False, "incident": link.incident_id if link else None}


def find_workbench_conflict(form_class, request, statement):
    """The Conflict between the posted form and what was saved since it was opened, short entries included, or None."""
    desk = SimpleNamespace(get_form=lambda *args, **kwargs: form_class, get_formsets_with_inlines=lambda *args: ())
    conflict = find_conflict(desk, request, statement)
    if conflict is None:
        return None
    conflict.post["version"] = str(statement.version)
    form = form_class(instance=statement)
    for name in ROWS:
        now = str(form.fields[name].prepare_value(form.initial.get(name)) or "")
        opened, posted = (request.POST.get(key, "").strip() for key in (f"opened_{name}", name))
        if now == opened:
            continue
        conflict.post[f"opened_{name}"] = now
        if posted == opened:
            conflict.post[name] = now
        is_yours = posted not in (opened, now)
        conflict.fields.append({"label": form[name].label, "theirs": now, "is_yours": is_yours, "yours": posted if is_yours else ""})
    return conflict

"""The desk in tests: people with roles, and forms filled in as a browser would send them."""

from contextlib import contextmanager
from unittest import mock

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from borderwatch.desk.overlay import texts
from tests.factories import make_user


def make_colleague(role, username=None):
    """A member of the staff in one of the roles contributor, editor, admin."""
    user = make_user(username or f"some-{role}", is_staff=True, is_superuser=role == "admin")
    if role != "admin":
        user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(role, username=None):
    """A browser in which somebody with this role has signed in."""
    client = Client()
    client.force_login(make_colleague(role, username))
    return client


@contextmanager
def unwritten_pages():
    """Views answer with their status and no page: for tests that ask about doors, many times over."""
    with mock.patch("django.template.backends.django.Template.render", lambda self, context=None, request=None: ""):
        yield


def desk_url(record, page="change"):
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[record.pk])


def list_url(model, page="changelist"):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def opened(client, url):
    """What a browser would send if the form at `url` were saved untouched: field → value or list of values."""
    response = client.get(url)
    assert response.status_code == 200, response
    sent = form_values(response.context["adminform"].form)
    if original := response.context.get("original"):
        sent["version"] = str(getattr(original, "version", ""))
    for inline in response.context["inline_admin_formsets"]:
        for form in (inline.formset.management_form, *inline.formset.forms):
            sent |= form_values(form)
    return sent


def form_values(form):
    found = {}
    for bound in form:
        values = texts(bound.field, bound.initial)
        if values:
            found[bound.html_name] = values if len(values) > 1 else values[0]
            if bound.field.show_hidden_initial:
                found[bound.html_initial_name] = found[bound.html_name]
    return found


def save(client, url, sent=None, **changed):
    """Open the form, change some fields, save it; `sent`: a form opened earlier."""
    return client.post(url, (sent or opened(client, url)) | {name.replace("__", "-"): value for name, value in changed.items()})


def errors(response):
    """Everything the form complains about, as one text."""
    context = response.context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    told = [
        context["adminform"].form.errors,
        *(formset.errors for formset in formsets),
        *(formset.non_form_errors() for formset in formsets),
    ]
    return " ".join(str(one) for one in told if one)


def messages_of(response):
    return " ".join(str(message) for message in response.context["messages"])

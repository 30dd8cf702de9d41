"""Who may do what with an incident in which state: on the desk, in the shell, through the API, by an import. The whole matrix is a file.

BORDERWATCH_WRITE_MATRIX=1 writes it anew. The quick form tries what the states on the usual road from draft to withdrawn answer.
"""

import copy
import os
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from incidents.models import ImportBatch, Incident
from tests.borderwatch.verbs import SHELL, Desk, send, standing
from tests.desk import desk_url, make_colleague, opened, unwritten_pages
from tests.factories import make_incident, make_user, publish_incident
from tests.incidents.import_files import make_ged, write_csv

MATRIX = Path(__file__).with_name("verbs_matrix.txt")
ROLES = ("stranger", "contributor", "editor", "admin")
REVIEW = ("draft", "in_review", "approved")
PUBLIC = ("never public", "public", "withdrawn")
STATES = [(review, public) for public in PUBLIC for review in REVIEW]
USUAL = [
    ("draft", "never public"),
    ("approved", "never public"),
    ("in_review", "public"),
    ("approved", "public"),
    ("approved", "withdrawn"),
]
pytestmark = pytest.mark.django_db


def make(review, public):
    """An incident in this state, with an edit that readers have not seen."""
    incident = make_incident() if public == "never public" else publish_incident()
    if public == "withdrawn":
        incident.withdraw(by=make_user(), reason="Wrong.")
    Incident.objects.filter(pk=incident.pk).update(review_state=review, summary="Edited since.")
    incident.refresh_from_db()
    return incident


def tried(attempt, verb, key, *args):
    """What comes of an attempt, in a word; what it changed is taken back."""
    with transaction.atomic():
        before = standing(verb, key)
        refusal = attempt(verb, key, *args)
        done = standing(verb, key) != before
        transaction.set_rollback(True)
    return "done" if done else refusal or "refused"


def on_the_desk(verb, key, client, page, posted):
    cookies = copy.deepcopy(client.cookies)
    with unwritten_pages():
        answer = send(client, Incident(pk=key), page, posted)
    client.cookies = cookies
    if answer.status_code == 302 and "/login/" in answer.url:
        return "sign in"
    return {403: "forbidden", 404: "not found"}.get(answer.status_code)


def in_the_shell(verb, key, by, other):
    try:
        SHELL[verb](Incident.objects.get(pk=key), by, other)
    except PermissionDenied:
        return "forbidden"
    except ValidationError:
        return "refused"
    return None


@pytest.fixture
def people():
    """Role → (browser, account)."""
    found = {}
    for role in ROLES:
        account = AnonymousUser() if role == "stranger" else make_colleague(role)
        found[role] = Client(), account
        if role != "stranger":
            found[role][0].force_login(account)
    return found


def line(words, answers, width=36):
    return words.ljust(width) + " ".join(answer.ljust(11) for answer in answers).rstrip()


def incident_lines(people, states):
    """Verb by verb and state by state: each role on the desk, then each role in the shell."""
    other, admin = publish_incident(), people["admin"][0]
    desks = {state: Desk(make(*state), None, other) for state in states}
    found = {}
    for state, desk in desks.items():
        desk.form, key = opened(admin, desk_url(desk.incident)), desk.incident.pk
        for verb, (page, posted) in desk.requests().items():
            answers = [tried(on_the_desk, verb, key, client, page, posted) for client, _account in people.values()]
            answers += [tried(in_the_shell, verb, key, account, other) for _client, account in people.values()]
            found.setdefault(verb, []).append(line(", ".join(state), answers))
    for verb, lines in found.items():
        yield from (f"\n{verb}", *lines)


def api_lines(people):
    """Every method that could write, at every address of an incident."""
    incident, signed_in = make("approved", "public"), people["admin"][0]
    for address in ("/api/v1/incidents/", f"/api/v1/incidents/{incident.public_id}/", "/api/v1/statements/", "/api/v1/changes/"):
        statuses = [
            str(getattr(one, method)(address, {}, content_type="application/json").status_code)
            for one in (Client(), signed_in)
            for method in ("post", "put", "patch", "delete")
        ]
        yield line(address.replace(incident.public_id, "BW-…"), statuses)


def import_lines(people, file):
    """The page, a file handed in, its undoing; the command, in the name of each role."""
    batch = ImportBatch.objects.create(layout="ucdp-ged", file_name="events.csv", sha256="0")
    page = "/admin/incidents/importbatch/add/"

    def answers(ask):
        return [{200: "shown", 302: "sign in", 403: "forbidden"}[ask(one).status_code] for one, _account in people.values()]

    yield line("page", answers(lambda one: one.get(page)))
    yield line("check a file", answers(lambda one: one.post(page, {"layout": "ucdp-ged", "file": uploaded(file)})))
    yield line("undo", answers(lambda one: one.get(f"/admin/incidents/importbatch/{batch.pk}/undo/")))
    for words, options in (("command", {}), ("command --publish", {"publish": True})):
        yield line(words, [commanded(file, account, options) for _one, account in people.values()])


def uploaded(file):
    return SimpleUploadedFile(file.name, file.read_bytes())


def commanded(file, account, options):
    try:
        with transaction.atomic():
            call_command("import_events", "ucdp-ged", str(file), by=account.username or "nobody", **options)
            transaction.set_rollback(True)
    except CommandError:
        return "refused"
    return "done"


def test_every_verb_answers_every_role_in_every_state_as_the_matrix_says(people, tmp_path, settings, is_long):
    settings.DATA_DIR = tmp_path
    is_written = bool(os.environ.get("BORDERWATCH_WRITE_MATRIX"))
    states = STATES if is_long or is_written else USUAL
    file = write_csv(tmp_path / "events.csv", [make_ged(1)])
    roles = line("", ROLES)
    lines = [
        "An incident: each verb on the desk, then by the model in a shell, where `by` is somebody of that role.",
        "done; refused: it does not fit the state; forbidden: not for that role. In a shell, publish, withdraw, merge and delete ask",
        "what the record needs and not who asks: their permissions stand at the doors, which are the desk and the import command.",
        "",
        line("", ("desk", "", "", "", "shell")),
        f"{roles.ljust(36 + 12 * 4)}{roles.strip()}",
        *incident_lines(people, states),
        "\nThe API: POST PUT PATCH DELETE of a stranger, then of somebody signed in as admin\n",
        *api_lines(people),
        f"\nImport of events\n\n{roles}",
        *import_lines(people, file),
        "",
    ]
    found = "\n".join(text.rstrip() for text in lines)
    if is_written:
        MATRIX.write_text(found)
    untried = tuple(f"{', '.join(state)} " for state in STATES if state not in states)
    assert found == "\n".join(text for text in MATRIX.read_text().split("\n") if not text.startswith(untried))

"""Four editors who open the same record, then all save it: run as `python -m tests.stress.editors model|form ROUNDS` on a site.

Prints {"saved", "told", "lost", "errors"} as JSON. Told: refused with the reason. Lost: said to be saved and overwritten unseen.
"""

import json
import os
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import django

EDITORS = 4


def at_the_model(source):
    """Opens the record; returns what an editor then does: save a word, and say how it went."""
    from borderwatch.records import StaleRecord

    copy = type(source).objects.get(pk=source.pk)

    def save(word):
        copy.ownership = word
        try:
            copy.save()
        except StaleRecord:
            return "told"
        return "saved"

    return save


def in_the_form(source):
    from django.forms import FileField
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(editor(), backend="django.contrib.auth.backends.ModelBackend")
    address = f"/admin/sources/source/{source.pk}/change/"
    page = client.get(address).context
    form = page["adminform"].form
    names = [name for name, field in form.fields.items() if not isinstance(field, FileField)]
    values = {name: "" if form[name].value() is None else form[name].value() for name in names}
    values["version"] = page["original"].version

    def save(word):
        answer = client.post(address, values | {"ownership": word})
        if answer.status_code == 302:
            return "saved"
        is_told = answer.status_code == 200 and (answer.context.get("conflict") or "changed by somebody else" in answer.content.decode())
        return "told" if is_told else f"status {answer.status_code}"

    return save


def editor():
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get_or_create(username="stress", defaults={"is_staff": True, "is_superuser": True})[0]


def one_round(source, number, open_record, pool, start):
    """The outcomes of one round; every editor has opened the record before any of them saves."""
    saves = [open_record(source) for _editor in range(EDITORS)]

    def work(which):
        start.wait()
        word = f"editor {which}, round {number}"
        try:
            return saves[which](word), word
        except Exception as error:
            return f"error {type(error).__name__}", word

    outcomes = list(pool.map(work, range(EDITORS)))
    source.refresh_from_db()
    saved = [word for outcome, word in outcomes if outcome == "saved"]
    return [outcome for outcome, _word in outcomes] + ["lost" for word in saved if word != source.ownership]


def main(where, rounds):
    from sources.models import Source

    source = Source.objects.create(name="Contested", slug="contested", kind="ngo")
    editor()
    counts, start = Counter(), threading.Barrier(EDITORS)
    with ThreadPoolExecutor(EDITORS) as pool:
        for number in range(rounds):
            counts.update(one_round(source, number, {"model": at_the_model, "form": in_the_form}[where], pool, start))
    known = {name: counts.pop(name, 0) for name in ("saved", "told", "lost")}
    print(json.dumps({**known, "errors": sum(counts.values())}), file=sys.stdout)  # noqa: T201
    if counts:
        print(counts, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borderwatch.settings")
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    main(sys.argv[1], int(sys.argv[2]))

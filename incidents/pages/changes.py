"""What changed in the public record between two moments: what is new, corrected, counted otherwise, withdrawn or merged.

Public code: it reads the public tables. A record that came and went in between is told too: readers may have seen it.
"""

from collections import defaultdict

from django.urls import reverse

from borderwatch.public.addresses import in_this_language
from borderwatch.published import public_kinds
from incidents.rule.eligibility import MEASURES

MOST = 200
"""Records told at most; the last changed ones."""
ORDER = ("incident", "statement", "article", "actor", "source")


def changes(then, until, uids=None, public_id=""):
    """[(kind of record, [change])] between two aware datetimes, and whether there are more than are told.

    `uids`: of the incidents that are told, no other records then; None for all records. `public_id`: the only record that is told.
    """
    found = {}
    for record in ORDER if uids is None else ("incident",):
        rows = between(public_kinds()[record], then, until, public_id)
        found[record] = rows.filter(uid__in=uids) if uids is not None else rows
    latest = [(last, record, uid) for record, rows in found.items() for uid, last in last_changed(rows)]
    told = sorted(latest, reverse=True)[:MOST]
    groups = [(record, of_kind(found[record], [uid for _last, kind, uid in told if kind == record], then)) for record in found]
    return [(record, lines) for record, lines in groups if lines], len(latest) > MOST


def between(model, then, until, public_id):
    rows = model.objects.filter(valid_from__gt=then, valid_from__lte=until)
    return rows.filter(public_id=public_id) if public_id else rows


def last_changed(rows):
    """[(uid, (moment, sequence) of its last edition there)] of the records with these rows, the last changed first, one more than told.

    Out of the newest editions, and more of them only where these are of few records: a record of any size answers as fast.
    """
    rows = rows.order_by("-valid_from", "-pk").values_list("uid", "valid_from", "pk")
    for most in (5 * MOST, 100 * MOST, None):
        newest, found = list(rows[:most]), {}
        for uid, *when in newest:
            found.setdefault(uid, tuple(when))
        if len(found) > MOST or len(newest) != most:
            break
    return list(found.items())[: MOST + 1]


def of_kind(rows, uids, then):
    """One line for each record, the last changed first."""
    editions = defaultdict(list)
    for row in rows.with_text().filter(uid__in=uids).order_by("pk"):
        editions[row.uid].append(row)
    before = {row.uid: row for row in rows.model.objects.standing(then).with_text().filter(uid__in=uids)}
    return [change(before.get(uid), editions[uid]) for uid in uids]


def change(before, rows):
    """What is said of one record: what it was before (a row or None) and the rows of its editions since."""
    last = rows[-1]
    was_there, is_there = (row is not None and not row.is_tombstone and not row.is_sealed for row in (before, last))
    return {
        "record": last.record,
        "id": last.public_id,
        "title": "" if last.is_sealed else last.title,
        "language": last.content.get("language", ""),
        "url": in_this_language(f"/{last.list_name}/{last.public_id}/"),
        "is_there": is_there,
        "kinds": list(dict.fromkeys(row.change for row in rows)),
        "valid_from": last.valid_from,
        "notes": list(dict.fromkeys(note for row in rows if (note := row.edition.release.note))),
        "numbers": numbers(before, last) if was_there and is_there else [],
        "evidence": evidence(before, last) if was_there and is_there else None,
        "editions_url": reverse(f"{last.record}-editions", args=[last.public_id]),
        "compare_url": compared(before, last) if was_there and is_there else "",
    }


def compared(before, last):
    return reverse(f"{last.record}-compare", args=[last.public_id]) + f"?from={before.number}&to={last.number}"


def numbers(before, last):
    """[{"measure", "before", "after"}] of an incident's results that differ."""
    tolls = [row.content.get("result", {}).get("toll", {}) for row in (before, last)]
    pairs = [(measure, *(shown(toll.get(measure)) for toll in tolls)) for measure in MEASURES]
    return [{"measure": measure, "before": old, "after": new} for measure, old, new in pairs if old != new]


def shown(result):
    """Of a result what a reader sees of it."""
    return result and {name: result.get(name) for name in ("low", "best", "high", "open_ended")}


def evidence(before, last):
    """{"before", "after"} of an incident's evidence; None where it is the same, or the record has none."""
    old, new = (row.content.get("result", {}).get("evidence", {}).get("status") for row in (before, last))
    return {"before": old, "after": new} if old != new else None

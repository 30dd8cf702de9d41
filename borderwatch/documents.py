"""What every public document has in common. A document is the dict that templates and the API get alike."""

import datetime


def moment_text(moment):
    """An aware datetime as ISO text in UTC with Z; None stays None."""
    if moment is None:
        return None
    text = moment.astimezone(datetime.UTC).isoformat(timespec="milliseconds" if moment.microsecond else "seconds")
    return text.replace("+00:00", "Z")


def common(public):
    """Translations, edition and first publication, as every document ends."""
    return {
        "translations": public.content.get("translations") or {},
        "edition": {
            "number": public.number,
            "kind": str(public.kind),
            "note": public.note,
            "valid_from": moment_text(public.valid_from),
            "recorded_at": moment_text(public.recorded_at),
            "digest": f"sha256:{public.digest}",
            "chain": f"sha256:{public.chain}",
        },
        "first_published_at": moment_text(public.first_published_at),
    }


def reference(public):
    """{"id", "name"} of a public record, or None."""
    return public and {"id": public.public_id, "name": public.content["name"]}


def referenced(record, uid, state):
    """The reference to the record with this uid, or None where it is not public."""
    return reference(state.get(record, uid))


def public_id_of(record, uid, state):
    """The public id of the record with this uid, or None where it is not public."""
    known = state.get(record, uid)
    return known and known.public_id

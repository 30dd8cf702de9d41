"""What every public document has in common. A document is the dict that templates and the API get alike."""

import datetime

from borderwatch.picture_names import dimensions, sizes_of


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


def image_in_document(image, shown=None):
    """A record's own image with its size in pixels and the sizes stored beside it.

    `shown`: ISO day from which a picture can show what the record is about; one taken before it is a file photo.
    """
    if image is None:
        return None
    width, height = dimensions(image["file"]) or (None, None)
    sizes = [{"file": size.file, "width": size.width, "type": size.type} for size in sizes_of(image["file"])]
    is_file_photo = bool(shown and image.get("taken_on") and image["taken_on"] < shown)
    return image | {"is_file_photo": is_file_photo, "width": width, "height": height, "sizes": sizes}


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

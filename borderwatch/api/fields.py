"""`fields`: which parts of a document are asked for, such as id,title,toll.killed.best."""

from borderwatch.api.problems import Problem


def check_fields(asked, shape):
    """Clean the parameter to a list of paths; 400 names what may be asked for. `shape`: the serializer that describes the document."""
    text = asked.cleaned.get("fields")
    if not text:
        return
    known = shape._declared_fields
    paths = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [path for path in paths if path.split(".")[0] not in known or not all(path.split("."))]
    if unknown or not paths:
        message = f"Not a field: {', '.join(unknown)}. Fields are: {', '.join(known)}; parts of them as in toll.killed.best."
        raise Problem(400, "Not understood: fields.", {"fields": [message]})
    asked.cleaned["fields"] = [path.split(".") for path in paths]


def picked(document, paths):
    """The parts of the document that `paths` (lists of keys) name, in its own shape; all of it without paths."""
    if not paths:
        return document
    found = {}
    for path in paths:
        pick(document, path, found)
    return found


def pick(part, path, found):
    """Copy what stands at `path` in `part` into `found`; parts of lists are taken from each of their entries."""
    key, *rest = path
    value = part.get(key)
    if not rest or value is None or not isinstance(value, dict | list):
        found[key] = value
    elif isinstance(value, dict):
        pick(value, rest, found.setdefault(key, {}))
    else:
        entries = found.setdefault(key, [{} for _entry in value])
        for entry, chosen in zip(value, entries, strict=True):
            if isinstance(entry, dict):
                pick(entry, rest, chosen)

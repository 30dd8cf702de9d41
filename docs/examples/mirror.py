"""Keep a copy of the public record equal to its source: python3 mirror.py https://site FOLDER, as often as you like."""

import json
import shutil
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen


def read(address):
    """The JSON at the address; None where it was withdrawn (410) or is unknown (404). A merged record leads to its successor."""
    try:
        with urlopen(address, timeout=60) as answer:
            return json.load(answer)
    except HTTPError as error:
        if error.code not in (404, 410):
            raise
        return None


def changes(api, after):
    """(last sequence, {(kind, id): sequence}) of what changed after a sequence."""
    last, touched, address = after, {}, f"{api}/changes/?after={after}&limit=200&fields=sequence,record,id"
    while address:
        page = read(address)
        touched |= {(entry["record"], entry["id"]): entry["sequence"] for entry in page["results"]}
        last, address = max([last, *(entry["sequence"] for entry in page["results"])]), page["next"]
    return last, touched


def follow(site, folder):
    """Read what changed since the last time, and what shows it; returns the number of documents read."""
    api, bookmark = f"{site}/api/v1", folder / "sequence"
    after = int(bookmark.read_text()) if bookmark.exists() else 0
    last, touched = changes(api, after)
    if touched.pop(("record", ""), None) and after:  # a backup was restored: what was read since it was made may be lost
        return start_over(site, folder)
    for sequence in list(touched.values()) if after else ():
        shown = read(f"{api}/changes/{sequence}/")["shown_in"]
        if shown is None:  # too many to be told
            return start_over(site, folder)
        touched |= {(other["record"], other["id"]): 0 for other in shown}
    for record, public_id in touched:
        place = folder / f"{record}s"
        place.mkdir(parents=True, exist_ok=True)
        document = read(f"{api}/{record}s/{public_id}/")
        if document is None or document["id"] != public_id:
            (place / f"{public_id}.json").unlink(missing_ok=True)
        if document is not None:
            (place / f"{document['id']}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    bookmark.write_text(str(last))
    return len(touched)


def start_over(site, folder):
    shutil.rmtree(folder)
    return follow(site, folder)


if __name__ == "__main__":
    print(follow(sys.argv[1].rstrip("/"), Path(sys.argv[2])), "documents read")

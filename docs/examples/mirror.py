"""Keep a copy of the public record equal to its source: python3 mirror.py https://site FOLDER, as often as you like."""

import json
import shutil
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen


def read(address):
    """The JSON at the address; {} where it was withdrawn (410) or is unknown (404). A merged record leads to its successor."""
    try:
        with urlopen(address, timeout=60) as answer:
            return json.load(answer)
    except HTTPError as error:
        if error.code not in (404, 410):
            raise
        return {}


def follow(site, folder):
    """Read what changed since the last time, and what shows it; returns the number of documents read."""
    api, bookmark, touched = f"{site}/api/v1", folder / "sequence", {}
    last = after = int(bookmark.read_text()) if bookmark.exists() else 0
    page = {"next": f"{api}/changes/?after={after}&limit=200&fields=sequence,record,id"}
    while page["next"]:
        page = read(page["next"])
        touched |= {(change["record"], change["id"]): change["sequence"] for change in page["results"]}
        last = max([last, *(change["sequence"] for change in page["results"])])
    is_restored = touched.pop(("record", ""), None)  # from a backup: what was read since it was made may be lost
    shown = [read(f"{api}/changes/{sequence}/")["shown_in"] for sequence in touched.values()] if after and not is_restored else []
    if (is_restored and after) or None in shown:  # None: shown in too many to be told
        shutil.rmtree(folder)
        return follow(site, folder)
    for record, public_id in touched.keys() | {(other["record"], other["id"]) for found in shown for other in found}:
        place, document = folder / f"{record}s", read(f"{api}/{record}s/{public_id}/")
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{public_id}.json").unlink(missing_ok=True)
        if document:
            (place / f"{document['id']}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    bookmark.write_text(str(last))
    return len(touched)


if __name__ == "__main__":
    print(follow(sys.argv[1].rstrip("/"), Path(sys.argv[2])), "documents read")

"""Web addresses made comparable, so that one article is entered once."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKING = {"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "yclid", "ref_src"}
"""Query parameters that name a reader's way to the page, not the page."""


def is_tracking(name):
    return name.startswith("utm_") or name in TRACKING


def normalised(address):
    """`address` without tracking parameters, fragment, "www.", default port, AMP ending and trailing slash."""
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").removeprefix("www.").removeprefix("amp.")
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    path = parts.path.removesuffix("/").removesuffix("/amp")
    query = urlencode(
        [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not is_tracking(name) and name != "amp"]
    )
    return urlunsplit((parts.scheme.lower() or "https", host + port, path or "/", query, ""))

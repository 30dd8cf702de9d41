"""Web addresses made comparable, so that one article is entered once."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKING = {
    *("fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "yclid", "ref_src"),
    *("gbraid", "wbraid", "dclid", "msclkid", "twclid", "ttclid", "igsh", "_openstat", "ysclid", "cmpid", "at_campaign", "at_medium"),
    *("spm", "_hsenc", "_hsmi", "mkt_tok", "oly_enc_id", "s_cid", "ns_campaign", "ns_mchannel", "guccounter", "guce_referrer"),
}
"""Query parameters that name a reader's way to the page, not the page."""
MOBILE = ("m.", "mobile.")
"""How the host of a page for telephones begins."""
AMP_CACHE = re.compile(r"^https?://(?:www\.google\.[a-z.]+/amp/s/|[^/]+\.cdn\.ampproject\.org/[cv]/s/)", re.IGNORECASE)
"""Copies of AMP pages; what follows is the page's own address."""


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


def variants(address):
    """Every form in which the page at `address` may be stored: with http or https, for telephones, as AMP. Empty where it is no address."""
    try:
        page = page_of(address)
    except ValueError:
        return []
    if not page.netloc:
        return []
    hosts = [prefix + page.netloc for prefix in ("", *MOBILE)]
    paths = {page.path, page.path + "/amp.html", "/amp" + page.path, re.sub(r"\.html?$", r".amp.html", page.path)}
    queries = {page.query, "&".join(filter(None, (page.query, "outputType=amp")))}
    return sorted(
        urlunsplit((scheme, host, path, query, "")) for scheme in ("https", "http") for host in hosts for path in paths for query in queries
    )


def page_of(address):
    """The parts of the page's own address. Raises ValueError."""
    address = address.strip()
    if not re.match(r"(?i)https?://", address):
        address = f"https://{address}"
    parts = urlsplit(normalised(AMP_CACHE.sub("https://", address)))
    host = parts.netloc
    for prefix in MOBILE:
        host = host.removeprefix(prefix) if host.count(".") > 1 else host
    path = re.sub(r"\.amp(?=\.html?$)", "", parts.path)
    path = re.sub(r"/amp\.html$", "", path)
    path = re.sub(r"^/amp(?=/)", "", path)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if value.lower() != "amp"])
    return parts._replace(netloc=host, path=path or "/", query=query)

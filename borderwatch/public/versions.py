"""Which state of the record and of its shape a page was made of: what somebody who cites or checks it needs."""

from borderwatch.ledger import SCHEMA
from borderwatch.models import Release


def versions():
    """{"schema", "release", "recorded_at"}: version of the content's shape; number and moment of the last release, None before one."""
    last = Release.objects.order_by("-sequence").values("sequence", "recorded_at").first() or {}
    return {"schema": SCHEMA, "release": last.get("sequence"), "recorded_at": last.get("recorded_at")}

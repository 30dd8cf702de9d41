"""Conditional answers: what readers were given holds until anything public, or the code, changes."""

import datetime
import functools
import hashlib
from email.utils import formatdate

from django.conf import settings
from django.core.cache import cache, caches
from django.db import connections
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from borderwatch.models import DataVersion

PUBLIC = "public, max-age=60"
KEPT_FOR = 600
"""Seconds for which an answer is kept here; what changes with the day, such as “today”, is at most that late."""
LARGEST_KEPT = 1024 * 1024
A_DAY = 24 * 3600
CODE = ("borderwatch", "sources", "incidents", "templates", "locale")


@functools.cache
def code_version():
    """Changes with the code and the templates: after a deployment nothing old is taken for unchanged."""
    digest = hashlib.sha256()
    files = (path for room in CODE for path in (settings.BASE_DIR / room).rglob("*") if path.suffix in (".py", ".html", ".mo"))
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Stamp:
    """The public record's version as one request sees it; `part`: what is asked for of the address, where it is not all."""

    def __init__(self, request, part=""):
        self.version, self.changed_at = read_version()
        asked = [
            code_version(),
            settings.SITE_URL,
            self.version,
            get_language(),
            request.scheme,
            request.get_host(),
            request.get_full_path(),
            part,
        ]
        self.etag = '"' + hashlib.sha256("\n".join(map(str, asked)).encode()).hexdigest()[:32] + '"'

    def not_modified(self, request):
        """304 where the reader holds this very answer; None otherwise. A match proves that the address was answered before."""
        known = request.headers.get("If-None-Match", "")
        if request.method in ("GET", "HEAD") and self.etag in known:
            return self.mark(get_conditional_response(request, etag=self.etag))

    def kept(self, request):
        """The answer that this address was given before, as its own response; None where it was not, or not lately."""
        found = caches["answers"].get(self.etag) if request.method in ("GET", "HEAD") else None
        if found is None:
            return None
        content, headers = found
        return self.conditional(request, HttpResponse(content, headers=headers))

    def keep(self, request, response):
        """The response with its marks, kept for the next reader who asks the same."""
        if request.method == "GET" and response.status_code == 200 and not response.streaming and len(response.content) <= LARGEST_KEPT:
            caches["answers"].set(self.etag, (response.content, dict(response.headers)), KEPT_FOR)
        return self.conditional(request, response)

    def mark(self, response):
        """The response with ETag, Last-Modified and how long it may be kept."""
        if response is not None:
            response.headers["ETag"] = self.etag
            response.headers["Cache-Control"] = PUBLIC
            if self.changed_at:
                response.headers["Last-Modified"] = formatdate(self.changed_at, usegmt=True)
        return response

    def conditional(self, request, response):
        """The response with its marks, or 304 or 412 where the request's conditions say so."""
        if response.status_code != 200:
            return response
        self.mark(response)
        return get_conditional_response(request, etag=self.etag, last_modified=self.changed_at, response=response)


def remembered(name, version, make):
    """What `make()` gives, worked out once for each state of the record; `version`: of a Stamp, None to work it out every time."""
    if version is None:
        return make()
    key = f"{hashlib.sha256(name.encode()).hexdigest()}-{version}"
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, A_DAY)
    return found


def record_version():
    """The record's version as text, as a Stamp has it."""
    return read_version()[0]


VERSION = f"SELECT number, changed_at FROM {DataVersion._meta.db_table} WHERE id = 1"  # noqa: S608 our own words


def read_version():
    """(the record's version as text, the second in which it came to be), from where this request reads.

    Every request asks this, most of them nothing else: by the ORM it took a sixth of their time.
    """
    with connections[DataVersion.objects.db].cursor() as cursor:
        cursor.execute(VERSION)
        return version_of(*(cursor.fetchone() or (0, None)))


@functools.lru_cache(maxsize=8)
def version_of(number, changed_at):
    """The same of the row's values, which SQLite gives as text. The number alone would come again where a backup was restored."""
    if isinstance(changed_at, str):
        changed_at = datetime.datetime.fromisoformat(changed_at).replace(tzinfo=datetime.UTC)
    seconds = changed_at and changed_at.timestamp()
    return f"{number}-{seconds}", seconds and int(seconds)

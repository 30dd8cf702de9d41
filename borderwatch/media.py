"""Stored pictures: readers see one only while a public record shows it, editors see all of them."""

import re
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from borderwatch.models import Reference
from borderwatch.picture_names import OWN, TYPES, picture_of
from borderwatch.published import public_kinds

FIELD = "picture"
"""How a Reference says that an edition shows a picture; its target is the UUID in the picture's name."""


def pictures_of(content):
    """Names of the stored pictures that an edition's own content shows."""
    names = (content.get("logo"), (content.get("image") or {}).get("file"))
    return [name for name in names if name and re.fullmatch(OWN, name)]


def picture_references(edition, content):
    """Reference rows (not saved) by which the pictures of an edition are found."""
    return [Reference(edition=edition, record=edition.record, field=FIELD, target=picture_of(name)) for name in pictures_of(content)]


def is_public(name):
    """Whether a record as readers see it now shows this picture, in whatever size."""
    shown = Reference.objects.filter(target=picture_of(name), field=FIELD)
    records = set(shown.values_list("record", flat=True))
    return any(public_kinds()[record].objects.current().filter(pk__in=shown.values("edition")).exists() for record in records)


@require_safe
def public_image(request, name):
    """A picture for readers. Shared copies ask again after a minute, so that a withdrawn one is gone from them too."""
    if not is_public(name):
        raise Http404
    response = unchanged(request, name) or picture(name)
    response["ETag"] = etag(name)
    patch_cache_control(response, public=True, max_age=60)
    return response


@require_safe
def desk_image(request, name):
    """A picture for those who are signed in at the desk, public or not."""
    return picture(name)


def etag(name):
    """A stored picture never changes: its name says which one it is, in which size and format."""
    return f'"{PurePath(name).name}"'


def unchanged(request, name):
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    return HttpResponse(status=304) if etag(name) in [tag.removeprefix("W/") for tag in asked] else None


def picture(name):
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type=TYPES[PurePath(name).suffix])

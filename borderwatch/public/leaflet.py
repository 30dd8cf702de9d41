"""Which files of the packaged Leaflet the site serves: the library, its style and what the style names; nothing of its sources."""

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from xstatic.pkg import leaflet

PREFIX = "leaflet"
FILES = ("leaflet.js", "leaflet.js.map", "leaflet.css", "images/layers.png", "images/layers-2x.png", "images/marker-icon.png")
"""The map of the source is never asked for by readers, but the storage that names files by their digest wants it to be there."""


class LeafletFinder(BaseFinder):
    """Finds the files above as leaflet/…"""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(location=leaflet.BASE_DIR)
        self.storage.prefix = PREFIX
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        name = str(path).removeprefix(f"{PREFIX}/")
        found = [self.storage.path(name)] if name != str(path) and name in FILES else []
        return found if find_all else (found or [None])[0] or []

    def list(self, ignore_patterns):
        return ((name, self.storage) for name in FILES if not matches_patterns(name, ignore_patterns or ()))

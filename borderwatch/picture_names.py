"""What the name of a stored picture says: which picture, how large, and in which smaller sizes it is stored beside itself.

images/<32 hex>_2400x1600-avif.jpg is 2400 pixels wide; beside it lie images/<32 hex>-480.webp, …-480.avif, …-960.webp and so on. A name
without a size is one from before sizes were made: it has none beside it.
"""

import re
from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

WIDTHS = (480, 960, 1600)
"""Pixels: a phone, a phone with a dense screen or a column of text, a large dense screen. A picture is never enlarged."""
OWN = r"images/[0-9a-f]{32}(?:_\d{1,5}x\d{1,5}(?:-avif)?)?\.(?:jpg|png|webp)"
"""The picture as it was drawn."""
SIZED = r"images/[0-9a-f]{32}-\d{1,4}\.(?:webp|avif)"
"""One of its sizes."""
TYPES = {".avif": "image/avif", ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
TOLD = re.compile(r"(images/[0-9a-f]{32})_(\d+)x(\d+)(-avif)?\.")


@dataclass(frozen=True)
class Size:
    """One of the sizes in which a picture is stored."""

    file: str
    width: int

    @property
    def type(self):
        return TYPES[PurePath(self.file).suffix]


def picture_of(name):
    """The UUID of the picture, the same in every size."""
    return UUID(PurePath(name).stem[:32])


def dimensions(name):
    """(width, height) in pixels, or None where the name does not tell."""
    told = TOLD.match(name)
    return told and (int(told[2]), int(told[3]))


def sizes_of(name):
    """The sizes stored beside a picture, smallest first, AVIF before WebP: browsers take the first that they can show."""
    told = TOLD.match(name)
    if told is None:
        return []
    widths = sorted({min(width, int(told[2])) for width in WIDTHS})
    endings = ("avif", "webp") if told[4] else ("webp",)
    return [Size(f"{told[1]}-{width}.{ending}", width) for ending in endings for width in widths]


def size_suffix(width, height, has_avif):
    """What a name says of a picture of this size."""
    return f"_{width}x{height}{'-avif' if has_avif else ''}"

"""The smaller sizes of a picture, drawn when it is taken in: WebP for every browser, AVIF where this machine can write it."""

import io

from django.core.files.base import ContentFile
from PIL import Image, features

from borderwatch.picture_names import WIDTHS, sizes_of

HAS_AVIF = features.check("avif")
HOW = {"image/avif": {"format": "AVIF", "quality": 55, "speed": 8}, "image/webp": {"format": "WEBP", "quality": 78, "method": 4}}
"""Type → how it is written: about as good as the picture itself to the eye, in a second or two for all sizes."""


def store_sizes(storage, name, file):
    """Store the sizes of the picture `name`, whose bytes `file` holds, beside it."""
    sizes = sizes_of(name)
    if sizes:
        file.seek(0)
        for width, picture in reduced(Image.open(file), {size.width for size in sizes}):
            for size in [size for size in sizes if size.width == width]:
                storage.save(size.file, ContentFile(written(picture, HOW[size.type])))


def reduced(picture, widths):
    """(width, the picture that wide), from the largest to the smallest: each is made from the one before."""
    picture.draft(None, (WIDTHS[-1], 1))
    picture = picture.convert(picture.mode)
    for width in sorted(widths, reverse=True):
        if picture.width > width:
            picture = picture.resize((width, max(1, round(picture.height * width / picture.width))), Image.Resampling.LANCZOS)
        yield width, picture


def written(picture, how):
    out = io.BytesIO()
    picture.save(out, **how)
    return out.getvalue()

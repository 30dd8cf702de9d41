"""Image intake: every picture that editors hand in is drawn anew, so that a stored file holds its pixels and nothing else.

The kind of a file is what its bytes say, never its name. Nothing of the file handed in is kept: no EXIF, place, XMP, IPTC, ICC,
comment, thumbnail or trailing byte, and no name.
"""

import io
import re
import uuid
import warnings
import zipfile
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from borderwatch.picture_names import OWN, size_suffix
from sources.picture_sizes import HAS_AVIF, store_sizes

FORMATS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}
"""What is read, and the ending of what is stored. An MPO is a phone's JPEG with further pictures in it; only its first is drawn."""
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_WEBP_PIXELS = 20_000_000
"""Its decoder holds a picture four times: 40 million pixels would take 700 MB."""
MAX_SIDE = 4096
"""Larger pictures are reduced: readers' screens show no more."""
MAX_SCANS = 64
"""Passes over a progressive JPEG; cameras write about ten, an attacker thousands, each as dear as a whole picture."""

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

SOMETHING_ELSE = re.compile(rb"<script|<html|<svg[\s>]|<\?php|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c", re.IGNORECASE)
TURNS = {
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE],
    6: [Image.Transpose.ROTATE_270],
    7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_90],
}
"""EXIF orientation → what sets the picture upright."""
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, OverflowError, MemoryError)
"""What Pillow raises for files that are damaged, or damaged on purpose."""


class DrawnFile(ContentFile):
    """A picture that was drawn here; its name says how large it is and has the right ending, nothing else."""


def draw(file):
    """The picture in `file` drawn anew, as a DrawnFile. Raises ValidationError that tells an editor what to do."""
    content = read_within_limit(file)
    refuse_something_else(content)
    try:
        return drawn(opened(content))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_large(MAX_PIXELS) from None
    except UNREADABLE:
        raise refused("damaged", _("This picture cannot be read: the file is damaged or incomplete.")) from None


def refused(code, sentence, **params):
    return ValidationError(sentence, code=code, params={"size": filesizeformat(MAX_BYTES), **params})


def too_large(limit):
    sentence = _("This picture has too many pixels: %(limit)d million are accepted. Make it smaller first.")
    return refused("too_large", sentence, limit=limit // 1_000_000)


def read_within_limit(file):
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise refused("too_big", _("This file is too big: %(size)s are accepted. Save the picture smaller first."))
    return content


def refuse_something_else(content):
    """A file that is a picture to one program and a page, script or archive to another has no honest use."""
    if SOMETHING_ELSE.search(content) or b"%PDF-" in content[:2048] or zipfile.is_zipfile(io.BytesIO(content)):
        raise refused("something_else", _("This file holds more than a picture (a page, a script or an archive)."))
    if content[:2] == b"\xff\xd8" and content.count(b"\xff\xda") > MAX_SCANS:
        raise refused("damaged", _("This picture cannot be read: the file is damaged or incomplete."))


def opened(content):
    """The Pillow image, with nothing but its first bytes read."""
    try:
        image = Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
    except Image.UnidentifiedImageError:
        raise refused("format", _("This is no JPEG, PNG or WebP picture, whatever its name says. Save it as one of these first.")) from None
    if image.format == "WEBP" and image.width * image.height > MAX_WEBP_PIXELS:
        raise too_large(MAX_WEBP_PIXELS)
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise refused("animated", _("This picture moves. Only still pictures are accepted: save one frame of it.")) from None
    return image


def drawn(image):
    """The picture upright on a new canvas, which knows nothing but colours."""
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))
    image.load()
    orientation, kind = image.getexif().get(0x0112, 1), image.format
    picture = small_enough(image)
    for turn in TURNS.get(orientation, ()):
        picture = picture.transpose(turn)
    canvas = Image.new(picture.mode, picture.size)
    canvas.paste(picture)
    ending = FORMATS[kind]
    out = io.BytesIO()
    canvas.save(out, {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[ending], **({} if ending == "png" else {"quality": 88}))
    return DrawnFile(out.getvalue(), name=f"picture{size_suffix(*canvas.size, HAS_AVIF)}.{ending}")


def small_enough(image):
    """The picture in a plain mode, reduced where it is too large: before anything is copied, because 40 million pixels take 160 MB."""
    if image.mode in ("L", "RGB", "RGBA", "CMYK"):
        image.thumbnail((MAX_SIDE, MAX_SIDE))
        return plain(image)
    picture = plain(image)
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    return picture


def plain(image):
    """The picture in one of the modes that all three formats can be drawn from: L, RGB or RGBA."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    has_alpha = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    mode = "RGBA" if has_alpha else "L" if image.mode in ("L", "1") else "RGB"
    return image if image.mode == mode else image.convert(mode)


# On the desk's models and in its forms


def stored_name(instance, filename):
    """Where a drawn picture is stored: by chance, so that a name tells nothing but its size and cannot be guessed."""
    return f"images/{uuid.uuid4().hex}{PurePath(filename).name.removeprefix('picture')}"


class StoredPicture(ImageFieldFile):
    """A stored picture. Whatever is saved here is drawn first."""

    def save(self, name, content, save=True):
        content = content if isinstance(content, DrawnFile) else draw(content)
        super().save(content.name, content, save=False)
        store_sizes(self.storage, self.name, content)
        if save:
            self.instance.save()

    @property
    def url(self):
        """Where those who are signed in see it; readers have /media/, once it is public."""
        self._require_file()
        return reverse("desk-image", args=[self.name])


class PictureFormField(forms.FileField):
    """An upload that is drawn when the form is checked, so that the form can say what is wrong with it."""

    def to_python(self, value):
        file = super().to_python(value)
        return file and draw(file)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "accept": "image/jpeg,image/png,image/webp"}


class PictureField(models.ImageField):
    """An image that is stored only as drawn here, whoever saves it: form, import, script or shell."""

    attr_class = StoredPicture

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("upload_to", stored_name)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        file = super().pre_save(model_instance, add)
        if file and not re.fullmatch(OWN, file.name):
            raise ValidationError({self.name: refused("not_drawn", _("This file was not taken in as a picture. Hand in the file itself."))})
        return file

    def formfield(self, **kwargs):
        told = self.help_text or gettext_lazy("JPEG, PNG or WebP. Only its pixels are kept: no place, no camera, no file name.")
        return super().formfield(**{"form_class": PictureFormField, "max_length": None, "help_text": told, **kwargs})

"""Pictures for tests: with everything in them that must not be kept, and files that only pretend to be pictures."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

CANARY = b"canary7f3a"
"""Stands in every place of a file that can hold words."""


def upload(content, name="holiday in Khorog.jpg"):
    return SimpleUploadedFile(name, content, "image/jpeg")


def painting(size=(64, 48), mode="RGB"):
    """A picture whose left half is darker than its right half."""
    image = Image.new(mode, size, "white")
    image.paste("navy" if mode != "L" else 40, (0, 0, size[0] // 2, size[1]))
    return image


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(orientation=1):
    """EXIF with words, a place and an orientation."""
    tags = Image.Exif()
    tags[0x010E], tags[0x0112], tags[0x8298] = CANARY.decode(), orientation, CANARY.decode()
    tags.get_ifd(0x8825).update({1: "N", 2: (37.0, 29.0, 11.0), 29: CANARY.decode()})
    tags.get_ifd(0x8769).update({0x9286: b"ASCII\0\0\0" + CANARY})
    return tags.tobytes()


def segment(marker, content):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def talkative_jpeg(orientation=1):
    """A JPEG with EXIF, XMP, IPTC, an ICC text, a comment, a thumbnail and trailing bytes, each holding the canary."""
    content = saved(painting(), "JPEG", exif=exif(orientation), icc_profile=b"\0" * 128 + CANARY, comment=CANARY)
    thumbnail = b"JFXX\0\x10" + saved(painting((8, 8)), "JPEG", comment=CANARY)
    iptc = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", 5 + len(CANARY)) + b"\x1c\x02\x78\0\x0a" + CANARY
    more = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + CANARY) + segment(0xED, iptc) + segment(0xE0, thumbnail)
    return content[:2] + more + content[2:] + CANARY


def talkative_png():
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", CANARY.decode())
    words.add_text("Author", CANARY.decode() * 50, zip=True)
    words.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    return saved(painting(), "PNG", pnginfo=words, exif=exif(), icc_profile=b"\0" * 128 + CANARY) + CANARY


def talkative_webp():
    return saved(painting(), "WEBP", exif=exif(), xmp=CANARY, icc_profile=b"\0" * 128 + CANARY) + CANARY


# What must be refused


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def huge_png(side=13000):
    """About 20 KB of file that unpacks to side² pixels."""
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(b"\0" * (side // 8 + 1)) for _row in range(side)) + rows.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def with_archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.sh", "echo")
    return saved(painting(), "JPEG") + out.getvalue()


def moving(kind, frames):
    """An animation; what its pictures show does not matter, only how many there are."""
    images = [Image.new("RGB", (4, 4), (number % 250, number % 3 * 80, 0)) for number in range(frames)]
    return saved(images[0], kind, save_all=True, append_images=images[1:])


def many_scans(times=500):
    """A progressive JPEG whose last pass is repeated."""
    content = saved(painting((640, 480)), "JPEG", progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * times + b"\xff\xd9"


def several_pictures():
    """What many phones write: a JPEG with a second picture inside."""
    return saved(painting(), "MPO", save_all=True, append_images=[painting((16, 16))], exif=exif())


def damaged():
    """A PNG with one byte changed inside its packed rows."""
    content = bytearray(saved(painting(), "PNG"))
    content[content.index(b"IDAT") + 12] ^= 0xFF
    return bytes(content)

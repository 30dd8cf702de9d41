"""Parts of addresses. Whoever imports this module can use them in routes."""

from django.urls import register_converter

from borderwatch.picture_names import OWN, SIZED


class PublicId:
    """A public id: BW-2025-0001, ST-1, AC-12."""

    regex = r"[A-Z]{2}(?:-\d{4})?-\d{1,9}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class EditionNumber(PublicId):
    """The number of an edition, small enough for every database."""

    regex = r"\d{1,6}"

    def to_python(self, value):
        return int(value)


class StoredImage(PublicId):
    """The name under which a picture or one of its sizes is stored: given by chance, so that it cannot be guessed."""

    regex = f"(?:{OWN}|{SIZED})"


register_converter(PublicId, "public_id")
register_converter(EditionNumber, "edition")
register_converter(StoredImage, "stored_image")

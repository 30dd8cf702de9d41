"""Keys of backups, in the format of age (age-encryption.org): the site knows the public key and can read no backup of its own.

`age-keygen` makes a pair; where BorderWatch is not at hand, `age -d -i key.txt FILE` opens a backup, which is a ZIP file.
"""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pyrage
from django.utils.translation import gettext as _

BEGINNING = b"age-encryption.org/"


class BadKey(Exception):
    """A sentence that says which key is missing or wrong."""


def recipients_of(text):
    """The public keys in `text`, separated by commas or spaces."""
    return [recipient_of(key) for key in text.replace(",", " ").split()]


def recipient_of(key):
    try:
        return pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        raise BadKey(_("“%(key)s” is no public key of age: those begin with age1.") % {"key": key}) from None


def identities_of(path):
    """The secret keys in the file `path`, as age-keygen writes it."""
    lines = [line.strip() for line in Path(path).read_text(encoding="ascii", errors="replace").splitlines()]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise BadKey(_("%(file)s holds no secret key of age: a line that begins with AGE-SECRET-KEY-1.") % {"file": path})
    return found


def encrypt(source, target, recipients):
    source.flush()
    source.seek(0)
    pyrage.encrypt_io(source, target, recipients)


def is_encrypted(path):
    try:
        with open(path, "rb") as file:
            return file.read(len(BEGINNING)) == BEGINNING
    except OSError:
        return False


@contextmanager
def opened(path, key_file):
    """The path of the readable backup: `path` itself, or what the secret key makes of it, in a folder that is deleted afterwards."""
    if not is_encrypted(path):
        yield path
        return
    if not key_file:
        raise BadKey(_("%(file)s is encrypted: give --key FILE, the file with the secret key.") % {"file": path})
    with tempfile.TemporaryDirectory(prefix="borderwatch-restore-") as folder:
        readable = Path(folder) / "backup"
        with open(path, "rb") as source, os.fdopen(os.open(readable, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as target:
            try:
                pyrage.decrypt_io(source, target, identities_of(key_file))
            except (pyrage.DecryptError, OSError):
                raise BadKey(_("%(file)s cannot be read with this key, or it is damaged.") % {"file": path}) from None
        yield readable

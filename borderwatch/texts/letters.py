"""What letters may stand in names: one form for each (NFC), none that hide, and a warning where one is not what it looks like."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
"""Control characters and those that turn or hide what follows. What Persian and Pashto need (ZWNJ, ZWJ, marks of direction) is not here."""
SCRIPTS = {"LATIN": gettext_lazy("Latin"), "CYRILLIC": gettext_lazy("Cyrillic"), "GREEK": gettext_lazy("Greek")}
"""Scripts whose letters are taken for each other."""


class CleanText:
    """Mixed into models: saved text is NFC; forms and imports, which validate, let names and titles (every single line) hide nothing."""

    def clean_fields(self, exclude=None):
        compose(self)
        super().clean_fields(exclude)
        refuse_hidden(self, exclude or ())

    def save(self, *args, **kwargs):
        compose(self)
        super().save(*args, **kwargs)


def compose(record):
    """Let every text of `record` have one form: é is one letter, not two."""
    for field in record._meta.concrete_fields:
        if field.attname in record.__dict__ and isinstance(field, (models.CharField, models.TextField, models.JSONField)):
            setattr(record, field.attname, composed(getattr(record, field.attname)))


def composed(value):
    """`value` in NFC; texts in lists and dicts too."""
    if isinstance(value, str):
        return value if unicodedata.is_normalized("NFC", value) else unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(one) for one in value]
    return {composed(key): composed(one) for key, one in value.items()} if isinstance(value, dict) else value


def refuse_hidden(record, exclude=()):
    """Raise ValidationError, by field, where a name or title holds a character that hides or turns others."""
    lines = [field for field in record._meta.concrete_fields if is_line(field) and field.name not in exclude]
    found = {field.name: HIDDEN.search(in_one_line(record.__dict__.get(field.attname))) for field in lines}
    wrong = {name: hidden_sentence(match[0]) for name, match in found.items() if match}
    if wrong:
        raise ValidationError(wrong)


def is_line(field):
    return isinstance(field, models.CharField) or field.name == "aliases"


def in_one_line(value):
    return "".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value or "")


def hidden_sentence(letter):
    name = unicodedata.name(letter, _("control character")).lower()
    return _("There is a hidden character in it (%(name)s, U+%(code)04X). Type the words anew or paste them as plain text.") % {
        "name": name,
        "code": ord(letter),
    }


def mixed_scripts(text):
    """(word, [(letter, its script)]) of every word that mixes scripts, with the letters of the script that it has fewer of."""
    found = []
    for word in re.findall(r"[^\W\d_]+", str(text)):
        scripts = {}
        for letter in word:
            scripts.setdefault(script_of(letter), []).append(letter)
        scripts.pop("", None)
        if len(scripts) > 1:
            strange = min(scripts, key=lambda script: len(scripts[script]))
            found.append((word, [(letter, strange) for letter in dict.fromkeys(scripts[strange])]))
    return found


def script_of(letter):
    script = unicodedata.name(letter, "").split(" ")[0]
    return script if script in SCRIPTS else ""


def mixed_sentences(text):
    """What an editor is told of words that mix scripts."""
    sentence = _("“%(word)s” mixes alphabets: %(letters)s. Search does not find it by its usual spelling.")
    return [sentence % {"word": word, "letters": ", ".join(map(letter_words, letters))} for word, letters in mixed_scripts(text)]


def letter_words(letter):
    return _("“%(letter)s” is %(script)s") % {"letter": letter[0], "script": SCRIPTS[letter[1]]}

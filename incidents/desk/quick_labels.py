"""What somebody is called, as an editor types it: "robbers = those who fired; bandits = Border Group". The words are the speaker's."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incidents.desk.quick_numbers import parts


def read_labels(text):
    """(words, who is called so) for each part between ";". Raises ValidationError that says what to write."""
    return [read_label(part) for part in parts(text)]


def read_label(part):
    words, equals, who = (side.strip() for side in part.partition("="))
    words = words.strip("\"“”«»' ")
    if not (words and equals and who):
        raise ValidationError(_("“%(part)s”: write the words, then who is called so: “robbers = those who fired”."), params={"part": part})
    if len(words) > 200 or len(who) > 200:
        raise ValidationError(_("“%(part)s…” is too long: at most 200 letters on each side."), params={"part": part[:40]})
    return words, who


def written(label):
    """A label as this module reads it."""
    return f"{label.words} = {label.actor.name if label.actor else label.described}"


def is_written(label):
    """Whether reading what `written` gives would give the label again."""
    who = label.actor.name if label.actor else label.described
    return bool(who) and not any(mark in label.words + who for mark in ";=\n\"“”«»'")

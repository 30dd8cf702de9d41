"""Actors and incidents chosen by typing: found by any name in any script, called so that no two are called alike."""

from collections import Counter
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from borderwatch.desk.names import flat, is_called
from borderwatch.search import fold, tokens
from borderwatch.texts.transliteration import begins_like
from incidents.models import Actor, Incident

SHOWN = 8


class Chooser:
    """The records of one kind, read once for each form."""

    model = None

    def read(self):
        """(primary key, label, names) of every record, the likeliest first."""
        raise NotImplementedError

    @cached_property
    def rows(self):
        rows = list(self.read())
        times = Counter(label for _key, label, _names in rows)
        return [(key, label if times[label] == 1 else f"{label} (#{key})", list(flat(names))) for key, label, names in rows]

    @cached_property
    def labels(self):
        return {key: label for key, label, _names in self.rows}

    def find(self, words):
        """(key, label) of those whose names hold every word, as a whole or as a beginning; whole names first."""
        wanted = tokens(words)
        if not wanted:
            return []
        found = [(key, label, names) for key, label, names in self.rows if is_called(wanted, [label, *names])]
        found.sort(key=lambda row: rank(fold(words.strip()), row[1], row[2]))
        return [(key, label) for key, label, _names in found]

    def find_sounding(self, words):
        """(key, label) of those whose names sound so: to be shown, never to be taken unasked."""
        return [(key, label) for key, label, names in self.rows if any(begins_like(words, name) for name in names)]

    def called(self, words):
        """(key, label) of those whose label is exactly this; else of those who bear exactly this name."""
        said = fold(words.strip())
        labelled = [(key, label) for key, label, _names in self.rows if said == fold(label)]
        return labelled or [(key, label) for key, label, names in self.rows if said in map(fold, names)]

    def one(self, words):
        """The key of the one record that is meant, or None. Raises SeveralAreCalledSo."""
        found = self.called(words) or self.find(words)
        if len(found) > 1:
            raise SeveralAreCalledSo(words, [label for _key, label in found[:SHOWN]])
        return found[0][0] if found else None


def rank(said, label, names):
    """How near the words are: a whole name, the beginning of the name, a word of it, then the same of other names."""
    others = [fold(name) for name in names]
    grounds = (
        said in (fold(label), *others),
        fold(label).startswith(said),
        is_called(tokens(said), [label]),
        any(name.startswith(said) for name in others),
    )
    return next((place for place, is_so in enumerate(grounds) if is_so), len(grounds))


def choices_for(chooser, words):
    """What is shown while somebody types: labels, and whether the first may be taken for what is meant."""
    found = chooser.find(words)
    is_sure = bool(found)
    if not found and isinstance(chooser, ActorChooser):
        found = chooser.find_sounding(words)
    return {"choices": [label for _key, label in found[:SHOWN]], "is_sure": is_sure}


class SeveralAreCalledSo(ValidationError):
    def __init__(self, words, labels):
        self.labels = labels
        message = _("Several are called “%(words)s”: %(labels)s. Write one of these.")
        super().__init__(message, code="several", params={"words": words, "labels": "; ".join(labels)})


class ActorChooser(Chooser):
    model = Actor

    def read(self):
        rows = Actor.objects.values_list("pk", "name", "parent__name", "translations", "aliases", "public_id", "slug")
        for key, name, parent, translations, *names in rows:
            yield key, f"{name} · {parent}" if parent else name, [name, *translated(translations, "name"), *names]


class IncidentChooser(Chooser):
    model = Incident

    def read(self):
        fields = ("pk", "title", "started_on", "ended_on", "public_id", "translations", "where_description", "place__name", "place__names")
        for key, title, started_on, ended_on, public_id, translations, *names in Incident.objects.values_list(*fields):
            label = " · ".join(filter(None, [title, f"{started_on:%Y-%m-%d}", public_id]))
            days = [f"{day:%Y-%m-%d} {date_format(day, 'j F Y')}" for day in (started_on, ended_on) if day]
            yield key, label, [title, public_id, *days, *translated(translations, "title"), *names]


def translated(translations, name):
    """What a field says in other languages."""
    return [words.get(name) for words in translations.values()]


class ByName(forms.CharField):
    """A record named in words; the words of nobody known are an error with the code "unknown"."""

    def __init__(self, kind, **kwargs):
        self.kind, self.chooser = kind, None
        super().__init__(required=False, max_length=400, **kwargs)
        self.widget.attrs |= {"data-choices": kind, "autocomplete": "off", "class": "vTextField"}

    def prepare_value(self, value):
        key = getattr(value, "pk", value)
        return self.chooser.labels.get(key, "") if isinstance(key, int) else key

    def to_python(self, value):
        words = super().to_python(value)
        if not words:
            return None
        super().run_validators(words)
        key = self.chooser.one(words)
        if key is None:
            raise ValidationError(_("Nothing on the desk is called “%(words)s”."), code="unknown", params={"words": words[:80]})
        return self.chooser.model.objects.get(pk=key)

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (self.prepare_value(data) or "").strip()

    def run_validators(self, value):
        """The words are checked before they become a record."""

"""What a planned release would change for readers, in words: field by field, record by record, number by number."""

from dataclasses import dataclass, field

from django.apps import apps
from django.urls import reverse

from borderwatch.desk.wording import field_label, in_words
from borderwatch.models import Change
from borderwatch.records import Record
from borderwatch.state import PublicState


@dataclass
class AnnouncedChange:
    """One thing that readers will see differently: each side is a list of texts."""

    label: str
    before: list
    after: list


@dataclass
class AnnouncedEdition:
    """One record's edition in a planned release."""

    title: str
    public_id: str
    kind: str
    kind_words: str
    record_words: str
    url: str
    changes: list


@dataclass
class Announcement:
    """A planned release, sorted as an editor asks: the records themselves, what goes along, whose numbers change."""

    chosen: list = field(default_factory=list)
    new: list = field(default_factory=list)
    edited: list = field(default_factory=list)
    numbers: list = field(default_factory=list)

    @property
    def own(self):
        """The edition of the record, where one was chosen; None where readers see no difference in it."""
        return self.chosen[0] if self.chosen else None

    @property
    def is_any(self):
        return bool(self.chosen or self.new or self.edited or self.numbers)


def announce(plan, record, site):
    """The Announcement of `plan`, pressed on `record`."""
    return announce_together(plan, [record], site)


def announce_together(plan, records, site):
    """The Announcement of `plan`, pressed on `records`."""
    chosen = {str(record.uid) for record in records}
    announced, teller = Announcement(), Teller(plan.state, site)
    for planned in plan.editions:
        edition = teller.edition(planned)
        if planned.uid in chosen:
            announced.chosen.append(edition)
        elif planned.kind == Change.FIGURES:
            announced.numbers.append(edition)
        elif planned.kind == Change.NEW:
            announced.new.append(edition)
        else:
            announced.edited.append(edition)
    return announced


class Teller:
    """Tells planned editions in words; names are read from the desk, each once."""

    def __init__(self, after, site):
        self.before, self.after, self.site = PublicState.current(), after, site
        self.models = {model.record_kind: model for model in apps.get_models() if issubclass(model, Record)}
        self.names = {}

    def edition(self, planned):
        model = self.models[planned.record]
        record = planned.desk or model._default_manager.filter(uid=planned.uid).first()
        change_page = f"{self.site.name}:{model._meta.app_label}_{model._meta.model_name}_change"
        return AnnouncedEdition(
            title=str(record or planned.public_id),
            public_id=planned.public_id,
            kind=planned.kind,
            kind_words=Change(planned.kind).label,
            record_words=model._meta.verbose_name,
            url=reverse(change_page, args=[record.pk]) if record else "",
            changes=[] if planned.is_tombstone else [*self.fields(planned, model), *self.results(planned, model)],
        )

    def fields(self, planned, model):
        """What differs in the record's own content."""
        before = planned.before.content if planned.before and planned.kind != Change.RESTORED else {}
        found = []
        for name in sorted(planned.content, key=lambda name: place_on_form(model, name)):
            old, new = (self.texts(model, name, content.get(name)) for content in (before, planned.content))
            if name != "result" and old != new:
                found.append(AnnouncedChange(field_label(model, name), *unlike(old, new)))
        return found

    def results(self, planned, model):
        """What differs in what is computed for the record."""
        tell = getattr(self.site.get_model_admin(model), "result_changes", None)
        if tell is None:
            return []
        before = self.before.compose(planned.before) if planned.before and planned.before.content else None
        after = self.after.get(planned.record, planned.uid)
        return [AnnouncedChange(label, *unlike(old, new)) for label, old, new in tell(before, self.after.compose(after))]

    def texts(self, model, name, value):
        """A value of the content as a list of texts: one, or one for each row."""
        field = self.field_of(model, name)
        if is_rows(value):
            rows = getattr(field, "related_model", None)
            rows = field.remote_field.through if getattr(field, "many_to_many", False) else rows
            return [self.row(rows, row) for row in value]
        text = self.value(field, value)
        return [text] if text else []

    def row(self, model, row):
        """One row of a record (a figure, a label) in a line."""
        parts = [row["id"]] if row.get("id") else []
        for name, value in row.items():
            field = self.field_of(model, name)
            text = self.value(field, value)
            if not text or name == "id" or value is False:
                continue
            says_itself = getattr(field, "flatchoices", None) or getattr(field, "is_relation", False)
            parts.append(text if says_itself else f"{field_label(model, name).lower()} {text}")
        return " · ".join(parts)

    def value(self, field, value):
        if getattr(field, "is_relation", False) and value:
            return ", ".join(self.name(field.related_model, key) for key in (value if isinstance(value, list) else [value]))
        return in_words(field, value)

    def name(self, model, key):
        """What the record with this uid (a place: with this slug) is called on the desk; figures go by their public id."""
        known_by = "uid" if issubclass(model, Record) else "slug" if hasattr(model, "slug") else "public_id"
        if (model, key) not in self.names:
            record = model._default_manager.filter(**{known_by: key}).first()
            self.names[model, key] = str(record) if record and known_by != "public_id" else str(key)
        return self.names[model, key]

    @staticmethod
    def field_of(model, name):
        return next((field for field in model._meta.get_fields() if field.name == name), None) if model else None


def is_rows(value):
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def unlike(old, new):
    """Of several texts on each side those that the other lacks; one alone is told whole."""
    if len(old) < 2 and len(new) < 2:
        return old, new
    return [text for text in old if text not in new], [text for text in new if text not in old]


def place_on_form(model, name):
    """Where a field stands among the model's own; rows come last."""
    names = [field.name for field in model._meta.fields]
    return names.index(name) if name in names else len(names)

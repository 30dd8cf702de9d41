"""What hangs on a record and is told in its row: the figures, labels and incidents of a statement, the participants of an incident.

A figure's cell is called `killed_low`, or `killed_low civilians/TJ/` where it counts some people only; after the last "/" stands the
uid of one of several incidents.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from incidents.imports.tables.columns import Refused
from incidents.models import Figure, Label, Participation, StatementIncident

ROLES = Participation.Role.values
MEASURES = frozenset(Figure.Measure.values)
COUNTED = ("low", "best", "high", "wording", "adds")
NOTHING = {"low": None, "best": None, "high": None, "wording": "", "adds": False}
OWN = {"statement": {"incidents", "certainty", "labels"}, "incident": {*ROLES, *(f"{role}_as" for role in ROLES)}}


def figure_path(measure, name, group, nationality, incident):
    people = f"{group}/{nationality}/{incident}"
    return f"{measure}_{name}" if people == "all//" else f"{measure}_{name} {people}"


def figure_key(path):
    """(measure, group, nationality, incident), name of the cell; None where the path is no figure's."""
    column, _space, people = path.partition(" ")
    measure, _underscore, name = column.partition("_")
    if measure not in MEASURES or name not in COUNTED:
        return None
    return (measure, *(people or "all//").split("/")), name


def is_part(record, path):
    kind = record.record_kind
    return path in OWN.get(kind, ()) or (kind == "statement" and figure_key(path) is not None)


# As they stand


def plain_of(record, path):
    if record.record_kind == "incident":
        return participants_of(record, path)
    if path == "incidents":
        return [str(link.incident.uid) for link in record.statement_incidents.all()]
    if path == "certainty":
        found = {link.certainty for link in record.statement_incidents.all()}
        return found.pop() if len(found) == 1 else None
    if path == "labels":
        return [label_of(label) for label in record.labels.all()]
    key, name = figure_key(path)
    figures = figures_of(record).get(key, [])
    return getattr(figures[0], name) if figures else NOTHING[name]


def participants_of(incident, path):
    role = path.removesuffix("_as")
    parts = [part for part in incident.participations.all() if part.role == role]
    if path == role:
        return [str(part.actor.uid) for part in parts if part.actor]
    return [part.described_as for part in parts if not part.actor]


def label_of(label):
    return [str(label.actor.uid) if label.actor else "", label.described, label.words, label.language]


def figures_of(statement):
    """Key → figures, as they were read; of a statement about one incident, that incident goes without saying."""
    if "_figures_read" not in statement.__dict__:
        statement._figures_read = figures_by_key(statement)
    return statement._figures_read


def figures_by_key(statement):
    links = [link.incident_id for link in statement.statement_incidents.all()]
    found = {}
    for figure in statement.figures.all():
        goes_without_saying = figure.incident_id is None or links == [figure.incident_id]
        about = "" if goes_without_saying else str(figure.incident.uid)
        found.setdefault((figure.measure, figure.group, figure.nationality, about), []).append(figure)
    return found


# As they will be


@dataclass
class Parts:
    """Rows to write after their record, those to save again, and those to delete; `many`: (field, uids) of plain lists."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    gone: list = field(default_factory=list)
    many: list = field(default_factory=list)

    def add(self, other):
        for name in ("new", "changed", "gone", "many"):
            getattr(self, name).extend(getattr(other, name))


def parts_of(record, values, is_new, directory):
    """The Parts that `values` (path → plain value) ask for. Raises Refused."""
    found = Parts()
    if not values:
        return found
    if record.record_kind == "statement":
        put_links(record, values, is_new, directory, found)
        put_figures(record, values, is_new, directory, found)
        put_labels(record, values, is_new, directory, found)
    elif record.record_kind == "incident":
        for role in ROLES:
            put_participants(record, role, values, is_new, directory, found)
    else:
        asked = {name: uids for name, uids in values.items() if uids or not is_new}
        kinds = {name: record._meta.get_field(name).related_model.record_kind for name in asked}
        found.many = [(name, [directory.record(kinds[name], uid) for uid in uids]) for name, uids in asked.items()]
    return found


def put_links(statement, values, is_new, directory, found):
    """The incidents that the statement is about, in the order of the file."""
    links = {} if is_new else {str(link.incident.uid): link for link in statement.statement_incidents.all()}
    wanted = values.get("incidents", list(links))
    certainty = values.get("certainty")
    for uid in wanted:
        link = links.get(uid)
        if link is None:
            incident = directory.record("incident", uid)
            found.new.append(StatementIncident(statement=statement, incident=incident, certainty=certainty or "certain"))
        elif certainty and link.certainty != certainty:
            link.certainty = certainty
            found.changed.append(link)
    found.gone += [link for uid, link in links.items() if uid not in wanted]


def put_figures(statement, values, is_new, directory, found):
    there = {} if is_new else figures_of(statement)
    before = [] if is_new else [str(link.incident.uid) for link in statement.statement_incidents.all()]
    about = values.get("incidents", before)
    asked = {}
    for path, value in values.items():
        if parsed := figure_key(path):
            key, name = parsed
            asked.setdefault(key, {})[name] = value
    for key, cells in asked.items():
        put_figure(statement, key, cells, there.get(key, []), about, directory, found)
    if "incidents" in values and not is_new:
        for key in set(there) - set(asked):
            for figure in there[key]:
                move_figure(figure, key, about, directory, found)


def put_figure(statement, key, cells, there, about, directory, found):
    measure, group, nationality, incident = key
    if len(there) > 1:
        raise Refused(_("has several %(measure)s figures for the same people: change them on the desk") % {"measure": measure})
    if incident and incident not in about:
        raise Refused(_("its numbers are about an incident that the statement is not about"))
    figure = there[0] if there else Figure(statement=statement, measure=measure, group=group, nationality=nationality)
    for name, value in cells.items():
        setattr(figure, name, value)
    figure.incident = directory.record("incident", incident or about[0]) if incident or len(about) == 1 else None
    is_empty = all(getattr(figure, name) == NOTHING[name] for name in COUNTED[:4])
    if not is_empty:
        (found.changed if there else found.new).append(figure)
    elif there:
        found.gone.append(figure)


def move_figure(figure, key, about, directory, found):
    """What the row does not count again is about the incidents that the statement is about now."""
    if key[3] and key[3] not in about:
        raise Refused(_("has figures about an incident that it would no longer be about: change them on the desk"))
    incident = directory.record("incident", key[3] or about[0]) if key[3] or len(about) == 1 else None
    if incident != figure.incident:
        figure.incident = incident
        found.changed.append(figure)


def put_labels(statement, values, is_new, directory, found):
    if "labels" not in values:
        return
    there = {} if is_new else {tuple(label_of(label)): label for label in statement.labels.all()}
    wanted = [tuple(one) for one in values["labels"]]
    for actor, described, words, language in [one for one in wanted if one not in there]:
        named = directory.record("actor", actor) if actor else None
        found.new.append(Label(statement=statement, actor=named, described=described, words=words, language=language))
    found.gone += [label for one, label in there.items() if one not in wanted]


def put_participants(incident, role, values, is_new, directory, found):
    there = [] if is_new else [part for part in incident.participations.all() if part.role == role]
    if role in values:
        known = {str(part.actor.uid): part for part in there if part.actor}
        for uid in [uid for uid in values[role] if uid not in known]:
            found.new.append(Participation(incident=incident, actor=directory.record("actor", uid), role=role))
        found.gone += [part for uid, part in known.items() if uid not in values[role]]
    if f"{role}_as" in values:
        wanted = values[f"{role}_as"]
        known = {part.described_as: part for part in there if not part.actor}
        found.new += [Participation(incident=incident, described_as=words, role=role) for words in wanted if words not in known]
        found.gone += [part for words, part in known.items() if words not in wanted]

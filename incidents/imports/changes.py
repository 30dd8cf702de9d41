"""A later release of a data set says something else of an event: what the file changed is changed, what an editor changed stays."""

import datetime

from incidents.imports.events import uid_of
from incidents.models import Figure, Participation

DAYS = ("started_on", "ended_on")
COUNTED = ("low", "best", "high", "wording", "calculation", "verdict", "verdict_reason")


def apply_change(event, known, desk):
    """Bring the incident and statement of `known` (the ImportedEvent before) from its values to those of `event`."""
    old, new = known.values, event.values()
    incident, statement = known.incident, known.statement
    if incident.uid == uid_of(known.layout, "incident", event.key):  # not one that an editor entered
        if old["place_names"] != new["place_names"] and incident.place == desk.places.find(old["place_names"]):
            incident.place = desk.places.find(new["place_names"])
        change_fields(incident, old["incident"], new["incident"])
        change_sides(incident, statement, old, new, event, desk)
        desk.saved(incident)
    change_fields(statement, old["statement"], new["statement"])
    statement.article = desk.article
    desk.saved(statement)
    change_figures(statement, incident, old, new, event, desk)


def change_fields(record, old, new):
    for name, value in new.items():
        if value != old.get(name) and plain(getattr(record, name)) == old.get(name):
            setattr(record, name, datetime.date.fromisoformat(value) if name in DAYS and value else value)


def plain(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


def change_figures(statement, incident, old, new, event, desk):
    """Figure by figure, by measure and group; one that the file no longer gives goes, unless an editor changed it."""
    before = {(count["measure"], count["group"]): count for count in old["counts"]}
    figures = {(figure.measure, figure.group): figure for figure in Figure.objects.filter(statement=statement, nationality="")}
    for count in event.counts:
        key = (count.measure, count.group)
        figure = figures.get(key)
        if figure is None and key not in before:
            desk.saved(desk.figure(count, statement, incident))
        elif figure is not None and key in before and is_untouched(figure, before[key]):
            for name in COUNTED:
                setattr(figure, name, getattr(count, name))
            desk.saved(figure)
    gone = set(before) - {(count.measure, count.group) for count in event.counts}
    for key in gone & set(figures):
        if is_untouched(figures[key], before[key]):
            figures[key].delete()


def is_untouched(figure, count):
    return all(getattr(figure, name) == count[name] for name in COUNTED)


def change_sides(incident, statement, old, new, event, desk):
    """Participants according to the data set's statement are what the file names now."""
    if old["sides"] != new["sides"]:
        Participation.objects.filter(incident=incident, according_to=statement).delete()
        parts = list(desk.parts(event, incident, statement))
        desk.save_actors()
        for part in parts:
            desk.saved(part)

"""What the public sees of actors, incidents and statements: their own fields, listed one by one.

Other records stand here by uid, places by slug; notes, review and assignment, spans in captured texts stay on the desk.
"""

from borderwatch.records import image_of, in_order, parts, slug_of, uid_of, values


def actor_content(actor):
    return values(actor, "name slug kind country description aliases external_ids translations") | {
        "parent": uid_of(actor.parent),
        "outlets": in_order(actor.outlets),
        "offices": [values(office, "title started_on ended_on") | {"body": uid_of(office.body)} for office in actor.offices.all()],
        "image": {"file": actor.image.name, "alt": actor.image_alt, "credit": actor.image_credit} if actor.image else None,
    }


def incident_content(incident):
    plain = (
        "title slug kind means summary started_on ended_on local_time latitude longitude "
        "where_description content_warning external_ids translations"
    )
    return values(incident, plain) | {
        "date_precision": incident.effective_date_precision,
        "place": slug_of(incident.place),
        "place_precision": incident.effective_place_precision,
        "launched_from": slug_of(incident.launched_from),
        "image": image_of(incident),
        "participations": [participation_content(part) for part in incident.participations.all()],
    }


def participation_content(part):
    return values(part, "described_as role") | {"actor": uid_of(part.actor), "according_to": uid_of(part.according_to)}


def statement_content(statement):
    plain = (
        "speaker_as speaker_title attribution act denies said_on said_precision quote text language "
        "original_text original_language translated_by credibility attributed_to_as covers_start covers_end "
        "incidents_low incidents_high covers_note outcome outcome_reason retracted_on translations"
    )
    figures = parts(statement, "figures", "incident", "party")
    named = "article speaker on_behalf_of released_through based_on attributed_to in_reply_to supersedes outcome_statement"
    return (
        values(statement, plain)
        | {name: uid_of(getattr(statement, name)) for name in named.split()}
        | {
            "about_place": slug_of(statement.about_place),
            "covers_place": slug_of(statement.covers_place),
            "incidents": [link_content(link) for link in parts(statement, "statement_incidents", "incident")],
            "figures": [figure_content(figure, statement.planned_part_ids) for figure in figures],
            "labels": [
                values(label, "described words language") | {"actor": uid_of(label.actor)} for label in parts(statement, "labels", "actor")
            ],
            "assertions": [assertion_content(answer) for answer in parts(statement, "assertions", "incident", "place")],
        }
    )


def link_content(link):
    return {"incident": uid_of(link.incident), "certainty": link.certainty}


def figure_content(figure, planned_ids):
    """`planned_ids`: primary key → public id of figures that the planned release numbers."""
    parents = [parent.public_id or planned_ids.get(parent.pk) for parent in figure.derived_from.all()]
    return values(figure, "measure group nationality low best high wording adds calculation verdict verdict_reason") | {
        "id": figure.public_id or planned_ids.get(figure.pk),
        "incident": uid_of(figure.incident),
        "party": uid_of(figure.party),
        "derived_from": sorted(filter(None, parents)),
    }


def assertion_content(answer):
    return values(answer, "about role starts_on ends_on wording") | {"incident": uid_of(answer.incident), "place": slug_of(answer.place)}

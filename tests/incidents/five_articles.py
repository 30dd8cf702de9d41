"""The figures, dates and attributions of the five articles of the demonstration data set, as statements for the tests of the rules.

Only what the rules read stands here; the data set itself, with quotes and sources, is loaded and tested elsewhere.
"""

from tests.incidents.claims import (
    CHINA,
    NARRATION,
    TAJIKISTAN,
    TALIBAN,
    make_assertion,
    make_document,
    make_figure,
    make_label,
    make_statement,
    make_wording,
)

DRONE, ASSAULT, CLASH, FOUR = "BW-2025-0001", "BW-2025-0002", "BW-2025-0003", "BW-2026-0001"
BOTH = [DRONE, ASSAULT]
CHINESE = {"group": "civilians", "nationality": "CN"}
DEAD_OF_I3 = "the three men of the firefight"


def told(number, article, said_on, about, *figures, origin=TAJIKISTAN, **fields):
    return about, make_statement(*figures, id=f"ST-{number}", article=article, said_on=said_on, origin=origin, **fields)


def day(start, end=None, **fields):
    return make_assertion("date", starts_on=start, ends_on=end or start, **fields)


def frontier():
    """RF, published Monday 1 December 2025."""
    in_both = [make_figure(5, id="FG-1", incidents=BOTH), make_figure(5, id="FG-2", measure="injured", incidents=BOTH)]
    derived = make_figure(2, id="FG-3", incidents=[ASSAULT], calculation="5 − 3", derived_from=["FG-1", "FG-4"])
    when = day("2025-11-24", "2025-12-01", incident=ASSAULT, wording="over the past week")
    drone = make_figure(3, id="FG-4", **CHINESE)
    return [
        told(1, "AR-1", "2025-12-01", BOTH, *in_both, derived, assertions=[when], attributed_to_as="Afghan citizens"),
        told(2, "AR-1", "2025-12-01", [DRONE], drone, act="report"),
    ]


def coordination():
    """PC, in the week of 1 December 2025."""
    more_than_five = make_figure(6, id="FG-5", high=None, incidents=BOTH, **CHINESE)
    confirmed = make_figure(6, id="FG-6", high=None, incidents=BOTH, **CHINESE)
    others = make_figure(5, id="FG-7", measure="injured", incidents=BOTH, wording="five others")
    when = day("2025-11-24", "2025-11-30", incident=ASSAULT, wording="last week")
    return [
        told(3, "AR-2", "2025-12-01", BOTH, more_than_five, others, act="report", assertions=[when]),
        told(4, "AR-2", "2025-12-01", BOTH, confirmed, origin=CHINA, act="confirmation"),
        told(5, "AR-2", "2025-12-02", BOTH, origin=TALIBAN, act="condemnation", attributed_to_as="certain circles"),
        told(6, "AR-2", "2025-12-02", BOTH, act="accusation", attributed_to_as="malicious groups that seek to worsen relations"),
    ]


def rising_tensions():
    """TR, in the last week of December 2025."""
    several = make_wording(id="FG-8", incidents=BOTH, **CHINESE)
    dead, intruders = make_figure(5, id="FG-9", incidents=[CLASH]), make_figure(3, id="FG-10", incidents=[CLASH], group="armed_group")
    iskp = {"id": "AC-20", "name": "Islamic State Khorasan Province"}
    return [
        told(7, "AR-3", "2025-12-25", BOTH, several, origin=NARRATION, act="report", attribution="none"),
        told(8, "AR-3", "2025-12-25", [DRONE], origin=NARRATION, act="report", assertions=[day("2025-11-26", incident=DRONE)]),
        told(9, "AR-3", "2025-12-25", [ASSAULT], origin=NARRATION, act="report", assertions=[make_assertion(wording="just days later")]),
        told(10, "AR-3", None, BOTH, origin=TALIBAN, act="condolence", attributed_to_as="unidentified armed groups"),
        told(11, "AR-3", None, BOTH, origin=NARRATION, act="assessment", attribution="unnamed", attributed_to=iskp),
        told(
            12,
            "AR-3",
            "2025-12-25",
            [CLASH],
            dead,
            intruders,
            act="claim",
            assertions=[day("2025-12-23", role="crossing"), day("2025-12-24")],
            labels=[make_label("intruders", DEAD_OF_I3)],
        ),
    ]


def joint_investigation():
    """JI, on or after Saturday 27 December 2025."""
    dead = make_figure(5, id="FG-11", incidents=[CLASH])
    guards = make_figure(2, id="FG-12", incidents=[CLASH], group="state_forces", nationality="TJ")
    crossed = make_figure(3, id="FG-13", incidents=[CLASH], group="armed_group")
    concern = {"attributed_to_as": "some malicious actors"}
    return [
        told(13, "AR-4", "2025-12-27", [CLASH], origin=TALIBAN, act="announcement"),
        told(14, "AR-4", "2025-12-26", [CLASH], dead, guards, crossed, labels=[make_label("terrorists", DEAD_OF_I3)]),
        told(15, "AR-4", "2025-12-27", [CLASH], origin=TALIBAN, act="assessment", **concern),
        told(
            16,
            "AR-4",
            "2025-12-27",
            [CLASH],
            origin=NARRATION,
            act="report",
            assertions=[day("2025-12-25", wording="last Thursday")],
            labels=[make_label("militants", DEAD_OF_I3)],
        ),
    ]


def four_neutralized():
    """FN, published Sunday 18 January 2026."""
    five = make_figure(5, id="FG-15", incidents=BOTH, **CHINESE)
    wounded = make_wording(id="FG-16", measure="injured", incidents=BOTH)
    derived = {"calculation": "5 − 3", "derived_from": ["FG-15", "FG-4"], "verdict": "preferred"}
    two = make_figure(2, id="FG-17", incidents=[ASSAULT], **derived, **CHINESE)
    when = day("2025-11-16", "2025-12-15", incident=ASSAULT, wording="late November and early December")
    four = make_figure(4, id="FG-14", incidents=[FOUR], group="armed_group", wording="neutralized")
    return [
        told(17, "AR-5", "2026-01-18", [FOUR], four, act="announcement"),
        told(18, "AR-5", "2026-01-18", [FOUR], act="claim"),
        told(19, "AR-5", "2026-01-18", BOTH, five, wounded, two, origin=NARRATION, act="report", assertions=[when]),
    ]


def afp_tally():
    covers = {"start": "2025-11-01", "end": "2026-01-18", "place": None, "incidents_low": 5, "incidents_high": None}
    note = {"note": "The tally is taken to include Sunday's four."}
    sixteen = make_figure(16, id="FG-18", incidents=[])
    return make_statement(sixteen, id="ST-20", act="tally", said_on="2026-01-18", article="AR-5", covers=covers | note)


DATES = {
    DRONE: ("2025-11-26", None),
    ASSAULT: ("2025-11-27", "2025-12-01"),
    CLASH: ("2025-12-24", None),
    FOUR: ("2026-01-12", "2026-01-18"),
}
UNSTATED = {"id": "tajikistan", "province": None, "province_name": "", "country": "TJ", "country_name": "Tajikistan"}
ARTICLES = [frontier, coordination, rising_tensions, joint_investigation, four_neutralized]


def record(articles=5):
    """The incident documents after so many of the five articles; an incident is known once a statement is about it."""
    statements = [pair for article in ARTICLES[:articles] for pair in article()]
    found = []
    for number, (start, end) in DATES.items():
        about_it = [statement for about, statement in statements if number in about]
        place = {"place": UNSTATED} if number in BOTH else {}
        if about_it:
            found.append(make_document(number, about_it, start, end, **place))
    return found

"""Drawn statements for the properties of the rules: every mix of origins, dates, verdicts and links that the desk allows."""

from hypothesis import strategies as st

from tests.incidents.claims import AGENCY, CHINA, NARRATION, TAJIKISTAN, TALIBAN, make_figure, make_statement

ID, OTHER = "BW-2025-0001", "BW-2025-0002"
ACTS = ["report", "claim", "confirmation", "condemnation", "denial", "tally"]
PEOPLE = [("all", ""), ("all", "CN"), ("all", "TJ"), ("civilians", ""), ("civilians", "CN"), ("state_forces", ""), ("state_forces", "TJ")]


@st.composite
def spans(draw):
    """low, best, high: any best that may be missing, any high that may be open; or a wording without a number."""
    low = draw(st.none() | st.integers(0, 6))
    if low is None:
        return {"low": None, "best": None, "high": None, "wording": draw(st.sampled_from(["several", "a number of"]))}
    best = draw(st.none() | st.integers(low, low + 3))
    high = draw(st.none() | st.integers(low if best is None else best, low + 6))
    return {"low": low, "best": best, "high": high}


@st.composite
def figures(draw, incidents=((ID,), (ID,), (ID,), (OTHER,), (ID, OTHER))):
    group, nationality = draw(st.sampled_from(PEOPLE))
    return {
        **draw(spans()),
        "group": group,
        "nationality": nationality,
        "measure": draw(st.sampled_from(["killed", "killed", "killed", "injured"])),
        "incidents": list(draw(st.sampled_from(incidents))),
        "adds": draw(st.sampled_from([False, False, False, True])),
        "verdict": draw(st.sampled_from(["auto", "auto", "auto", "preferred", "excluded"])),
    }


@st.composite
def statement_fields(draw):
    return {
        "origin": draw(st.sampled_from([TAJIKISTAN, CHINA, TALIBAN, AGENCY, NARRATION])),
        "article": draw(st.sampled_from(["AR-1", "AR-2"])),
        "reliability": draw(st.sampled_from("ABCDEF")),
        "credibility": draw(st.sampled_from([None, None, 1, 2, 6])),
        "said_on": draw(st.sampled_from([None, "2025-12-01", "2025-12-02", "2025-12-03"])),
        "act": draw(st.sampled_from(ACTS)),
        "denies": draw(st.sampled_from(["", "", "", "occurrence", "responsibility"])),
        "certainty": draw(st.sampled_from(["certain", "certain", "certain", "probable"])),
        "retracted_on": draw(st.sampled_from([None, None, None, "2025-12-09"])),
    }


@st.composite
def statements(draw, figure=figures(), most=5):  # noqa: B008  (a strategy is made once)
    """The statements of an incident document; a later one may supersede an earlier one, and a bucket has one preferred figure at most."""
    drawn = draw(st.lists(st.tuples(statement_fields(), st.lists(figure, max_size=3)), max_size=most))
    found, preferred = [], set()
    for place, (fields, given) in enumerate(drawn, start=1):
        superseded = draw(st.none() | st.integers(1, place)) if place > 1 else None
        supersedes = f"ST-{superseded}" if superseded and superseded < place else None
        own = [numbered(one, f"FG-{place}{count}", preferred) for count, one in enumerate(given)]
        found.append(make_statement(*own, id=f"ST-{place}", supersedes=supersedes, **fields))
    return found


def numbered(figure, number, preferred):
    """The figure with its id; no longer preferred where another of the same bucket is."""
    bucket = (figure["measure"], figure["group"], figure["nationality"], tuple(figure["incidents"]))
    verdict = "auto" if figure["verdict"] == "preferred" and bucket in preferred else figure["verdict"]
    if verdict == "preferred":
        preferred.add(bucket)
    return make_figure(**{**figure, "verdict": verdict, "id": number})

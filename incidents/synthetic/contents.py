"""The contents of made-up records: the fields of content.py with values that chance picks. No word of it reports anything."""

import datetime
from functools import cache
from itertools import accumulate, product

from incidents.models import Actor, Incident, Statement
from sources.models import Source

SUMMARY = 80
"""Words in a summary."""
FREQUENT = (
    "border guards said that armed men crossed the river near a village at night and fired on a post killed wounded workers company "
    "province district officials reported statement forces attack drone camp road police commander patrol shots hours later residents "
    "told agency government ministry condemned called investigation returned weapons seized group"
).split()
SYLLABLES = "ba da fa ga ha ja ka la ma na pa qa ra sa ta va za bo do go ko lo mo no ro sho zo chi di li mi ni ri shi ti zi".split()
ACTS = ("report",) * 5 + ("claim",) * 4 + ("confirmation",) * 2 + ("condemnation", "attribution", "denial", "demand", "condolence")
KINDS = ("armed_clash",) * 4 + ("border_crossing",) * 3 + ("drone_strike", "shelling", "attack_on_civilians", "arrest", "seizure")
PRECISION_OF_PLACE = {"settlement": 1, "crossing": 1, "district": 3, "province": 4, "country": 6, "feature": 5}


RARE = 20_000


@cache
def words_of_syllables():
    return ["".join(syllables) for syllables in product(SYLLABLES, repeat=3)]


@cache
def vocabulary():
    """Some forty frequent words, then 20,000 rare ones."""
    return FREQUENT + words_of_syllables()[:RARE]


@cache
def weights(count):
    """Zipf's law, summed up for random.choices: the second is half as frequent as the first, the third a third."""
    return list(accumulate(1 / place for place in range(1, count + 1)))


class Picking:
    """Chance, by Zipf's law."""

    def __init__(self, chance):
        self.chance = chance

    def several(self, of, count):
        """Up to `count` different ones, the first of them most often."""
        return list(dict.fromkeys(self.chance.choices(of, cum_weights=weights(len(of)), k=count)))

    def one(self, of):
        return self.several(of, 1)[0]

    def words(self, count):
        """`count` words as sentences of ten."""
        known = vocabulary()
        found = self.chance.choices(known, cum_weights=weights(len(known)), k=count)
        sentences = [" ".join(found[start : start + 10]).capitalize() for start in range(0, count, 10)]
        return ". ".join(sentences) + "."

    def name(self):
        """A made-up name of a village or a nickname."""
        return self.chance.choice(vocabulary()[len(FREQUENT) :]).capitalize()

    def full_name(self):
        """A made-up name of someone who speaks or publishes: of words that stand nowhere else."""
        return " ".join(self.chance.choice(words_of_syllables()[RARE:]).capitalize() for _one in range(2))


def day_text(day, within, chance):
    """A day up to `within` days later."""
    return (day + datetime.timedelta(days=chance.randrange(within))).isoformat()


def source(pick, place):
    name = f"{pick.full_name()} {place}"
    return {
        "name": name,
        "slug": name.lower().replace(" ", "-"),
        "kind": pick.chance.choice(Source.Kind.values),
        "country": pick.chance.choice(("TJ", "AF", "RU", "")),
        "languages": ["en"],
        "url": f"https://{place}.example/",
        "ownership": "",
        "scale": "",
        "reliability": pick.chance.choice("ABCDF"),
        "reliability_reason": "",
        "reliability_assessed_on": None,
        "translations": {},
        "logo": None,
    }


def actor(pick, place, parent, outlets):
    name = f"{pick.full_name()} {place}"
    return {
        "name": name,
        "slug": name.lower().replace(" ", "-"),
        "kind": pick.chance.choice(Actor.Kind.values),
        "country": pick.chance.choice(("TJ", "AF", "")),
        "description": pick.words(20),
        "aliases": [pick.full_name()],
        "external_ids": {},
        "translations": {},
        "parent": parent,
        "outlets": outlets,
        "offices": [],
        "image": None,
    }


def article(pick, day, uid, source, cited):
    return {
        "headline": pick.words(8),
        "url": f"https://example.org/{uid}",
        "archive_url": "",
        "byline": "",
        "language": "en",
        "published_on": day_text(day, 4, pick.chance),
        "published_precision": 1,
        "summary": "",
        "retracted_on": None,
        "retraction_notice": "",
        "translations": {},
        "source": source,
        "origin": None,
        "cites": cited,
        "duplicate_of": None,
        "image": None,
    }


def incident(pick, day, place, who, according_to):
    slug, kind = place
    what = pick.chance.choice(KINDS)
    title = f"{dict(Incident.Kind.choices)[what]} near {pick.name()}, {day.isoformat()}"
    return {
        "title": title,
        "slug": "-".join(title.lower().replace(",", "").split()),
        "kind": what,
        "means": ["firearms"] if pick.chance.random() < 0.5 else [],
        "summary": pick.words(SUMMARY),
        "started_on": day.isoformat(),
        "ended_on": None,
        "local_time": None,
        "latitude": None,
        "longitude": None,
        "where_description": pick.words(5),
        "content_warning": "",
        "external_ids": {},
        "translations": {},
        "date_precision": 1,
        "place": slug,
        "place_precision": PRECISION_OF_PLACE[kind],
        "launched_from": None,
        "image": None,
        "participations": [
            {"described_as": "", "role": role, "actor": uid, "according_to": according_to}
            for role, uid in zip(("alleged_attacker", "target"), who, strict=False)
        ],
    }


def statement(pick, day, article, speaker, incident):
    act = pick.chance.choice(ACTS)
    return {
        **dict.fromkeys(("speaker_as", "speaker_title", "original_text", "original_language", "translated_by"), ""),
        **dict.fromkeys(("attributed_to_as", "covers_note", "outcome", "outcome_reason"), ""),
        **dict.fromkeys(("covers_start", "covers_end", "incidents_low", "incidents_high", "retracted_on", "about_place", "covers_place")),
        **dict.fromkeys(("released_through", "based_on", "attributed_to", "in_reply_to", "supersedes", "outcome_statement")),
        "attribution": "named" if speaker else "outlet",
        "act": act,
        "denies": "responsibility" if act == "denial" else "",
        "said_on": day_text(day, 4, pick.chance),
        "said_precision": 1,
        "quote": pick.words(12),
        "text": pick.words(15),
        "language": "en",
        "credibility": pick.chance.choice((1, 2, 3, 6, None)),
        "translations": {},
        "article": article,
        "speaker": speaker,
        "on_behalf_of": None,
        "incidents": [{"incident": incident, "certainty": "certain"}],
        "figures": list(figures(pick, incident)) if act in Statement.Act.values[:3] else [],
        "labels": [{"described": "the attackers", "words": pick.name(), "language": "en", "actor": None}],
        "assertions": [],
    }


def figures(pick, incident):
    """Killed, and of two in three the injured too."""
    for measure in ("killed", "injured")[: pick.chance.choice((1, 2, 2))]:
        low = int(pick.chance.expovariate(0.4))
        high = low + pick.chance.choice((0, 0, 0, 1, 2))
        yield {
            "measure": measure,
            "group": pick.chance.choice(("all", "civilians", "state_forces", "armed_group")),
            "nationality": pick.chance.choice(("", "", "TJ", "AF", "CN")),
            "low": low,
            "best": low,
            "high": high,
            "wording": f"{low} people",
            "adds": False,
            "calculation": "",
            "verdict": "auto",
            "verdict_reason": "",
            "incident": incident,
            "party": None,
            "derived_from": [],
        }

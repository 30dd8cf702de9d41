"""What our codes are called in other data sets. docs/api.md shows these tables; ACLED Codebook 2024, UCDP GED Codebook 23.1.

Each kind is one ACLED (event_type, sub_event_type) and one UCDP type_of_violence: 1 state-based, 2 non-state, 3 one-sided.
"""

ACLED_EVENTS = {
    "armed_clash": ("Battles", "Armed clash"),
    "drone_strike": ("Explosions/Remote violence", "Air/drone strike"),
    "shelling": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "attack_on_civilians": ("Violence against civilians", "Attack"),
    "border_crossing": ("Strategic developments", "Other"),
    "explosive_device": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "abduction": ("Violence against civilians", "Abduction/forced disappearance"),
    "arrest": ("Strategic developments", "Arrests"),
    "seizure": ("Strategic developments", "Disrupted weapons use"),
    "other": ("Strategic developments", "Other"),
}
UCDP_VIOLENCE = {
    "armed_clash": 1,
    "drone_strike": 3,
    "shelling": 1,
    "attack_on_civilians": 3,
    "border_crossing": 1,
    "explosive_device": 1,
    "abduction": 3,
    "arrest": 1,
    "seizure": 1,
    "other": 1,
}
ACLED_INTER = {
    "state_forces": "State forces",
    "state_body": "State forces",
    "armed_group": "Political militia",
    "person": "Civilians",
    "community": "Civilians",
    "company": "Civilians",
    "media": "Civilians",
    "intergovernmental": "External/Other forces",
}
"""Kind of actor → ACLED inter; like ACLED, armed groups of which no more is known are political militias."""
CIVILIAN_KINDS = {"person", "community", "company", "media"}
STATE_KINDS = {"state_forces", "state_body"}
ACLED_DATES = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
"""date_precision → time_precision: exact day, week, month."""
ACLED_PLACES = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 3}
"""place_precision → geo_precision: the town itself, part of a region, a larger region."""
ACLED_REGION = "Caucasus and Central Asia"
UCDP_REGION = "Asia"
ISO_NUMBERS = {"TJ": 762, "AF": 4, "UZ": 860, "KG": 417, "CN": 156, "PK": 586, "TM": 795}
GLEDITSCH_WARD = {"TJ": 702, "AF": 700, "UZ": 704, "KG": 703, "CN": 710, "PK": 770, "TM": 701}
"""Country numbers that UCDP uses."""

"""Files of other data sets as tests need them: the real columns in the real order, invented events."""

import csv

GED_23 = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id "
    "dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 priogrid_gid country "
    "country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low "
    "gwnoa gwnob longitude latitude"
).split()
GED_19 = (
    "id year active_year type_of_violence conflict_new_id conflict_name dyad_new_id dyad_name side_a_new_id side_a side_b_new_id gwnob "
    "side_b number_of_sources source_article source_office source_date source_headline source_original where_prec where_coordinates "
    "adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end "
    "deaths_a deaths_b deaths_civilians deaths_unknown low best high"
).split()
ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 "
    "assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude "
    "geo_precision source source_scale notes fatalities tags timestamp"
).split()
GED_EVENT = {
    "type_of_violence": 1,
    "dyad_name": "Government of Examplia - Front",
    "side_a": "Government of Examplia",
    "side_a_new_id": 901,
    "side_b": "Front",
    "side_b_new_id": 902,
    "gwnoa": 999,
    "source_article": "Agency 3/4-11",
    "source_date": "1753-01-01",
    "where_prec": 1,
    "where_coordinates": "Lower village",
    "country": "Examplia",
    "date_prec": 1,
    "date_start": "2011-04-03T00:00:00",
    "date_end": "2011-04-03T00:00:00",
    "latitude": 5.25,
    "longitude": 26.5,
}
ACLED_EVENT = {
    "event_date": "03 April 2011",
    "time_precision": 1,
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Examplia (2001-)",
    "inter1": 1,
    "actor2": "Front",
    "inter2": 2,
    "country": "Examplia",
    "location": "Lower village",
    "latitude": 5.25,
    "longitude": 26.5,
    "geo_precision": 1,
    "source": "Agency",
    "notes": "On 3 April 2011, soldiers and the Front fought.",
    "fatalities": 4,
}


def make_ged(key=1, best=3, **values):
    """One GED event: `best` dead of side B unless `values` say otherwise."""
    deaths = {"deaths_a": 0, "deaths_b": best, "deaths_civilians": 0, "deaths_unknown": 0, "low": best, "best": best, "high": best}
    return GED_EVENT | {"id": key} | deaths | values


def make_acled(key="EXA1", **values):
    return ACLED_EVENT | {"event_id_cnty": key} | values


def write_csv(path, rows, columns=GED_23):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path

"""Public code cannot reach the desk: a module is public unless it stands on the desk's list, so a new one is safe by default."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DESK_NAMES = ("incidents.models", "sources.models", "incidents.content", "sources.content", "borderwatch.records")
DESK_NAMES += ("borderwatch.publishing", "borderwatch.planning", "borderwatch.merging", "borderwatch.sealing")
DESK_NAMES += ("borderwatch.rehearsing", "borderwatch.scheduling", "borderwatch.retracting", "incidents.correcting")
DESK_NAMES += ("borderwatch.models.desk", "borderwatch.models.Comment", "borderwatch.models.ScheduledPublication")
DESK_NAMES += ("borderwatch.models.SealRequest", "borderwatch.models.Identity", "borderwatch.models.IdentityLook")
"""What only desk modules may import."""

DESK = {
    "borderwatch/apps.py": "connects the refusal to delete",
    "borderwatch/records.py": "the desk's base record",
    "borderwatch/models/desk.py": "comments and scheduled publications",
    "borderwatch/models/__init__.py": "names the models of its rooms",
    "borderwatch/comments.py": "what colleagues say",
    "borderwatch/two_persons.py": "who may publish what was changed on the desk",
    "borderwatch/protection.py": "the identities of protected sources",
    "borderwatch/planning.py": "from the desk to the ledger",
    "borderwatch/publishing.py": "from the desk to the ledger",
    "borderwatch/merging.py": "from the desk to the ledger",
    "borderwatch/sealing.py": "from the desk to the ledger",
    "borderwatch/asking_to_seal.py": "two people of the desk agree",
    "borderwatch/put_back.py": "saves desk records as they stood",
    "borderwatch/admin.py": "the desk's forms",
    "borderwatch/rehearsing.py": "tries what an edit would publish",
    "borderwatch/scheduling.py": "from the desk to the ledger, at an hour",
    "borderwatch/retracting.py": "from the desk to the ledger",
    "incidents/correcting.py": "from the desk to the ledger",
    "borderwatch/moving.py": "asks whether the desk is empty before it is filled",
    "borderwatch/restoring.py": "asks whether the desk is empty before it is overwritten",
    "incidents/derivations.py": "figures computed from others",
    "incidents/dismissals.py": "known unknowns that somebody set aside",
    "incidents/demo.py": "enters the demo on the desk",
    "incidents/synthetic.py": "writes a made-up ledger",
    "incidents/synthetic_contents.py": "reads the desk's lists of codes",
    "incidents/synthetic_copies.py": "writes a made-up ledger",
    "incidents/synthetic_families.py": "reads a made-up ledger and the names of places",
    "incidents/imports": "enters the events of other data sets on the desk",
    "incidents/models": "the desk",
    "incidents/content.py": "from the desk to the ledger",
    "incidents/admin": "the desk's forms",
    "incidents/roles.py": "permissions of the desk",
    "incidents/places.py": "places are public reference data: Place alone",
    "sources/models.py": "the desk",
    "sources/similar.py": "finds articles on the desk that may be one",
    "incidents/similar.py": "finds incidents on the desk that may be one",
    "sources/content.py": "from the desk to the ledger",
    "sources/admin.py": "the desk's forms",
    "borderwatch/desk": "the desk's forms",
    "borderwatch/desk.py": "the desk's forms",
    "incidents/management": "commands",
    "sources/management": "commands",
    "borderwatch/management": "commands",
}


def public_modules():
    for app in ("borderwatch", "incidents", "sources"):
        for path in sorted((ROOT / app).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if "/migrations/" not in name and not any(name == desk or name.startswith(f"{desk}/") for desk in DESK):
                yield name


def imported(name):
    """Every module that a module imports, at its top or inside a function."""
    for node in ast.walk(ast.parse((ROOT / name).read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("name", list(public_modules()))
def test_a_public_module_imports_no_desk_model(name):
    reached = {module for module in imported(name) if any(module == desk or module.startswith(f"{desk}.") for desk in DESK_NAMES)}
    assert not reached, f"{name} is public and imports {reached}: read the public tables instead"


def test_places_are_the_one_exemption():
    desk = [module for module in imported("incidents/places.py") if module.startswith("incidents.models")]
    assert desk == ["incidents.models.place.Place"]


def test_sources_never_import_incidents_and_the_base_imports_neither():
    for app, forbidden in (("sources", ("incidents",)), ("borderwatch", ("incidents", "sources"))):
        for path in (ROOT / app).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if name in ("borderwatch/urls.py", "borderwatch/settings.py", "borderwatch/api/urls.py"):
                continue
            reached = {module for module in imported(name) if module.split(".")[0] in forbidden}
            assert not reached, f"{name} imports {reached}"

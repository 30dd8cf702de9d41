"""Public code cannot reach the desk: a module is public unless it stands on the desk's list, so a new one is safe by default."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DESK_NAMES = ("incidents.models", "incidents.content", "incidents.desk", "sources.models", "sources.content")
DESK_NAMES += ("borderwatch.records", "borderwatch.publishing", "borderwatch.desk", "borderwatch.models.desk")
DESK_NAMES += tuple(f"borderwatch.models.{name}" for name in ("Comment", "ScheduledPublication", "SealRequest", "Identity", "IdentityLook"))
"""What only desk modules may import."""

DESK = {
    "borderwatch/apps.py": "connects the refusal to delete",
    "borderwatch/records.py": "the desk's base record",
    "borderwatch/models/desk.py": "comments and scheduled publications",
    "borderwatch/models/__init__.py": "names the models of its rooms",
    "borderwatch/comments.py": "what colleagues say",
    "borderwatch/protection.py": "the identities of protected sources",
    "borderwatch/benchmark/writing.py": "publishes and imports, to be timed",
    "borderwatch/publishing": "from the desk to the ledger",
    "borderwatch/desk": "the desk's forms",
    "borderwatch/urls.py": "the addresses of the desk stand beside the others",
    "borderwatch/admin.py": "the desk's forms",
    "borderwatch/operating/moving.py": "asks whether the desk is empty before it is filled",
    "borderwatch/operating/restoring.py": "asks whether the desk is empty before it is overwritten",
    "incidents/demo.py": "enters the demo on the desk",
    "incidents/imports": "enters the events of other data sets on the desk",
    "incidents/synthetic": "writes a made-up ledger",
    "incidents/models": "the desk",
    "incidents/desk": "what editors are helped with",
    "incidents/content.py": "from the desk to the ledger",
    "incidents/admin": "the desk's forms",
    "incidents/roles.py": "permissions of the desk",
    "incidents/places.py": "places are public reference data: Place alone",
    "sources/models.py": "the desk",
    "sources/similar.py": "finds articles on the desk that may be one",
    "sources/content.py": "from the desk to the ledger",
    "sources/admin.py": "the desk's forms",
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

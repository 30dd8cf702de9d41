"""What axe says of a page: its rules for WCAG 2.2 A and AA, and its good practice."""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
SEVERE = ("serious", "critical")


def open_folds(page):
    """Open every fold of the page, once all of it is there."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")


def violations(page, impacts=None, rules=None):
    """A line for every element of the page that breaks a rule; `impacts`: only of these; `rules`: {rule: enabled} if unusual."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    options = {"resultTypes": ["violations"], "rules": {name: {"enabled": on} for name, on in (rules or {}).items()}}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        if impacts is None or rule["impact"] in impacts
        for node in rule["nodes"]
    ]

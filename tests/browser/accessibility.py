"""What axe says of a page: its rules for WCAG 2.2 A and AA, and its good practice."""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
SEVERE = ("serious", "critical")
LOOK = """async ({ rules, isEach }) => {
    const told = { resultTypes: ["violations"] };
    const isAsked = rules["color-contrast"]?.enabled ?? true;
    const found = await axe.run(document, { ...told, rules: isEach ? rules : { ...rules, "color-contrast": { enabled: false } } });
    if (isEach || !isAsked) return found.violations;
    const contrast = await axe.run({ include: unalike() }, { ...told, runOnly: ["color-contrast"] });
    return found.violations.concat(contrast.violations);

    function unalike() {
        const seen = new Map();
        const named = (element) => `${element.tagName}.${element.getAttribute("class") ?? ""}`;
        return [...document.body.querySelectorAll("*")].filter((element) => {
            const hasWords = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
            if (!hasWords && !element.matches("input, select, textarea")) return false;
            const way = [];
            for (let part = element; part && way.length < 4; part = part.parentElement) way.push(named(part));
            seen.set(way.join(), (seen.get(way.join()) ?? 0) + 1);
            return seen.get(way.join()) <= 3;
        });
    }
}"""
"""Contrast takes axe most of its time: of elements alike in name and classes, up to three levels above, it measures three."""


def open_folds(page):
    """Open every fold of the page, once all of it is there."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")


def violations(page, impacts=None, rules=None, is_each=False):
    """A line for every element of the page that breaks a rule.

    `impacts`: only of these; `rules`: {rule: enabled} if unusual; `is_each`: measure the contrast of elements that are alike one by one.
    """
    page.wait_for_load_state()
    page.evaluate(AXE)
    found = page.evaluate(LOOK, {"rules": {name: {"enabled": on} for name, on in (rules or {}).items()}, "isEach": is_each})
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        if impacts is None or rule["impact"] in impacts
        for node in rule["nodes"]
    ]

"""Reading the catalogues of translations and what the code asks of them, without GNU gettext, which readers of the code need not have."""

import ast
import gettext
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CALLS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "ngettext": 0, "ngettext_lazy": 0, "pgettext": 1, "pgettext_lazy": 1}
"""What a translating call is named, and which of its arguments is the text; where it is the second, the first is the context."""


@dataclass
class Entry:
    """One text of a catalogue: its context, the English, the English plural, and the translation in each form."""

    context: str = ""
    text: str = ""
    plural: str = ""
    forms: dict[int, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)

    @property
    def key(self):
        return f"{self.context}\x04{self.text}" if self.context else self.text


def path_of(language, ending):
    return ROOT / "locale" / language / "LC_MESSAGES" / f"django.{ending}"


def entries(language):
    """Every entry of the language's .po file, its header first."""
    blocks = re.split(r"\n\s*\n", path_of(language, "po").read_text(encoding="utf-8"))
    return [entry_of(block) for block in blocks if re.search("^msgid", block, re.M)]


def entry_of(block):
    entry, names = Entry(), {"msgctxt": "context", "msgid": "text", "msgid_plural": "plural"}
    for line in re.findall(r"^#,.*$", block, re.M):
        entry.flags |= {flag.strip() for flag in line[2:].split(",")}
    for name, number, quoted in re.findall(r'^(msg\w+)(?:\[(\d)\])?\s+((?:"(?:[^"\\]|\\.)*"\s*)+)', block, re.M):
        text = "".join(map(ast.literal_eval, re.findall(r'"(?:[^"\\]|\\.)*"', quoted)))
        if name == "msgstr":
            entry.forms[int(number or 0)] = text
        else:
            setattr(entry, names[name], text)
    return entry


def source(language):
    """What the .po file says a compiled catalogue holds: key (with its form, where there are several) → translation."""
    found = {}
    for entry in entries(language):
        if all(entry.forms.values()) and "fuzzy" not in entry.flags:
            found |= {(entry.key, number) if entry.plural else entry.key: text for number, text in entry.forms.items()}
    return found


def compiled(language):
    """What the .mo file holds, the same way."""
    with path_of(language, "mo").open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)


# What the code asks for


def asked_in_python(text):
    """Keys of the texts that a module marks for translation."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS and node.args:
            given = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            at = CALLS[node.func.id]
            if len(given) > at:
                yield f"{given[0]}\x04{given[1]}" if at else given[0]


def asked_in_template(text):
    """Keys of the texts that a template marks for translation."""
    pieces = re.findall(r"""\bn?p?gettext\((?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*"|[^()'"])*\)""", templatize(text))
    for piece in pieces:
        yield from asked_in_python(piece)


def asked(paths):
    """Key → the files that ask for it."""
    found = {}
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for key in (asked_in_python if path.suffix == ".py" else asked_in_template)(text):
            found.setdefault(key, []).append(str(path.relative_to(ROOT)))
    return found

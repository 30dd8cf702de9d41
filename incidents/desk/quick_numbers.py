"""Numbers of people as an editor types them: "5 killed; at least 3 CN civilians injured; several missing".

What is read are fields of a Figure. Low ≤ best ≤ high; no high is open ended; no numbers at all needs a wording; nothing is never 0.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from borderwatch.texts.words import people_counted

MEASURES = {
    "killed": "killed dead died deaths fatalities",
    "injured": "injured wounded hurt",
    "missing": "missing disappeared",
    "detained": "detained arrested held",
}
GROUPS = {
    "civilians": "civilian civilians worker workers",
    "state_forces": "soldier soldiers troops officer officers guard guards police state forces servicemen",
    "armed_group": "fighter fighters gunman gunmen armed group",
    "status_unknown": "status unknown",
}
NATIONALS = {
    "TJ": "tajik tajiks tajikistani",
    "AF": "afghan afghans",
    "CN": "chinese",
    "RU": "russian russians",
    "UZ": "uzbek uzbeks",
    "IR": "iranian iranians",
    "PK": "pakistani pakistanis",
    "KG": "kyrgyz",
}
COUNTS = {
    word: number for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split()) if number
}
UNCOUNTED = "several many some few dozens scores hundreds thousands numerous"
FILLERS = {"people", "person", "persons", "of", "the", "were", "was", "border", "a", "national", "nationals"}


def meanings(table):
    return {word: code for code, words in table.items() for word in words.split()}


MEASURE_WORDS, GROUP_WORDS, NATIONAL_WORDS = meanings(MEASURES), meanings(GROUPS), meanings(NATIONALS)
NUMBER = rf"(?:\d{{1,6}}|{'|'.join(COUNTS)})"
AMOUNTS = (
    (rf"between ({NUMBER}) and ({NUMBER})", "range"),
    (rf"({NUMBER}) ?(?:-|–|to) ?({NUMBER})", "range"),
    (rf"(?:more than|over) ({NUMBER})", "above"),
    (rf"(?:at least|no fewer than) ({NUMBER})", "from"),
    (rf"({NUMBER}) ?(?:or more|\+)", "from"),
    (rf"(?:about|around|nearly|almost|some) ({NUMBER})", "exact"),
    (rf"({NUMBER})", "exact"),
    (rf"(?:a few|a number of|an unknown number of|{'|'.join(UNCOUNTED.split())})", "words"),
)
"""Pattern → how its numbers are meant; the first that fits the beginning is taken."""
UNBOUNDED = re.compile(r"(?:up to|at most|less than|fewer than|no more than)\b", re.IGNORECASE)
EXAMPLE = "3 CN civilians killed; at least 5 injured; several missing"


def read_figures(text):
    """Fields of the figures that `text` speaks of, one for each part between ";". Raises ValidationError that says what to write."""
    found, problems = [], []
    for part in parts(text):
        try:
            found.append(read_figure(part))
        except ValidationError as refused:
            problems += refused.messages
    if problems:
        raise ValidationError(problems)
    return found


def parts(text):
    """What stands between semicolons (or lines), quoted words left whole."""
    return [part.strip() for part in re.findall(r'(?:"[^"]*"|“[^”]*”|[^;\n])+', text) if part.strip()]


def read_figure(part):
    wording, rest = split_wording(part)
    fields, said, rest = read_amount(rest, part)
    fields |= read_people(rest, part)
    fields["wording"] = wording or said
    return fields


def split_wording(part):
    """The words of the article that stand in quotation marks, and the rest."""
    match = re.search(r'["“]([^"”]+)["”]', part)
    if not match:
        return "", " ".join(part.split())
    return match[1].strip()[:200], " ".join((part[: match.start()] + " " + part[match.end() :]).split())


def read_amount(rest, part):
    """({"low", "best", "high"}, the wording where the number alone would not say it, what is left)."""
    if UNBOUNDED.match(rest):
        message = _("“%(part)s”: without a smallest number it cannot be counted. Write the range as you know it: “1-5 killed”.")
        raise ValidationError(message, params={"part": part})
    for pattern, kind in AMOUNTS:
        match = re.match(rf"{pattern}(?!\w)", rest, re.IGNORECASE)
        if match:
            numbers = [int(COUNTS.get(number.lower(), number)) for number in match.groups()]
            best, rest = read_best(rest[match.end() :].strip())
            return amounts(kind, numbers, best, part), said_so(match[0]), rest
    raise ValidationError(_("“%(part)s” begins with no number. Write it as in “%(example)s”."), params={"part": part, "example": EXAMPLE})


def read_best(rest):
    match = re.match(rf"best ({NUMBER})(?!\w)", rest, re.IGNORECASE)
    return (int(COUNTS.get(match[1].lower(), match[1])), rest[match.end() :].strip()) if match else (None, rest)


def amounts(kind, numbers, best, part):
    low, high = {"range": numbers, "above": [numbers[0] + 1, None] if numbers else None, "from": [*numbers, None]}.get(kind) or (
        (numbers[0], numbers[0]) if numbers else (None, None)
    )
    if kind == "exact" and best is None:
        best = low
    known = [number for number in (low, best, high) if number is not None]
    if known != sorted(known) or (low is None and known):
        raise ValidationError(_("“%(part)s”: the smallest number comes first, as in “5-6 best 5 killed”."), params={"part": part})
    return {"low": low, "best": best, "high": high}


def said_so(words):
    """The wording to keep: none where the numbers say the same."""
    return "" if re.fullmatch(rf"{NUMBER}|\d+ ?[-–] ?\d+", words, re.IGNORECASE) and words[0].isdigit() else words.lower()


def read_people(rest, part):
    """{"measure", "group", "nationality"}, in whatever order they are named."""
    fields, unknown = {"measure": "", "group": "all", "nationality": ""}, []
    for word in re.findall(r"[^\s,.]+", rest):
        name, code = meaning(word)
        if name:
            fields[name] = code
        elif word.lower() not in FILLERS:
            unknown.append(word)
    if unknown:
        message = _("“%(words)s” is not understood in “%(part)s”. Write “%(example)s”; the article’s own words go in quotation marks.")
        raise ValidationError(message, params={"words": " ".join(unknown), "part": part, "example": EXAMPLE})
    if not fields["measure"]:
        message = _("“%(part)s”: say what happened to them: killed, injured, missing or detained.")
        raise ValidationError(message, params={"part": part})
    return fields


def meaning(word):
    """(field, code) of a word, or (None, None). Two capital letters are a country."""
    if re.fullmatch("[A-Z]{2}", word):
        return "nationality", word
    for name, words in (("measure", MEASURE_WORDS), ("group", GROUP_WORDS), ("nationality", NATIONAL_WORDS)):
        if word.lower() in words:
            return name, words[word.lower()]
    return None, None


# The way back


WRITTEN_GROUPS = {code: code.replace("_", " ") for code in GROUPS}


def written(figure):
    """A figure's numbers as this module reads them."""
    amount, said = written_amount(figure)
    words = [amount, figure.nationality, WRITTEN_GROUPS.get(figure.group, ""), figure.measure]
    if figure.wording and figure.wording != said:
        words.append(f'"{figure.wording}"')
    return " ".join(word for word in words if word)


def is_written(figure):
    """Whether reading what `written` gives would give the figure again."""
    try:
        read = read_figure(written(figure))
    except ValidationError:
        return False
    same = all(read[name] == getattr(figure, name) for name in ("measure", "group", "nationality", "low", "high", "wording"))
    return same and (read["best"] or read["low"]) == (figure.best or figure.low)


def written_amount(figure):
    """(the amount, the wording that reading it would give)."""
    low, best, high, wording = figure.low, figure.best, figure.high, figure.wording
    if low is None:
        is_known = re.fullmatch(AMOUNTS[-1][0], wording, re.IGNORECASE)
        return (wording, wording.lower()) if is_known else ("several", "several")
    above = f"more than {low - 1}"
    if high is None:
        amount = above if wording.lower() == above else f"at least {low}"
        return (amount if best in (None, low) else f"{amount} best {best}"), amount
    if low == high:
        return str(low), ""
    return (f"{low}-{high}" if best is None else f"{low}-{high} best {best}"), ""


def told(fields):
    """How an entry was read, in words: "civilians, nationals of China killed: 6 or more"."""
    return _("%(people)s: %(amount)s") % {"people": people_counted(fields), "amount": told_amount(**fields)}


def told_amount(low, best, high, wording, **_people):
    if low is None:
        return _("“%(wording)s”, not counted") % {"wording": wording}
    if high is None:
        amount = _("%(low)s or more") % {"low": low}
    else:
        amount = str(low) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
    return amount if best in (None, low) else _("%(amount)s, best %(best)s") % {"amount": amount, "best": best}

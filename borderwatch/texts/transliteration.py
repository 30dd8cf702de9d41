"""Names across scripts and transliterations: Rahmon, Rakhmon, Раҳмон and رحمان sound alike.

Pure. A word's sound is its consonants, with one letter for what one sound is written with (kh, h, x, х, ҳ, خ, ح are all "h"),
because Arabic and Persian script seldom writes vowels. Where both words write their vowels, these may not contradict each other.
"""

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

SHORTEST = 2
"""Consonants (with a vowel at the beginning) that a word needs before it is compared by its sound."""
SHORTEST_BEGINNING = 3
"""The same for a beginning of a word."""


class Sound(NamedTuple):
    """How a word sounds: `keys`, each a reading of its consonants; `vowels`, or None where its script leaves them out."""

    keys: frozenset
    vowels: str | None


def words_of(text):
    """The words of a name, as `sound_of` takes them; initials, figures and what merely joins words are left out."""
    joined = unicodedata.normalize("NFC", str(text)).casefold().replace("\u200c", "").replace("\u200d", "")
    words = re.findall(r"[^\W\d_]+", re.sub(r"[’ʻʼ'`ʿʾ\u0640]", "", strip_marks(joined)))
    return [word for word in words if len(word) > 1 and word not in JOINING]


def sounds_of(text):
    """The Sound of each word of a name."""
    return [sound_of(word) for word in words_of(text)]


@lru_cache(maxsize=20_000)
def sound_keys(text):
    """Every key of every word of a text, in order: what an index of sounds holds and what a query asks it for."""
    return tuple(sorted({key for sound in sounds_of(text) for key in sound.keys if len(key) >= SHORTEST}))


@lru_cache(maxsize=100_000)
def sound_of(word):
    """The Sound of one word, as `words_of` gives it."""
    parts = parts_of(word)
    consonants = [options for options, is_vowel in parts if not is_vowel]
    beginning = [("a",)] if parts and parts[0][1] else []
    vowels = None if is_arabic(word) else "".join(options[0] for options, is_vowel in parts if is_vowel)
    return Sound(frozenset(readings(beginning + consonants)), vowels)


def sounds_like(one, other, begins=False):
    """Whether two Sounds may be one word in two spellings; `begins`: whether the first may be the beginning of the other."""
    shortest = SHORTEST_BEGINNING if begins else SHORTEST
    is_alike = any(
        len(mine) >= shortest and (theirs.startswith(mine) if begins else theirs == mine) for mine in one.keys for theirs in other.keys
    )
    return is_alike and (not one.vowels or not other.vowels or agree(one.vowels, other.vowels, begins))


def likeness(name, other):
    """How much of the longer of two names sounds like words of the shorter: 0 to 1; 0 unless each word of the shorter has its like."""
    shorter, longer = sorted((sounds_of(name), sounds_of(other)), key=len)
    left = list(longer)
    for sound in shorter:
        like = next((one for one in left if sounds_like(sound, one)), None)
        if like is None:
            return 0
        left.remove(like)
    return len(shorter) / len(longer) if shorter else 0


def begins_like(wanted, name):
    """Whether each word of `wanted` sounds like a word of `name` or like the beginning of one."""
    sounds = sounds_of(name)
    asked = sounds_of(wanted)
    return bool(asked) and all(any(sounds_like(one, other, begins=True) or sounds_like(one, other) for other in sounds) for one in asked)


# Letters


def strip_marks(text):
    """Without accents and vowel signs; letters of their own (ҳ, й, š) stay."""
    kept = "".join(SPECIAL.get(letter, letter) for letter in text)
    return "".join(letter for letter in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(letter))


def is_arabic(word):
    return "\u0600" <= word[0] <= "\u06ff"


def parts_of(word):
    """(options, whether it is a vowel) of each sound of a word; an empty option: it may be silent."""
    found = parts_in_arabic(word) if is_arabic(word) else parts_in_letters(word)
    return [part for part, before in zip(found, [None, *found], strict=False) if part != before or is_arabic(word)]


def parts_in_letters(word):
    """Latin and Cyrillic: vowels are written; doubled letters are one sound."""
    latin = "".join(CYRILLIC.get(letter, letter) for letter in word)
    latin = re.sub(r"c(?=[eiy])", "s", re.sub(r"y(?=[aeou])", "", latin))
    parts = []
    for found in SPELLINGS.finditer(latin):
        sound = SPELT.get(found[0], found[0])
        is_silent = (sound == "v" and SILENT_V.match(latin, max(found.start() - 1, 0))) or (sound == "h" and found.end() == len(latin) > 3)
        options = ("h", "ks") if found[0] == "x" else (sound, "") if is_silent else (sound,)
        parts.append((options, sound in VOWELS))
    return parts


def parts_in_arabic(word):
    """Arabic, Persian, Pashto: و and ی may be vowels, ه at the end may be silent."""
    word = word.replace("لله", "له")
    parts = []
    for place, letter in enumerate(word):
        sound = ARABIC.get(letter, "")
        is_last, is_first = place == len(word) - 1, place == 0
        if sound == "v" and not is_first:
            parts.append((("v", ""), False))
        elif letter == "ه" and is_last and len(word) > 2:
            parts.append((("h", ""), False))
        elif sound and (sound not in VOWELS or is_first):
            parts.append(((sound,), sound in VOWELS))
    return parts


def readings(options):
    """Every way to read a word; where there are too many, the fullest and the barest."""
    if sum(len(some) > 1 for some in options) > 3:
        return {"".join(some[0] for some in options), "".join(some[-1] for some in options)}
    return {"".join(some) for some in itertools.product(*options)}


def agree(vowels, others, begins=False):
    """Whether two rows of vowels may be of one word: each alike in its place, or one left out."""
    if begins:
        others = others[: len(vowels)]
    shorter, longer = sorted((vowels, others), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    if len(shorter) == len(longer):
        return all(other in ALIKE[vowel] for vowel, other in zip(shorter, longer, strict=True))
    without_one = (longer[:place] + longer[place + 1 :] for place in range(len(longer)))
    return any(agree(shorter, rest) for rest in without_one)


def pairs(*lines):
    """A dict written as "key:value key:value"."""
    return dict(pair.split(":") for line in lines for pair in line.split())


VOWELS = "aeiou"
ALIKE = {"a": "aoe", "o": "oau", "u": "uo", "e": "eai", "i": "ie"}
"""Vowels that one name is written with in different transliterations."""
JOINING = {"of", "the", "and", "for", "in", "at", "и", "ва", "дар", "по", "в", "و", "در", "د"}

SPECIAL = pairs(
    "ҳ:h қ:q ғ:gh ҷ:j ӯ:u ӣ:i й:i ў:u щ:sh ш:sh ч:ch ж:zh х:kh ц:ts ю:yu я:ya ё:yo э:e ы:i ъ: ь:",
    "і:i ї:i є:e ә:a ө:o ү:u ұ:u ң:n š:sh ş:sh č:ch ç:ch ž:zh ğ:gh ı:i đ:d ø:o ł:l",
)
"""Letters that would lose their sound with their mark or have no single Latin letter, in Latin letters."""
CYRILLIC = dict(zip("абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf", strict=True))
SPELT = pairs(
    "shch:S sch:S sh:S tch:c ch:c dzh:j dj:j zh:j kh:h gh:g ph:f th:t ck:k",
    "q:k w:v x:h oo:u ou:u ee:i y:i c:k",
)
"""Spellings in Latin letters → one letter for the sound."""
SPELLINGS = re.compile("|".join([*sorted(SPELT, key=len, reverse=True), "[a-z]"]))
SILENT_V = re.compile(r"[ao][vw][^aeiouyvw]")
"""Davlat, Dawlat and Daulat are one name."""
BY_SOUND = pairs(
    "a:اآأإىعءئؤ i:یيې b:ب p:پ t:تطټة s:ثسص j:جژ c:چ h:حخهھ d:دډ z:ذزضظځ r:رړ S:شښ g:غگګ f:ف k:قکك l:ل m:م n:نڼ v:و",
)
ARABIC = {letter: sound for sound, letters in BY_SOUND.items() for letter in letters}

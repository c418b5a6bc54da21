"""Surface forms of a verb from its root and form (I-X, Q), in folded spelling without vowels.

News is written without vowels, so a verb is a skeleton of consonants and long vowels. Each weak class (hollow,
defective, assimilated, doubled, hamzated) only changes the few stems below; persons are added alike to all.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

_HAMZA = "ء"
_FOLDED_HAMZA = str.maketrans({"أ": "ء", "إ": "ء", "آ": "ء", "ؤ": "ء", "ئ": "ء"})

# Persons. Vowel endings take the full past stem (قال، قالت، قالوا), consonant endings the short one (قلنا، قلتم).
_PAST_VOWEL = ("", "ت", "ا", "تا", "وا", "و")
_PAST_CONSONANT = ("ت", "نا", "تم", "ن")
_PRESENT_PREFIXES = ("ي", "ت", "ن", "ا")
_PRESENT_PLURAL = ("ون", "وا", "و", "ان", "ا")

# What stands before the root in each form: (past, present, participle).
_PREFIX = {
    "I": ("", "", "م"),
    "II": ("", "", "م"),
    "III": ("", "", "م"),
    "IV": ("ا", "", "م"),
    "V": ("ت", "ت", "مت"),
    "VI": ("ت", "ت", "مت"),
    "VII": ("ان", "ن", "من"),
    "VIII": ("ا", "", "م"),
    "IX": ("ا", "", "م"),
    "X": ("است", "ست", "مست"),
    "Q": ("", "", "م"),
    "QII": ("ت", "ت", "مت"),
    "QIV": ("ا", "", "م"),
}
_EIGHT_INFIX = {"ص": "صط", "ض": "ضط", "ط": "ط", "ظ": "ظ", "د": "د", "ذ": "ذ", "ز": "زد", "و": "ت", "ث": "ث"}


@dataclass(frozen=True, slots=True)
class Stems:
    """The stems that persons are added to. Empty strings are stems the verb does not have.

    ``past`` stands before vowel endings, ``short`` before consonants, ``present`` after the prefix, ``jussive`` in
    its short form; ``passive_past`` and ``passive_present`` only where they are written differently.
    """

    past: str
    short: str
    present: tuple[str, ...]
    jussive: str
    passive_past: str = ""
    passive_present: str = ""
    defective: bool = False
    final: str = ""


@dataclass(frozen=True, slots=True)
class VerbForms:
    """Folded surface forms: ``active`` may also be read as passive where vowels alone differ; ``passive`` may not."""

    active: frozenset[str]
    passive: frozenset[str]


def normal_root(root: str) -> str:
    """``root`` with every seat of hamza as ء."""
    return root.translate(_FOLDED_HAMZA)


@functools.cache
def verb_forms(root: str, form: str) -> VerbForms:
    """All persons, tenses and voices of the verb. Raises ValueError for a root or form that does not exist."""
    stems = stems_of(root, form)
    active = _persons(stems)
    passive = _passive_persons(stems) - active
    return VerbForms(frozenset(active), frozenset(passive))


def stems_of(root: str, form: str) -> Stems:
    """The verb's stems. Raises ValueError for a root or form that does not exist."""
    letters = normal_root(root)
    if form not in _PREFIX or len(letters) != (4 if form.startswith("Q") else 3):
        raise ValueError(f"root {root!r} has no form {form!r}; a form is I-X with three letters, Q or QII with four")
    if form.startswith("Q"):
        return _quadriliteral(letters, form)
    if letters[2] in "وي":
        return _defective(letters, form)
    if letters[1] == letters[2] and form not in ("II", "V"):
        return _doubled(letters, form)
    if letters[1] in "وي" and form in ("I", "IV", "VII", "VIII", "X"):
        return _hollow(letters, form)
    return _sound(letters, form)


def _head(root: str, form: str, *, present: bool) -> str:
    """All that stands before the second root letter."""
    first, prefix = root[0], _PREFIX[form][1 if present else 0]
    if form == "VIII":
        return prefix + _eighth(first, present=present)
    if form in ("III", "VI"):
        return prefix + _third(first, form, present=present)
    if form == "I" and present and first == "و":
        return ""
    if first == _HAMZA:
        return _hamza_first(prefix, form, present=present)
    return prefix + first


def _eighth(first: str, *, present: bool) -> str:
    if first == _HAMZA:
        return "ات" if present else "ئت"
    return _EIGHT_INFIX.get(first, first + "ت")


def _third(first: str, form: str, *, present: bool) -> str:
    if first != _HAMZA:
        return first + "ا"
    return "ا" if form == "VI" else ("ؤا" if present else "ا")


def _hamza_first(prefix: str, form: str, *, present: bool) -> str:
    if form == "IV":
        return "ؤ" if present else "ا"
    return "ؤ" if form == "II" and present else prefix + "ا"


def _middle(root: str, form: str) -> str:
    """The second root letter as written."""
    if root[1] != _HAMZA:
        return root[1]
    return "ء" if form in ("III", "VI") else "ا"


def _sound(root: str, form: str) -> Stems:
    past_head, present_head = _head(root, form, present=False), _head(root, form, present=True)
    middle, last = _middle(root, form), root[2]
    if form == "IX":
        return Stems(past_head + middle + last, past_head + middle + last, (present_head + middle + last,), "")
    passive = _passive_sound(root, form, middle)
    if last == _HAMZA:
        return _hamza_last(past_head + middle, present_head + middle, form)
    past, present = past_head + middle + last, present_head + middle + last
    kept = "و" + middle + last if form == "I" and root[0] == "و" else ""
    return Stems(past, past, (present,), present, passive, kept)


def _passive_sound(root: str, form: str, middle: str) -> str:
    if form in ("III", "VI"):
        return _PREFIX[form][0] + root[0].replace(_HAMZA, "ا") + "و" + middle + root[2].replace(_HAMZA, "ئ")
    return ""


def _hamza_last(past: str, present: str, form: str) -> Stems:
    seat = "ا" if form in ("I", "V", "VI") else "ئ"
    passive = "ا" if seat == "ئ" else ""
    return Stems(
        past + "ا", past + "ا", (present + seat,), present + seat, past + "ئ", present + passive if passive else ""
    )


def _hollow(root: str, form: str) -> Stems:
    past_head, present_head = _head(root, form, present=False), _head(root, form, present=True)
    last = root[2]
    end = {"ء": "ء"}.get(last, last)
    past, short = past_head + "ا" + end, past_head + end
    passive_past, passive_present = past_head + "ي" + end, present_head + "ا" + end
    if form in ("VII", "VIII"):
        return Stems(past, short, (present_head + "ا" + end,), present_head + end, passive_past)
    vowel = root[1] if form == "I" else "ي"
    return Stems(past, short, (present_head + vowel + end,), present_head + end, passive_past, passive_present)


def _doubled(root: str, form: str) -> Stems:
    past_head, present_head = _head(root, form, present=False), _head(root, form, present=True)
    last = root[2]
    past, present = past_head + last, present_head + last
    return Stems(past, past + last, (present,), present + last, _passive_doubled(root, form))


def _passive_doubled(root: str, form: str) -> str:
    return _PREFIX[form][0] + root[0] + "و" + root[2] if form in ("III", "VI") else ""


def _defective(root: str, form: str) -> Stems:
    past_head, present_head = _head(root, form, present=False), _head(root, form, present=True)
    middle = _middle(root, form)
    past, present = past_head + middle, present_head + middle
    final = root[2] if form == "I" else "ي"
    presents = (present + final, present + "ي") if final == "و" else (present + "ي",)
    return Stems(past, past + final, presents, present, _passive_defective(root, form, past), "", True, final)


def _passive_defective(root: str, form: str, past: str) -> str:
    return _PREFIX[form][0] + root[0] + "و" + root[1] + "ي" if form in ("III", "VI") else past + "ي"


def _quadriliteral(root: str, form: str) -> Stems:
    seated = root.replace(_HAMZA, "ا")
    past, present = _PREFIX[form][0] + seated, _PREFIX[form][1] + seated
    if form == "QIV":
        past, present = "ا" + root.replace(_HAMZA, "ا"), root.replace(_HAMZA, "ئ")
    return Stems(past, past, (present,), present)


def _persons(stems: Stems) -> set[str]:
    if stems.defective:
        return _defective_persons(stems)
    found = {stems.past + ending for ending in _PAST_VOWEL}
    found |= {_joined(stems.short, ending) for ending in _PAST_CONSONANT}
    for stem in stems.present:
        found |= _present(stem)
    return found | _jussive(stems.jussive, stems.present)


def _joined(stem: str, ending: str) -> str:
    """Two equal letters that meet are written once (أدنّا)."""
    return stem + ending[1:] if stem.endswith(ending[0]) and ending[0] in "نت" else stem + ending


def _present(stem: str) -> set[str]:
    found = {prefix + stem for prefix in _PRESENT_PREFIXES}
    found |= {prefix + stem + ending for prefix in ("ي", "ت") for ending in _PRESENT_PLURAL}
    return found | {"ي" + stem + "ن"}


def _jussive(stem: str, presents: tuple[str, ...]) -> set[str]:
    return {prefix + stem for prefix in ("ي", "ت", "ن")} if stem and stem not in presents else set()


def _defective_persons(stems: Stems) -> set[str]:
    third = "ا" if stems.final == "و" else "ي"
    found = {stems.past + third, *(stems.past + ending for ending in ("ت", "تا", "وا", "و", "ا"))}
    found |= {stems.short + ending for ending in ("", *_PAST_CONSONANT, "ا")} - {stems.past + "و"}
    found |= {stems.past + "يت", stems.past + "ينا"} if stems.final != "و" else set()
    for stem in stems.present:
        found |= {prefix + stem for prefix in _PRESENT_PREFIXES} | {"ي" + stem + "ان", "ت" + stem + "ان"}
    bare = stems.jussive
    found |= {prefix + bare + ending for prefix in ("ي", "ت") for ending in ("ون", "وا", "و", "ا")}
    return found | ({prefix + bare for prefix in ("ي", "ت", "ن")} if len(bare) > 1 else set())


def _passive_persons(stems: Stems) -> set[str]:
    found: set[str] = set()
    if stems.passive_past:
        found |= {stems.passive_past + ending for ending in _PAST_VOWEL}
    if stems.passive_past and stems.defective:
        found |= {stems.passive_past[:-1] + "وا"}
    if stems.passive_present:
        found |= _present(stems.passive_present)
    return found


_PLAIN_ENDINGS = ("", "ا", "ان", "ين", "ات")
_PEOPLE_ENDINGS = ("", "ا", "ان", "ين", "ون", "و", "ي", "ات", "ه", "تان", "تين")


@functools.cache
def noun_forms(folded: str) -> frozenset[str]:
    """Cases, duals and the sound plural of a folded noun or masdar, as written before pronouns too.

    The article and other proclitics are the tokenizer's.
    """
    if folded.endswith("ه"):
        base = folded[:-1]
        return frozenset({folded, *(base + ending for ending in ("ت", "تان", "تين", "تا", "تي", "ات"))})
    if folded.endswith("اء"):
        seats = {folded[:-1] + seat for seat in "ئؤ"}
        return frozenset({folded, *seats, *(folded + e for e in ("ات", "ان", "ين")), folded[:-1] + "ات"})
    if folded.endswith(("ا", "ي")) and len(folded) > 2:
        return frozenset({folded, folded + "ا", folded[:-1] + "ا", folded + "ات", folded + "ين", folded + "ان"})
    return frozenset(folded + ending for ending in _PLAIN_ENDINGS)


@functools.cache
def participle_forms(folded: str) -> frozenset[str]:
    """Gender, number and case of a folded participle or adjective."""
    if folded.endswith("ي") and len(folded) > 3:
        base = folded[:-1]
        return frozenset({folded, base, *(base + ending for ending in ("يا", "ين", "ون", "و", "يه", "يات", "يان"))})
    return frozenset(folded + ending for ending in _PEOPLE_ENDINGS)


@functools.cache
def masdar_of(root: str, form: str) -> str:
    """The folded masdar of forms II-X and Q, which is regular; empty for form I. Raises ValueError like stems_of."""
    stems_of(root, form)
    first, middle, last = _masdar_letters(normal_root(root))
    end = "ء" if last in "ويء" else last
    patterns = {
        "II": f"ت{_seat(first)}{middle}" + _second_end(last),
        "III": f"م{first.replace('ء', 'ؤ')}ا{middle}" + ("اه" if last in "ويء" else last + "ه"),
        "IV": f"ا{'ي' if first in 'وء' else first}{middle}ا{end}",
        "V": f"ت{_seat(first)}{middle}" + ("ي" if last in "وي" else _seat(last)),
        "VI": f"ت{first.replace('ء', '')}ا{middle}" + ("ي" if last in "وي" else last.replace("ء", "ؤ")),
        "VII": f"ان{first}{middle}ا{end}",
        "VIII": f"ا{_eighth(first, present=False)}{middle}ا{end}",
        "X": f"است{'ي' if first == 'و' else first.replace('ء', 'ئ')}{middle}ا{end}",
        "Q": normal_root(root) + "ه",
        "QII": "ت" + normal_root(root),
    }
    hollow = middle in "وي" and last not in "ويء"
    if hollow and form in ("IV", "X"):
        return f"{'ا' if form == 'IV' else 'است'}{first}ا{last}ه"
    if hollow and form in ("VII", "VIII"):
        return patterns[form][:-3] + f"يا{last}"
    return patterns.get(form, "")


def _masdar_letters(root: str) -> tuple[str, str, str]:
    return root[0], root[1].replace(_HAMZA, "ا"), root[2]


def _seat(letter: str) -> str:
    return letter.replace(_HAMZA, "ا")


def _second_end(last: str) -> str:
    if last in "وي":
        return "يه"
    return "ئه" if last == _HAMZA else "ي" + last

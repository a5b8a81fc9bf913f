"""Joiners, which nobody sees: where what is around them needs them, and where they only hide.

Unicode Technical Standard 39, 3.1.1 (Joining Controls, by Annex 31, 2.3: A1, A2 and B), and 51, 1.4.9
(emoji joined by U+200D), say where. Anywhere else two names that differ by one look the same.
"""

import unicodedata
from functools import cache

NON_JOINER, JOINER = "\u200c", "\u200d"
JOINERS = NON_JOINER + JOINER
VIRAMA = 9  # canonical combining class: the vowel of a letter is taken away
NEAR = 8  # marks and a letter; in real text there are far fewer
BLOCK = 0x80  # code points of one script of India
FORMS = range(0xFB50, 0xFF00)  # presentation forms of Arabic letters
# Unicode's emoji outside of these are letters and digits, none of which is joined
EMOJI = ((0x2190, 0x21FF), (0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x1F000, 0x1FAFF))


def is_needed(text: str, place: int) -> bool:
    """Whether the joiner at a place of a text belongs there."""
    before, marks = _letter(text[max(place - NEAR, 0) : place][::-1])
    after, marks_after = _letter(text[place + 1 : place + 1 + NEAR])
    if text[place] == JOINER and _is_emoji(before):
        return _is_emoji(after) and not marks_after
    if any(unicodedata.combining(mark) == VIRAMA for mark in marks):
        is_followed = _is_letter(after) and ord(before or " ") // BLOCK == ord(after) // BLOCK
        return _is_letter(before) and (text[place] == JOINER or is_followed)
    is_between = before in _joining("<initial>") and after in _joining("<final>")
    return text[place] == NON_JOINER and is_between


def _is_letter(text: str) -> bool:
    return unicodedata.category(text or " ").startswith("L")


def _letter(text: str) -> tuple[str, str]:
    """(the first letter that is no mark or an empty text, the marks before it)."""
    for place, letter in enumerate(text):
        if unicodedata.category(letter)[0] != "M":
            return letter, text[:place]
    return "", text


def _is_emoji(letter: str) -> bool:
    return any(first <= ord(letter or " ") <= last for first, last in EMOJI)


@cache
def _joining(form: str) -> frozenset[str]:
    """Letters that have this form: an initial one joins the next letter, a final one the one before."""
    told = (unicodedata.decomposition(chr(code)).split() for code in FORMS)
    return frozenset(
        chr(int(letters[0], 16))
        for kind, *letters in filter(None, told)
        if kind == form and len(letters) == 1
    )

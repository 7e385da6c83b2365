"""English words that a pronunciation dictionary lacks: espeak-ng's phones in the symbols of the CMU dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: Longest first where one begins with another.
_PHONES: Final = {
    "aɪɚ": "AY ER", "aɪə": "AY AH", "aʊɚ": "AW ER", "eɪ": "EY", "aɪ": "AY", "ɔɪ": "OY", "oʊ": "OW", "əʊ": "OW",
    "aʊ": "AW", "tʃ": "CH", "dʒ": "JH", "ɑːɹ": "AA R", "ɔːɹ": "AO R", "oːɹ": "AO R", "ɪɹ": "IH R", "ɛɹ": "EH R",
    "ʊɹ": "UH R", "iə": "IY AH", "ɪə": "IH R", "eə": "EH R", "ʊə": "UH R", "əl": "AH L", "n̩": "AH N", "m̩": "AH M",
    "l̩": "AH L", "iː": "IY", "uː": "UW", "ɑː": "AA", "ɔː": "AO", "oː": "OW", "ɜː": "ER", "eː": "EY", "yː": "UW",
    "øː": "ER", "ɚ": "ER", "ɝ": "ER", "ɪ": "IH", "i": "IY", "ɛ": "EH", "e": "EH", "æ": "AE", "a": "AE", "ɑ": "AA",
    "ɒ": "AA", "ɔ": "AO", "o": "OW", "ʊ": "UH", "u": "UW", "ʌ": "AH", "ə": "AH", "ɐ": "AH", "ᵻ": "IH", "ɨ": "IH",
    "y": "UW", "ø": "ER", "œ": "ER", "p": "P", "b": "B", "t": "T", "d": "D", "ɾ": "T", "ʔ": "T", "k": "K", "ɡ": "G",
    "g": "G", "q": "K", "f": "F", "v": "V", "θ": "TH", "ð": "DH", "s": "S", "z": "Z", "ʃ": "SH", "ʒ": "ZH",
    "ç": "SH", "x": "K", "ɣ": "G", "χ": "K", "h": "HH", "m": "M", "n": "N", "ŋ": "NG", "ɲ": "N Y", "l": "L",
    "ɫ": "L", "ɬ": "L", "ʎ": "L Y", "ɹ": "R", "r": "R", "ʁ": "R", "w": "W", "j": "Y",
}  # fmt: skip
_LONGEST: Final = max(map(len, _PHONES))


def arpabet(symbols: Sequence[str]) -> str:
    """CMU phones for espeak-ng's, parted by spaces; symbols that English has nothing like are left out."""
    found: list[str] = []
    for symbol in symbols:
        text = symbol.translate({ord(mark): None for mark in "ˈˌ‿ʲ̪̃"})
        at = 0
        while at < len(text):
            size = next((size for size in range(_LONGEST, 0, -1) if text[at : at + size] in _PHONES), 0)
            if size:
                found += _PHONES[text[at : at + size]].split()
            at += size or 1
    return " ".join(found)

"""Whether a request is in another language than English, for saying so."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Words of edits and little words that English does not have.
_WORDS: Final = {
    "German": "die der das und untertitel szene entferne mach mache größer kleiner bitte musik lösche ändere nicht",
    "French": "la le les des une et supprime scène sous-titres ajoute enlève musique mets voix plus grand troisième",
    "Spanish": "el los las una quita elimina subtítulos escena música añade haz voz más grande por favor tercera",
    "Italian": "il lo gli una rimuovi scena sottotitoli musica aggiungi voce più grande terza elimina",
    "Portuguese": "o os uma remova cena legendas música adicione voz maior terceira não",
    "Dutch": "de het een verwijder scène ondertitels muziek maak groter stem derde",
    "Polish": "usuń scenę napisy dodaj muzykę zrób trzecią głos większe",
}
_SCRIPTS: Final = {
    "CYRILLIC": "a language in Cyrillic letters", "CJK": "Chinese or Japanese", "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese", "HANGUL": "Korean", "ARABIC": "Arabic", "HEBREW": "Hebrew", "GREEK": "Greek",
    "DEVANAGARI": "Hindi", "THAI": "Thai",
}  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


def foreign_language(text: str) -> str | None:
    """Its name in English, None when the text may well be English."""
    for char in text:
        if ord(char) > 0x24F and char.isalpha():
            script = unicodedata.name(char, "").split(" ")[0]
            if script in _SCRIPTS:
                return _SCRIPTS[script]
    words = _WORD.findall(text.lower())
    scores = {name: sum(word in known.split() for word in words) for name, known in _WORDS.items()}
    name, best = max(scores.items(), key=lambda item: item[1])
    return name if best >= 2 or (best and best * 3 >= len(words)) else None

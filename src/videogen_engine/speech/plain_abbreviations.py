"""Abbreviations that espeak-ng would spell letter by letter, by language, with what is said for them.

Only those that mean one thing wherever they stand; a user's own pronunciations come before them.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from videogen_engine.speech.model import Pronunciation

_TABLES: Final[dict[str, str]] = {
    "de": """z. B.=zum Beispiel|z.B.=zum Beispiel|d. h.=das heißt|d.h.=das heißt|u. a.=unter anderem|
        u.a.=unter anderem|usw.=und so weiter|bzw.=beziehungsweise|ca.=zirka|ggf.=gegebenenfalls|inkl.=inklusive|
        Nr.=Nummer|Mio.=Millionen|Mrd.=Milliarden|Prof.=Professor|Hr.=Herr|Fr.=Frau|vgl.=vergleiche|evtl.=eventuell|
        Std.=Stunden|Min.=Minuten|km/h=Kilometer pro Stunde|km=Kilometer|cm=Zentimeter|mm=Millimeter|kg=Kilogramm|
        mg=Milligramm|ml=Milliliter|kWh=Kilowattstunden|MW=Megawatt|GB=Gigabyte|°C=Grad Celsius""",
    "es": """Sr.=señor|Sra.=señora|Srta.=señorita|Dr.=doctor|Dra.=doctora|EE. UU.=Estados Unidos|EE.UU.=Estados Unidos|
        etc.=etcétera|p. ej.=por ejemplo|Ud.=usted|Uds.=ustedes|aprox.=aproximadamente|núm.=número|
        km/h=kilómetros por hora|km=kilómetros|cm=centímetros|mm=milímetros|kg=kilogramos|mg=miligramos|
        ml=mililitros|GB=gigabytes|°C=grados Celsius""",
    "fr": """Mme=madame|Mlle=mademoiselle|Dr=docteur|etc.=et cetera|p. ex.=par exemple|c.-à-d.=c'est-à-dire|
        env.=environ|km/h=kilomètres heure|km=kilomètres|cm=centimètres|mm=millimètres|kg=kilogrammes|
        mg=milligrammes|ml=millilitres|Go=gigaoctets|°C=degrés Celsius""",
    "it": """Sig.=signor|Sig.ra=signora|Dott.=dottor|ecc.=eccetera|ad es.=ad esempio|km/h=chilometri all'ora|
        km=chilometri|cm=centimetri|mm=millimetri|kg=chilogrammi|mg=milligrammi|ml=millilitri|°C=gradi Celsius""",
    "pt": """Sr.=senhor|Sra.=senhora|Dr.=doutor|Dra.=doutora|etc.=etcétera|p. ex.=por exemplo|
        km/h=quilômetros por hora|km=quilômetros|cm=centímetros|mm=milímetros|kg=quilogramas|mg=miligramas|
        ml=mililitros|°C=graus Celsius""",
    "nl": """bijv.=bijvoorbeeld|d.w.z.=dat wil zeggen|enz.=enzovoort|ca.=circa|dhr.=de heer|mevr.=mevrouw|
        km/h=kilometer per uur|km=kilometer|cm=centimeter|mm=millimeter|kg=kilogram|mg=milligram|ml=milliliter|
        °C=graden Celsius""",
}


@cache
def abbreviations(language: str) -> tuple[Pronunciation, ...]:
    """Those of the language's base (``pt`` for ``pt-BR``); empty for languages without a table."""
    table = _TABLES.get(language.split("-")[0].lower(), "")
    pairs = (entry.strip().partition("=") for entry in table.split("|") if entry.strip())
    return tuple(Pronunciation(original=short, replacement=long) for short, _, long in pairs)

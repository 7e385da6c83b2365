"""Dotted words that do not end a sentence, by language, and the words that show a new one has begun."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DotRules:
    """All words are lower case and without their last dot.

    After ``leading`` a name follows, so the dot never ends a sentence. After ``numbered`` it does not when a
    number follows. After ``inner`` it does when the next word is one that begins sentences (``starters``).
    ``ordinals`` says that a number with a dot is an ordinal ("3. Oktober"); ``months`` helps to see it.
    """

    leading: frozenset[str]
    numbered: frozenset[str]
    inner: frozenset[str]
    starters: frozenset[str]
    ordinals: bool = False
    months: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEADING = _words("dr prof st sr jr mt vs cf approx ca dipl phil")
_NUMBERED = _words("no nr vol fig op ch p pp tel art cap chap sec bd abb tab eq §")
_INNER = _words("etc inc ltd co corp llc plc gmbh ag ed eds e.g i.e p.s a.m p.m u.s u.k u.n e.u d.c b.c a.d ph.d al")

_RULES: dict[str, DotRules] = {
    "en": DotRules(
        leading=_LEADING
        | _words(
            "mr mrs ms messrs mx rev hon gen col capt cmdr lt sgt cpl pvt gov sen rep supt insp viz ft e.g i.e incl "
            "excl bros"
        ),
        numbered=_NUMBERED | _words("nos para eqs jan feb mar apr jun jul aug sep sept oct nov dec"),
        inner=_INNER
        | _words(
            "ave blvd rd hwy sq apt ste min max avg temp misc gal oz lb lbs tsp tbsp hr hrs km ex resp univ assn "
            "dept est"
        ),
        starters=_words(
            "the a an this that these those it its he she they we you i his her their our your my there here in on "
            "at for from with by as to of if when while where what who why how after before since until although "
            "though because and but or so yet then next now today finally first second however meanwhile instead "
            "also some many most all every each no not one two three both another even only once let do don't is are "
            "was were can will would should could may might must please"
        ),
    ),
    "de": DotRules(
        leading=_LEADING
        | _words(
            "hr hrn fr frl z.b z d.h d u.a u v.a v i.d.r o.ä bzw bspw vgl evtl ggf inkl exkl zzgl ing med rer nat "
            "jur geb sog bes ehem ungef hl"
        ),
        numbered=_NUMBERED | _words("abs s aufl jh jan feb mär apr jun jul aug sept sep okt nov dez ziff"),
        inner=_INNER | _words("usw usf o.g s.o s.u uvm str max min tsd mio mrd allg zz hg hrsg std"),
        starters=_words(
            "der die das den dem des ein eine einen einem einer er sie es wir ihr ich du man in im am an auf aus bei "
            "mit nach von vom zu zum zur für um wenn als weil da dass ob wie was wer wo warum und aber oder doch "
            "denn dann danach zuerst schließlich heute jetzt hier dort dies diese dieser dieses jeder jede jedes "
            "alle viele nicht kein keine so auch nur nun zudem außerdem jedoch trotzdem deshalb"
        ),
        ordinals=True,
        months=_words("januar februar märz april mai juni juli august september oktober november dezember jahrhundert"),
    ),
    "es": DotRules(
        leading=_LEADING | _words("sra srta ee d dña da dn ud uds vd vds p.ej p excmo ilmo ing lic arq aprox"),
        numbered=_NUMBERED | _words("pág págs núm n.º av avda"),
        inner=_INNER | _words("ee.uu e.e.u.u s.a s.l rr.hh a.c d.c máx mín"),
        starters=_words(
            "el la los las un una unos unas él ella ellos ellas yo tú usted nosotros en de del al con por para sin "
            "sobre desde hasta si cuando mientras donde como porque y o pero aunque luego después primero finalmente "
            "hoy ahora este esta estos estas ese esa eso esto su sus mi tu nuestro cada todo todos muchos no ni "
            "también solo"
        ),
    ),
    "fr": DotRules(
        leading=_LEADING | _words("m mm mme mlle mlles me mgr pr p.ex ex env réf av"),
        numbered=_NUMBERED | _words("n° boul"),
        inner=_INNER | _words("j.-c s.a s.a.r.l max min éd"),
        starters=_words(
            "le la les l un une des il elle ils elles on nous vous je tu ce cet cette ces c en dans de du au aux à "
            "avec pour par sans sur sous depuis si quand lorsque tandis comme parce et ou mais donc or puis ensuite "
            "d'abord enfin aujourd'hui maintenant son sa ses mon ma notre votre leur chaque tout tous plusieurs ne "
            "non aussi"
        ),
    ),
    "it": DotRules(
        leading=_LEADING | _words("sig sig.ra dott dott.ssa ing avv arch es p.es"),
        numbered=_NUMBERED | _words("pag"),
        inner=_INNER | _words("ecc s.p.a s.r.l"),
        starters=_words("il lo la i gli le un una essi noi voi io tu in di a da con su per se quando e ma o"),
    ),
    "pt": DotRules(
        leading=_LEADING | _words("sra dra exmo p.ex ex"),
        numbered=_NUMBERED | _words("pág núm av"),
        inner=_INNER | _words("s.a ltda"),
        starters=_words("o a os as um uma ele ela eles nós eu você em de da do com por para se quando e mas ou"),
    ),
    "nl": DotRules(
        leading=_LEADING | _words("dhr mevr mw ir ing drs bijv o.a m.n d.w.z"),
        numbered=_NUMBERED | _words("blz bv"),
        inner=_INNER | _words("enz n.v b.v"),
        starters=_words(
            "de het een hij zij ze wij we ik je u in op aan met van voor als toen en maar of dit deze die dat"
        ),
    ),
}

_ORDINAL_LANGUAGES = frozenset(
    ["de", "da", "nb", "nn", "no", "fi", "et", "cs", "sk", "sl", "hr", "sr", "hu", "pl", "lv", "is"]
)


def dot_rules(language: str) -> DotRules:
    """Rules for a BCP-47 tag; unknown languages get the shared Latin abbreviations."""
    base = language.lower().replace("_", "-").split("-")[0]
    if base in _RULES:
        return _RULES[base]
    return DotRules(_LEADING, _NUMBERED, _INNER, frozenset(), ordinals=base in _ORDINAL_LANGUAGES)

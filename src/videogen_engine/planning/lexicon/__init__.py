"""A language tag goes in; its function words and cues come out (empty ones for a language not known here)."""

from __future__ import annotations

from videogen_engine.planning.lexicon.arabic import ARABIC
from videogen_engine.planning.lexicon.english import ENGLISH
from videogen_engine.planning.lexicon.french import FRENCH
from videogen_engine.planning.lexicon.german import GERMAN
from videogen_engine.planning.lexicon.model import Lexicon, words
from videogen_engine.planning.lexicon.spanish import SPANISH

__all__ = ["Lexicon", "lexicon"]

_ITALIAN = Lexicon(
    code="it",
    determiners=words("il lo la i gli le un uno una questo questa questi queste ogni tutti tutte molti molte suo sua"),
    pronouns=words("io tu lui lei noi voi loro mi ti si ci vi che chi"),
    prepositions=words("di a da in con su per tra fra del della dei delle al alla ai nel nella sul sulla dal dalla"),
    conjoiners=words("e ed o"),
    conjunctions=words("e ed o ma"),
    subordinators=words("che perché quando se mentre dove come"),
    auxiliaries=words("è sono era erano ha hanno essere avere può possono deve"),
    negations=words("non mai"),
    fillers=words("molto anche solo già ancora sempre quasi"),
    question_words=words("che cosa chi quale come quando dove perché quanto"),
)
_PORTUGUESE = Lexicon(
    code="pt",
    determiners=words("o a os as um uma uns umas este esta estes estas cada todo toda todos muitos muitas seu sua"),
    pronouns=words("eu tu ele ela nós vós eles elas você vocês me te se que quem"),
    prepositions=words("de a em com por para sem sobre entre até do da dos das no na nos nas ao à pelo pela"),
    conjoiners=words("e ou"),
    conjunctions=words("e ou mas"),
    subordinators=words("que porque quando se enquanto onde como"),
    auxiliaries=words("é são era eram foi está estão tem têm ser estar pode podem deve"),
    negations=words("não nunca"),
    fillers=words("muito também só já ainda sempre quase"),
    question_words=words("que quem qual como quando onde quanto"),
)
_DUTCH = Lexicon(
    code="nl",
    determiners=words("de het een deze dit die dat elke elk alle veel mijn jouw zijn haar ons onze hun geen"),
    pronouns=words("ik jij je hij zij ze wij we jullie u mij hem haar ons hen zich men er"),
    prepositions=words(
        "aan achter bij boven door in langs met na naar naast of om onder op over te tegen tot uit van voor zonder"
    ),
    conjoiners=words("en of"),
    conjunctions=words("en of maar want"),
    subordinators=words("dat omdat als wanneer terwijl toen hoewel waar hoe wie"),
    auxiliaries=words("is zijn was waren heeft hebben had kan kunnen moet moeten wordt worden zal zullen mag"),
    negations=words("niet geen nooit"),
    fillers=words("ook heel zeer nog al alleen bijna altijd vaak"),
    question_words=words("wat wie waar wanneer waarom hoe welke welk"),
)

_HINDI = Lexicon(
    code="hi",
    determiners=words("यह वह ये वे इस उस इन उन हर कुछ सभी कई एक मेरा मेरी आपका आपकी हमारा हमारी हमारे अपना अपनी अपने"),
    pronouns=words("मैं हम तुम आप वे यह वह हमें आपको उन्हें उसे मुझे आपने हमने क्या कौन कोई"),
    prepositions=words("में पर से को का की के तक लिए साथ बाद पहले बिना द्वारा ने ही भी तो लगभग"),
    conjoiners=words("और या"),
    conjunctions=words("और या लेकिन पर"),
    subordinators=words("कि जब अगर क्योंकि जो जहाँ ताकि"),
    auxiliaries=words("है हैं था थी थे हो होता होती होते चाहिए सकता सकती सकते देता देती देते करें करता करती करते रहा रही"),
    negations=words("नहीं न मत"),
    fillers=words("बहुत थोड़ा अधिक आज अब ही भी केवल"),
    question_words=words("क्या कौन कब कहाँ क्यों कैसे कितना कितने"),
    percent=words("प्रतिशत"),
    finals=words("है हैं चाहिए करें होता होती"),
)

_KNOWN = {
    known.code: known for known in (ENGLISH, GERMAN, SPANISH, FRENCH, ARABIC, _ITALIAN, _PORTUGUESE, _DUTCH, _HINDI)
}


def lexicon(language: str) -> Lexicon:
    """The lexicon of a BCP-47 tag; an empty one for languages not known here."""
    base = language.lower().replace("_", "-").split("-")[0]
    return _KNOWN.get(base) or Lexicon(code=base)

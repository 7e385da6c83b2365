"""Words that give a language away: articles, pronouns, prepositions, the commonest verbs."""

from __future__ import annotations

from collections.abc import Mapping

_LISTS: Mapping[str, str] = {
    "en": "the of and to in is that it for was on are with as his they be at this have from or had by but what "
    "all were we when your can said there use an each which she do how their if will about many then them would "
    "these so her has him more no who its you not than been our",
    "de": "der die das und ist nicht ein eine einen einem einer zu den dem des mit sich auf für von im wie auch "
    "es an als nach bei aus dass wir ihr sie er ich werden wird sind war hat haben noch nur aber oder wenn kann "
    "über durch mehr sehr unser dieser diese dieses vor zum zur am um man so weil jeder jeden",
    "es": "el la los las de que y en un una es por con no para se del al lo como más pero sus le ya o este sí "
    "porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno "
    "les ni contra otros ese eso ante ellos son está están fue ser cada su tiene puede",
    "fr": "le la les de des et en un une est que qui dans pour pas sur ce se il elle au aux avec son sa ses par "
    "plus ne nous vous ils sont mais ou leur cette ces comme on tout fait être avoir été très aussi même bien "
    "où sans entre sous chaque votre notre du",
    "it": "il lo la gli le di che e è un una in per non con sono del della dei delle nel nella al alla da si più "
    "come ma anche ci questo questa quando molto tra loro essere ha hanno ogni suo sua dove senza sul sulla "
    "dal dalla perché",
    "pt": "o a os as de que e em um uma é por com não para se do da dos das no na nos nas ao à mais mas como foi "
    "são seu sua ou quando muito já eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem "
    "você está cada tem pode",
    "nl": "de het een en van ik te dat die in is niet zijn op aan met als voor er maar om hem dan zou of wat mijn "
    "men dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft hebben deze wordt "
    "worden elke onze meer",
    "sv": "och det att i en jag hon som han på den med var sig för så till är men ett om hade de av icke mig du "
    "henne då sin nu har inte hans honom skulle hennes där min man ej vid kunde något från ut när efter upp vi "
    "dem vara vad över än dig kan sina här ha mot alla",
    "da": "og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde "
    "ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind "
    "når være bliver hver",
    "no": "og i jeg det at en et den til er som på de med han av ikke der så var meg seg men ett har om vi min "
    "mitt ha hadde hun nå over da ved fra du ut sin dem oss opp man kan hans hvor eller hva skal selv her alle "
    "vil bli ble blitt kunne inn når være",
    "fi": "ja on ei se että hän oli joka mutta niin kuin hänen sen kun jos vain ovat mitä myös tai ole olla sitä "
    "siitä minä sinä he me te nyt jo vielä kanssa hyvin kaikki tämä tässä sekä voi",
    "pl": "i w na z że się nie to jest do o jak za od po ale co są tak czy przez dla ich już tylko był może być "
    "który która które jego jej oraz ze przed gdy bardzo także każdy nad bez",
    "cs": "a se v na je že to s z do o i ale jako jsou za by po od jsem tak aby už které který která při pro "
    "nebo byl bylo jeho může být velmi také když každý bez mezi ve k",
    "ro": "și de la în a cu pe nu este că un o din care mai pentru au fost sau sunt se ce dar prin după fi ca "
    "lui ei al ale le ne foarte când fiecare poate între unei această acest",
    "hu": "a az és hogy nem is egy ez van meg de ha csak már még mint volt lehet vagy minden azt ki el fel nagyon "
    "amely ezt kell nagy után lesz mert több ennek",
    "tr": "ve bir bu da de için ile çok daha ne gibi var olarak sonra kadar ama en o olan değil her mi mı ise "
    "ya ki şey ben sen biz siz onlar nasıl neden göre kendi",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena ada bisa atau mereka "
    "kami kita oleh telah sudah adalah seperti lebih saat setiap",
    "vi": "và của là có không được trong một cho người với các để khi những này đã từ về như cũng ra thì nhiều "
    "rất đến phải sẽ tôi bạn chúng",
}

#: The languages that each word belongs to.
LANGUAGES_OF_WORD: Mapping[str, tuple[str, ...]] = {
    word: tuple(language for language, words in _LISTS.items() if word in words.split())
    for word in sorted({word for words in _LISTS.values() for word in words.split()})
}

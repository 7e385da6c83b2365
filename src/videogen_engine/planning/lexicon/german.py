"""German."""

from __future__ import annotations

from videogen_engine.planning.lexicon.model import Lexicon, phrases, words

GERMAN = Lexicon(
    code="de",
    articles=words("der die das den dem des ein eine einen einem einer eines"),
    determiners=words(
        "der die das den dem des ein eine einen einem einer eines dies diese dieser dieses diesen diesem jene jener "
        "mein meine meinen dein deine deinen sein seine seinen seiner ihr ihre ihren ihrer unser unsere unseren euer "
        "eure kein keine keinen jeder jede jedes jeden alle allen viele vielen mehrere einige wenige manche beide"
    ),
    pronouns=words(
        "ich du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen man sich jemand niemand etwas nichts "
        "alles das dies wer"
    ),
    prepositions=words(
        "an am ans auf aus bei beim bis durch für gegen hinter hinterm in im ins mit nach neben ohne seit trotz über "
        "um unter von vom vor vorm während wegen zu zum zur zwischen pro per laut außer statt dank gegenüber ab"
    ),
    conjoiners=words("und oder sowie &"),
    conjunctions=words("und oder aber sondern denn sowie doch"),
    subordinators=words(
        "weil dass wenn als ob obwohl während bevor nachdem damit sodass sobald solange falls indem da bis wie wo "
        "wer welche welcher welches deren dessen wodurch wobei"
    ),
    auxiliaries=words(
        "bin bist ist sind seid war waren wird werden wurde wurden worden habe hast hat haben hatte hatten kann "
        "kannst können könnte könnten muss musst müssen soll sollen sollte solltest sollten darf dürfen mag möchte "
        "möchten will wollen würde würden geworden gewesen sein"
    ),
    negations=words("nicht nie niemals kein keine keinen"),
    fillers=words(
        "auch sehr ganz noch schon nur etwa rund fast eben wohl doch mal ja sogar immer oft meist heute gestern "
        "morgen bereits wirklich einfach natürlich eigentlich jetzt dann so besonders etwas aktuell derzeit zudem"
    ),
    question_words=words("was wer wen wem wo wann warum wieso weshalb wie welche welcher welches wohin woher wofür"),
    openers=phrases(
        "und | aber | oder | denn | doch | so | also | zudem | außerdem | jedoch | deshalb | daher | darum | "
        "trotzdem | zum Beispiel | zum beispiel | in der tat | natürlich | leider | zum glück | im durchschnitt | "
        "kurz gesagt | mit anderen worten | heute | inzwischen | bitte"
    ),
    claims=phrases(
        "forscher sagen, dass | forschende sagen, dass | studien zeigen, dass | studien zeigen | experten sagen, "
        "dass | wissen sie, dass | wussten sie, dass | wusstest du, dass | das bedeutet, dass | das bedeutet | das "
        "heißt"
    ),
    duties=phrases(
        "sollten sie | sollte man | können sie | kann man | müssen sie | muss man | solltest du | sie sollten | sie "
        "können | sie müssen | man sollte | man kann | man muss | du solltest | du kannst | du musst | wir sollten | "
        "wir müssen | wir können | jeder sollte | es ist wichtig | es lohnt sich"
    ),
    labels=words("warnung achtung hinweis tipp wichtig vorsicht gefahr"),
    contrasts=phrases("während | im gegensatz zu | statt | anstatt | im vergleich zu | verglichen mit | wohingegen"),
    versus=words("gegen vs versus oder"),
    than=words("als"),
    comparatives=words(
        "mehr weniger besser schlechter größer kleiner höher niedriger schneller langsamer billiger teurer länger "
        "kürzer stärker schwächer schwerer leichter älter jünger sicherer wärmer kälter früher später"
    ),
    not_but=(("nicht", "sondern"), ("kein", "sondern"), ("keine", "sondern"), ("keinen", "sondern")),
    ordinals={
        "erstens": 1,
        "zweitens": 2,
        "drittens": 3,
        "viertens": 4,
        "fünftens": 5,
        "zuerst": 1,
        "zunächst": 1,
        "eins": 1,
        "zwei": 2,
        "drei": 3,
        "vier": 4,
        "fünf": 5,
    },
    sequels=phrases(
        "dann | danach | anschließend | als nächstes | schließlich | zum schluss | zuletzt | am ende | nun"
    ),
    step_nouns=words("schritt phase stufe"),
    multiples=words("mal fach"),
    scales=words("hundert tausend million millionen milliarde milliarden billion billionen mio mrd"),
    number_words=words("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert tausend"),
    units=words(
        "kilometer km meter m zentimeter cm millimeter mm kilogramm kg gramm g tonnen liter l grad °c euro cent "
        "dollar sekunden minuten stunden tage tagen wochen monate monaten jahre jahren jahrzehnte menschen personen "
        "nutzer kunden mitarbeiter schüler haushalte fälle länder städte punkte kalorien watt kilowatt megawatt "
        "gigawatt kwh volt"
    ),
    months=words("januar februar märz april mai juni juli august september oktober november dezember"),
    percent=words("prozent"),
    reporting=words("sagt sagte schrieb schreibt meint meinte erklärt erklärte fragt fragte warnt warnte"),
    approximations=words(
        "etwa rund fast über knapp ungefähr mehr als weniger mindestens höchstens nur genau um auf bis zu ca"
    ),
    containers=words(
        "glas tasse flasche schüssel scheibe stück dose kilo liter tüte packung löffel teelöffel esslöffel prise"
    ),
    of=words("von"),
    finals=words("heute jetzt hier dort immer oft genug nie alles nichts sofort"),
    times=words("jahr monat woche tag morgen abend nacht sommer winter frühling herbst jahre monate wochen tage"),
    greetings=words("hallo guten morgen abend tag willkommen zusammen"),
    weak=words("jahr jahre tag tage zeit mal platz dinge teil herbst"),
)

"""French."""

from __future__ import annotations

from videogen_engine.planning.lexicon.model import Lexicon, phrases, words

FRENCH = Lexicon(
    code="fr",
    articles=words("le la les un une des du au aux l"),
    determiners=words(
        "le la les un une des du de l ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur "
        "leurs chaque tout toute tous toutes plusieurs quelques certains certaines aucun aucune autre autres beaucoup"
    ),
    pronouns=words(
        "je tu il elle on nous vous ils elles me te se moi toi lui eux y en ce cela ça ceci quelqu'un personne rien "
        "tout c'est j'ai qui"
    ),
    prepositions=words(
        "à au aux avec chez contre dans de des du depuis derrière devant durant en entre envers hors jusque jusqu'à "
        "malgré par parmi pendant pour près sans sauf selon sous sur vers"
    ),
    conjoiners=words("et ou ni &"),
    conjunctions=words("et ou ni mais car donc or"),
    subordinators=words(
        "que parce quand si lorsque lorsqu puisque tandis alors pendant comme qui dont où quoique afin dès jusqu"
    ),
    auxiliaries=words(
        "est sont était étaient être a ont avait avaient avoir ai avons avez suis sommes êtes peut peuvent peux doit "
        "doivent va vont sera seront soit fut furent été"
    ),
    negations=words("ne n pas jamais plus rien"),
    fillers=words(
        "très aussi déjà encore presque vraiment simplement toujours souvent même peut-être seulement environ plutôt "
        "aujourd'hui maintenant alors ainsi justement surtout"
    ),
    question_words=words("qui que quoi quel quelle quels quelles comment quand où pourquoi combien"),
    openers=phrases(
        "et | mais | ou | donc | car | or | alors | ainsi | cependant | pourtant | de plus | en effet | par exemple "
        "| bien sûr | en fait | en réalité | en résumé | autrement dit | aussi | aujourd'hui | heureusement | "
        "malheureusement | en moyenne | c'est pourquoi | n'oubliez pas que"
    ),
    claims=phrases(
        "les scientifiques disent que | les experts disent que | des études montrent que | les études montrent que | "
        "saviez-vous que | sais-tu que | cela signifie que | cela veut dire que | on sait que"
    ),
    duties=phrases(
        "vous devez | vous pouvez | vous devriez | il faut | on doit | on peut | on devrait | tu dois | tu peux | il "
        "est important de | nous devons | nous pouvons | pensez à | essayez de | il suffit de | il est possible de"
    ),
    labels=words("attention avertissement remarque note conseil important danger astuce"),
    contrasts=phrases("tandis que | alors que | au lieu de | contrairement à | par rapport à | comparé à | plutôt que"),
    versus=words("vs versus contre"),
    than=words("que"),
    comparatives=words("plus moins mieux meilleur meilleure pire"),
    not_but=(("pas", "mais"), ("non", "mais")),
    ordinals={
        "premièrement": 1,
        "deuxièmement": 2,
        "troisièmement": 3,
        "quatrièmement": 4,
        "d'abord": 1,
        "d’abord": 1,
        "un": 1,
        "deux": 2,
        "trois": 3,
        "quatre": 4,
        "cinq": 5,
    },
    sequels=phrases("ensuite | puis | après cela | enfin | pour finir | pour commencer | finalement | à la fin"),
    step_nouns=words("étape phase"),
    multiples=words("fois"),
    scales=words("cent mille million millions milliard milliards"),
    number_words=words("deux trois quatre cinq six sept huit neuf dix onze douze vingt trente cent mille"),
    units=words(
        "kilomètres km mètres m centimètres cm millimètres mm kilos kilogrammes kg grammes g tonnes litres l degrés "
        "°c euros dollars centimes secondes minutes heures jours semaines mois ans années décennies personnes "
        "utilisateurs clients employés foyers cas pays villes points calories watts kwh pages verres habitants"
    ),
    months=words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    percent=words("pour cent"),
    reporting=words("dit écrit affirme explique demande ajoute déclare déclaré prévient"),
    approximations=words("environ près presque quelque seulement"),
    containers=words("verre tasse bouteille bol tranche morceau boîte kilo litre sac cuillère cuillerée pincée"),
    of=words("de du des d"),
    finals=words("aujourd'hui maintenant toujours ici"),
    times=words("an année mois semaine jour matin soir nuit été hiver printemps automne ans années semaines jours"),
    greetings=words("bonjour bonsoir salut bienvenue à tous"),
    weak=words("an ans année jour jours temps fois chose choses partie fait moins explique"),
)

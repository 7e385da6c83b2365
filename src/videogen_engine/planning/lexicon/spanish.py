"""Spanish."""

from __future__ import annotations

from videogen_engine.planning.lexicon.model import Lexicon, phrases, words

SPANISH = Lexicon(
    code="es",
    articles=words("el la los las un una unos unas lo"),
    determiners=words(
        "el la los las un una unos unas lo este esta estos estas ese esa esos esas aquel aquella mi mis tu tus su "
        "sus nuestro nuestra nuestros nuestras cada todo toda todos todas mucho mucha muchos muchas varios varias "
        "algún alguna algunos algunas ningún ninguna otro otra otros otras ambos"
    ),
    pronouns=words(
        "yo tú él ella ello usted nosotros nosotras vosotros ellos ellas ustedes me te se nos os le les lo alguien "
        "nadie algo nada todo esto eso aquello uno"
    ),
    prepositions=words(
        "a al ante bajo con contra de del desde durante en entre hacia hasta mediante para por según sin sobre tras"
    ),
    conjoiners=words("y e o u ni &"),
    conjunctions=words("y e o u ni pero sino mas"),
    subordinators=words(
        "que porque cuando si mientras aunque donde como pues quien quienes cuyo cuya cual cuales apenas"
    ),
    auxiliaries=words(
        "es son era eran fue fueron ser está están estaba estaban estar ha han había habían haber hay he hemos puede "
        "pueden podría debe deben debería va van será serán sea"
    ),
    negations=words("no nunca jamás tampoco ni"),
    fillers=words(
        "muy también solo sólo ya aún todavía casi realmente simplemente siempre además incluso quizá quizás hoy "
        "ahora entonces así justo apenas aproximadamente"
    ),
    question_words=words("qué quién quiénes cuál cuáles cómo cuándo dónde cuánto cuánta cuántos cuántas por"),
    openers=phrases(
        "y | pero | o | así que | además | sin embargo | por eso | por lo tanto | por tanto | por ejemplo | de hecho "
        "| en realidad | claro | también | entonces | en resumen | es decir | al final | por suerte | hoy | ahora | "
        "por favor | recuerda que | recuerde que"
    ),
    claims=phrases(
        "los científicos dicen que | los expertos dicen que | los estudios muestran que | un estudio muestra que | "
        "sabías que | sabía que | esto significa que | eso significa que | significa que | se sabe que"
    ),
    duties=phrases(
        "debes | puedes | debe | puede | deberías | debería | tienes que | tiene que | hay que | es importante | se "
        "recomienda | conviene | es mejor | podemos | debemos | necesitas | trata de | intenta"
    ),
    labels=words("advertencia atención aviso nota consejo importante peligro cuidado"),
    contrasts=phrases(
        "mientras que | mientras | en cambio | en lugar de | en comparación con | a diferencia de | en vez de"
    ),
    versus=words("vs versus contra frente"),
    than=words("que"),
    comparatives=words("más menos mejor peor mayor menor"),
    not_but=(("no", "sino"),),
    ordinals={
        "primero": 1,
        "primera": 1,
        "segundo": 2,
        "tercero": 3,
        "cuarto": 4,
        "quinto": 5,
        "uno": 1,
        "dos": 2,
        "tres": 3,
        "cuatro": 4,
        "cinco": 5,
    },
    sequels=phrases(
        "luego | después | a continuación | por último | finalmente | para empezar | para terminar | al final"
    ),
    step_nouns=words("paso etapa fase"),
    multiples=words("veces"),
    scales=words("cien mil millón millones billón billones"),
    number_words=words("dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cien mil"),
    units=words(
        "kilómetros km metros m centímetros cm milímetros mm kilos kilogramos kg gramos g toneladas litros l grados "
        "°c euros dólares pesos céntimos segundos minutos horas días semanas meses años décadas personas usuarios "
        "clientes empleados hogares casos países ciudades puntos calorías vatios kwh páginas pasos vasos"
    ),
    months=words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    percent=words("ciento"),
    reporting=words("dijo dice escribió afirma afirmó explica explicó preguntó advirtió señaló"),
    approximations=words("casi unos unas cerca más menos aproximadamente alrededor solo"),
    containers=words("vaso taza botella plato rebanada trozo lata kilo litro bolsa cucharada cucharadita pizca"),
    of=words("de del"),
    finals=words("hoy ahora siempre"),
    times=words("año mes semana día mañana tarde noche verano invierno primavera otoño años meses semanas días"),
    greetings=words("hola buenos buenas días tardes noches bienvenidos bienvenidas a todos"),
    weak=words("año años día días vez veces cosa cosas parte dice cada"),
)

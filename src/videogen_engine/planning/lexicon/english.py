"""English."""

from __future__ import annotations

from videogen_engine.planning.lexicon.english_verbs import FINITE_FORMS
from videogen_engine.planning.lexicon.model import Lexicon, phrases, words

ENGLISH = Lexicon(
    code="en",
    articles=words("a an the"),
    determiners=words(
        "a an the this that these those my your his her its our their some any no every each all both either neither "
        "many much few several most more less another other such what which whose half enough"
    ),
    pronouns=words(
        "i you he she it we they me him us them one someone somebody anyone anybody everyone everybody nobody "
        "nothing something anything everything itself himself herself themselves yourself ourselves myself mine "
        "yours theirs this that these those there who it's that's there's here's i'm you're we're they're he's she's "
        "i've you've we've they've i'll you'll we'll they'll it'll i'd you'd we'd they'd let's what's"
    ),
    prepositions=words(
        "about above across after against along among around as at before behind below beneath beside besides "
        "between beyond by despite down during except for from in inside into like near of off on onto out outside "
        "over past per since than through throughout till to toward towards under until unto up upon via with within "
        "without amid versus"
    ),
    conjoiners=words("and or nor &"),
    conjunctions=words("and or nor but yet so plus &"),
    subordinators=words(
        "because when whenever if unless while whereas although though whether who whom whose which where wherever "
        "how why that once since until till before after as so lest whereby"
    ),
    auxiliaries=words(
        "am is are was were be been being has have had having do does did can could will would shall should may "
        "might must ought isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't can't cannot "
        "couldn't won't wouldn't shouldn't mustn't isn’t aren’t wasn’t don’t doesn’t didn’t can’t won’t"
    ),
    negations=words("not never no n't"),
    fillers=words(
        "just really very quite actually basically simply also even still already only rather perhaps maybe too yet "
        "certainly definitely probably surely indeed almost truly literally finally currently recently usually often "
        "always generally typically merely fully highly extremely incredibly particularly especially essentially "
        "clearly obviously now then however therefore again ever"
    ),
    adverbs=words("today yesterday tomorrow tonight here there together daily slowly quickly carefully gently well"),
    question_words=words("what which who whom whose when where why how"),
    openers=phrases(
        "so | but | and | or | yet | however | moreover | furthermore | in fact | of course | in addition | "
        "additionally | also | well | now | then | still | instead | meanwhile | therefore | thus | hence | as a "
        "result | for example | for instance | in short | in other words | above all | after all | at last | "
        "fortunately | unfortunately | surprisingly | interestingly | even better | best of all | on the other hand "
        "| on average | in general | overall | in the end | in conclusion | to be clear | by the way | that said | "
        "that is why | that's why | the good news is that | the good news is | the truth is that | the truth is | "
        "the fact is | the point is | the result is | it turns out that | it turns out | keep in mind that | "
        "remember that | note that | please note that | please | imagine that | imagine | suppose that | suppose | "
        "believe it or not | today | here is the thing | hello and welcome | and finally"
    ),
    claims=phrases(
        "scientists say that | scientists say | scientists believe that | scientists believe | experts say that | "
        "experts say | researchers found that | researchers say | researchers say that | studies show that | studies "
        "show | research shows that | research shows | a study found that | a new study shows that | the study found "
        "that | the report says that | the report shows that | officials said that | officials said | we know that | "
        "we believe that | i think that | i believe that | i think | i believe | many people think that | many "
        "people think | many people believe that | you might think that | you might think | you may know that | did "
        "you know that | did you know | we found that | it is known that | it means that | this means that | this "
        "means | which means that | that means that | that means"
    ),
    duties=phrases(
        "you should | you can | you could | you must | you may | you need to | you have to | you want to | you will "
        "need to | you'll need to | you ought to | we should | we must | we can | we need to | we have to | one "
        "should | one can | it is important to | it's important to | it is best to | it's best to | it is possible "
        "to | it is wise to | it is a good idea to | it's a good idea to | make sure to | be sure to | make sure "
        "that you | make sure you | remember to | try to | do not forget to | don't forget to | the trick is to | "
        "the goal is to | the key is to | the idea is to | the best way is to | all you have to do is | all you need "
        "to do is | you only need to | you just need to | everyone should | people should | you are allowed to | we "
        "want to | we are going to | we're going to | you're going to | you will | we will | i want to | i will"
    ),
    labels=words(
        "warning caution note tip important danger attention notice remember example update summary conclusion"
    ),
    contrasts=phrases(
        "while | whereas | compared with | compared to | rather than | instead of | unlike | in contrast to"
    ),
    versus=words("vs versus v"),
    than=words("than"),
    comparatives=words(
        "more less better worse fewer greater rather bigger smaller larger higher lower faster slower cheaper longer "
        "shorter stronger weaker heavier lighter older younger safer hotter colder warmer cooler deeper brighter "
        "healthier easier harder cleaner richer poorer earlier later closer farther further nearer taller wider "
        "thicker"
    ),
    not_but=(("not", "but"),),
    ordinals={
        "first": 1,
        "firstly": 1,
        "second": 2,
        "secondly": 2,
        "third": 3,
        "thirdly": 3,
        "fourth": 4,
        "fifth": 5,
        "sixth": 6,
        "seventh": 7,
        "eighth": 8,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
    },
    sequels=phrases(
        "next | then | after that | afterwards | finally | lastly | last | to start | to begin | to finish | now"
    ),
    step_nouns=words("step stage phase"),
    multiples=words("times x fold"),
    scales=words("hundred thousand million billion trillion"),
    number_words=words(
        "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy "
        "eighty ninety hundred thousand million billion"
    ),
    units=words(
        "kilometers kilometres km miles metres meters m cm mm centimeters centimetres inches feet kilograms kilos kg "
        "grams g mg pounds tons tonnes litres liters l ml cups degrees °c °f celsius fahrenheit volts watts "
        "kilowatts megawatts gigawatts kw mw gw kwh newtons joules hertz hz seconds minutes hours days weeks months "
        "years decades centuries people users customers employees workers students homes households jobs deaths "
        "cases countries cities species points calories kcal dollars euros pounds cents yen bytes kb mb gb tb pages "
        "words steps"
    ),
    months=words(
        "january february march april may june july august september october november december jan feb mar apr jun "
        "jul aug sep sept oct nov dec"
    ),
    percent=words("percent percentage"),
    reporting=words(
        "said says wrote writes asked asks explained explains noted notes added adds told tells argued warned "
        "replied announced"
    ),
    approximations=words("about roughly nearly almost around approximately some only just exactly at"),
    containers=words(
        "can glass cup bottle bowl slice piece bit pound kilo litre liter bag box pair kind type sort spoon teaspoon "
        "tablespoon jar tin pinch handful plate mug clove cloves cups slices pieces bunch sprig teaspoons "
        "tablespoons grams mixture part number lot set series rest most one all some range group half majority"
    ),
    finals=words(
        "too together again today tonight tomorrow now here there inside outside always often enough everything "
        "nothing something yourself itself themselves everywhere"
    ),
    weak=words(
        "good bad big small new old great little long short high low hard easy harder easier different same "
        "important sure able soon late later early hot cold warm cool glad happy sorry simple ready true false best "
        "worst next last first whole full empty free clear open safe white black many much back away ago year years "
        "month months week weeks day days time times thing things way ways rest lot kind half twice alone unsure "
        "slow fast carefully possible average"
    ),
    times=words(
        "year month week day morning evening night summer winter spring autumn decade century weekend quarter monday "
        "tuesday wednesday thursday friday saturday sunday years months weeks days hours minutes"
    ),
    greetings=words(
        "hello hi hey good morning evening afternoon day everyone everybody all welcome back friends folks and"
    ),
    verbs=FINITE_FORMS,
    of=words("of"),
)

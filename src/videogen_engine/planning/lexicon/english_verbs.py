"""Common English verbs and their inflections: enough to see where a sentence's verb stands.

The base forms are written here; the other forms follow from the spelling rules and the table of irregulars.
"""

from __future__ import annotations

_BASES = """
absorb accept access achieve act adapt add adjust admit adopt advise affect afford agree aim allow amaze analyze
announce answer appear apply appoint appreciate approve argue arrest arrive ask assemble assess assume assure attach
attack attempt attend attract attribute avoid award back bake ban base bear beat become begin believe belong bend bind
bite blame blend bless block bloom blow boast boil boost bore borrow bounce bow break breathe breed brew bribe bring
browse brush budget build burn burst bury buy calculate call calm camp cancel capture care carry carve cast catch
cause celebrate certify challenge change channel charge chase chat check cheer chew chill choose chop cite claim clap
clarify classify clean clear click climb close coach collapse collect color combine come comfort command comment
commit communicate compare compete complain complete compose compress conclude confirm confront congratulate connect
conserve consider consist consume contain continue contribute control convert convince cook cool cooperate copy
correct cost cough count counter cover crack crash crawl create criticize cross crush cry cultivate cure curl cut
dance dare date deal debate debug decide declare decline decorate decrease dedicate defeat defend define delay deliver
demand demonstrate deny depend deploy derive descend describe deserve design destroy detach detect determine develop
devote die differ dig digest direct disagree disappear discourage discover discuss dislike dismiss display dispose
dissolve distinguish distribute disturb dive divide dominate donate double download drag drain draw dream dress drift
drill drink drive drizzle drop drown dry dump earn ease eat echo edit elect elevate eliminate embrace emerge emphasize
employ enable encourage end engage enhance enjoy enrich enroll ensure enter entertain equip erupt escape escort
establish estimate evacuate evaluate evaporate evolve examine exceed exchange excite exclude excuse execute exercise
exhaust exhibit exist expand expect experience explain explode explore export expose express extend extract face fade
fail fall fasten favor feed feel fetch fight fill filter find finish fire fish fit fix flash flee flicker flip float
flood flourish flow flush fly focus fold follow fool force forecast forget forgive form found frame freeze frighten
fry fuel function fund furnish gain garnish gather generate get give gleam glide glow go govern grab graduate grant
grate grease greet grip grow guarantee guard guess guide halve hammer handle hang happen harm harvest hatch hate haunt
have head heal hear heat help hesitate hide highlight hire hit hold honor hope host house hug humble hunt hurry
identify ignore illustrate imagine imply import impose impress improve include incorporate increase indicate induce
infect influence inform inherit initiate inject injure insert inspect inspire install instruct insulate integrate
intend intensify interact interpret interrupt interview introduce invade invent invest invite involve iron isolate
join joke judge jump justify keep kick kill knead kneel knit knock knot know label lack lag land last lather laugh
launch lay lead leak lean learn leave lend let levy lick lie lift light like limit linger link list listen litter live
load lock lodge log look lose love lower maintain make manage march mark marry match matter mean measure meet melt
mention merge migrate mind mine mislead miss mistake mix mobilize modify monitor mount mourn move multiply nail name
navigate need neglect negotiate nod notice notify nourish object oblige observe obtain occupy occur offer open operate
oppose orbit order organize outperform overcome oversee overtake owe own oxidize pack paint park participate pass
pause pay peak peel peep perform persuade pick pilot pinch place plan plant play please pledge plug plunge point
polish pollinate pollute pop portray pose possess post postpone pour power practice praise pray preach predict prefer
preheat prepare present preserve press presume pretend prevail prevent price print proceed process proclaim produce
prohibit project promise promote prompt pronounce propel propose protect prove provide provoke publish pull pump punch
punish purchase pursue push put question quit quote race rain raise rank reach react read realize rebel rebuild recall
receive reckon recognize recommend reconsider record recover recruit recycle reduce refer refine reflect refuse regain
regard register regret regulate reject rejoin relate relax release relieve relocate rely remain remember remind
remodel remove render renew rent repair repay repeat repel replace reply report represent reproduce request require
rescue research reserve reset reside resign resist resolve respect respond rest restart restore restrict result resume
retain retire retreat return reunite reuse reveal reverse review revise revive reward ride ring rinse ripen rise rival
roar roast rob rock roll rot rotate round row rub ruin rule run rush sacrifice sail sample sand satisfy save say scale
scan scare scatter schedule scoop score scrape scratch scream scroll scrub sculpt seal search season secrete secure
see seek seem select sell send sense separate serve service set settle shake shape share shed shelter shift shine ship
shock shoot shop shorten shout show shrink shrug shuffle shut sigh sign signal simmer simplify sing sink sit skip slam
slap sleep slice slide slip slow slump smash smell smile smoke snap sneeze sniff snow soak soar soften solidify solve
sort sound span spare spark speak specify spell spend spill spin split spoil sponsor spot spray spread spring sprinkle
squeeze stabilize stack stage stain stamp stand star stare start starve state stay steal steam steer stem step stick
stimulate sting stir stitch stop store strain strengthen stretch strike strip stroke structure struggle study stuff
submerge submit subscribe substitute succeed suck suffer suggest sum summarize supply support suppose surge surround
survey survive suspect sustain swallow swap swear sweat sweep swell swim swing switch tackle tag take talk tame tap
tape target taste teach team tear tell tempt tend terrify test thank thicken think threaten thrive throw tickle tide
tie tighten time tip tire toast tolerate topple torture toss touch tour tow trace track trade train transcribe
transfer transform translate transmit transport trap travel treat trick trigger trim triple trot trouble trust try
tumble tune turn tutor twist type uncover undergo understand unfold unite unload unlock unpack unplug unveil unwrap
update upgrade upload upset urge use validate value vanish vary verify view violate visit volunteer vote vow wait wake
walk wander want warm warn wash waste watch weaken wear weave weep weigh welcome whip whisk whisper whistle widen win
wind wipe wish withdraw wonder work worry wrap wrestle write yell yield zip zoom
"""

#: Base form, past and past participle (when it differs).
_IRREGULAR = """
bear bore borne|beat beat beaten|become became|begin began begun|bend bent|bind bound|blow blew blown|break
broke broken|bring brought|build built|burn burnt|buy bought|cast cast|catch caught|choose chose chosen|come
came|cost cost|cut cut|deal dealt|dig dug|draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|
eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fly flew flown|forget
forgot forgotten|freeze froze frozen|get got gotten|give gave given|go went gone|grow grew grown|hang hung|
hear heard|hide hid hidden|hit hit|hold held|keep kept|kneel knelt|know knew known|lay laid|lead led|lean
leant|learn learnt|leave left|lend lent|let let|lie lay lain|light lit|lose lost|make made|mean meant|meet
met|overtake overtook overtaken|pay paid|prove proved proven|put put|quit quit|read read|rebuild rebuilt|
ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send
sent|set set|shake shook shaken|shine shone|show showed shown|shrink shrank shrunk|shut shut|sing sang sung|
sink sank sunk|sit sat|sleep slept|slide slid|speak spoke spoken|spend spent|spin spun|split split|spread
spread|spring sprang sprung|stand stood|steal stole stolen|stick stuck|strike struck|sweep swept|swell
swelled swollen|swim swam swum|take took taken|teach taught|tear tore torn|tell told|think thought|throw
threw thrown|understand understood|wake woke woken|wear wore worn|win won|withdraw withdrew withdrawn|write
wrote written|bite bit bitten|breed bred|burst burst|forgive forgave forgiven|mislead misled|mistake mistook
mistaken|oversee oversaw overseen|overcome overcame|repay repaid|reset reset|shed shed|sting stung|swear
swore sworn|swing swung|undergo underwent undergone|upset upset|weave wove woven|weep wept|wind wound|shoot
shot|forecast forecast|have had|do did done
"""

_VOWELS = "aeiou"


def _third(base: str) -> str:
    if base == "have":
        return "has"
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def _doubles(base: str) -> bool:
    short = len(base) <= 4 and sum(char in _VOWELS for char in base) == 1
    return short and base[-1] not in "wxyaeiou" and base[-2] in _VOWELS and base[-3:-2] not in tuple(_VOWELS)


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    return base + (base[-1] if _doubles(base) else "") + "ed"


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return base + (base[-1] if _doubles(base) else "") + "ing"


_PASTS = {
    parts[0]: tuple(parts[1:])
    for parts in (entry.split() for entry in _IRREGULAR.replace("\n", " ").split("|"))
    if parts
}

BASE_FORMS = frozenset(_BASES.split()) | {"be", "do"}
THIRD_FORMS = frozenset(_third(base) for base in BASE_FORMS if base not in {"be", "do"}) | {"does"}
PAST_FORMS = frozenset(form for base in BASE_FORMS if base != "be" for form in (_PASTS.get(base) or (_past(base),))) | {
    form for base in _PASTS for form in _PASTS[base]
}
GERUNDS = frozenset(_gerund(base) for base in BASE_FORMS)
BASE_OF_GERUND = {_gerund(base): base for base in sorted(BASE_FORMS)}

#: Verbs that make sense without anything after them: a headline may end with one.
INTRANSITIVE = frozenset(
    form
    for base in (
        [
            "rise",
            "fall",
            "grow",
            "drop",
            "climb",
            "increase",
            "decrease",
            "decline",
            "happen",
            "matter",
            "work",
            "fail",
            "win",
            "begin",
            "start",
            "stop",
            "end",
            "disappear",
            "vanish",
            "arrive",
            "die",
            "live",
            "sleep",
            "change",
            "continue",
            "return",
            "survive",
            "melt",
            "boil",
            "evaporate",
            "expand",
            "shrink",
            "soar",
            "surge",
            "slump",
            "plunge",
            "recover",
            "move",
            "stay",
            "wait",
            "relax",
            "breathe",
            "evolve",
            "emerge",
            "float",
            "sink",
            "shine",
            "glow",
            "double",
            "triple",
            "pay",
            "help",
            "fade",
            "open",
            "close",
            "vote",
            "retire",
            "rain",
            "snow",
            "come",
            "go",
            "leave",
            "laugh",
            "cry",
            "smile",
            "dance",
            "sing",
            "swim",
            "fly",
            "pass",
        ]
    )
    for form in (base, _third(base), *(_PASTS.get(base) or (_past(base),)), _gerund(base))
)

#: Verbs that are nouns more often than not: a verb only as a command or after a pronoun or auxiliary.
_NOUNS = """
answer approach attack attempt back bag bake balance base bear bend bite block blow board boost box break burn call
camp care cast cause change channel charge chase chat check claim climb close coach color comfort command comment
cook cool copy cost cough count cover crack crash cross cry cup cure cut damage dance date deal debate decline
defeat delay demand design display divide doubt draw dream dress drift drill drink drive drop dump echo edit end
escape estimate exchange exercise experience export face fade fail fall farm fear feed feel fight fill filter find
finish fire fish fix flash float flood flow fly focus fold force forecast form frame freeze fry fuel function fund
gain glow grab grant guard guess guide hammer handle harm harvest head heat help hit hold honor hope host house hunt
import increase influence insert interest interview invite iron joke jump kick kill knot label lag land laugh launch
lead leak lift light limit link list litter load lock lodge log look lose love lower march mark match measure mind
mine mix mount nail name note object offer order own pack paint park pass pause peak pick pilot pinch place plan
plant play point polish pop pour power practice present press price process produce project promise pull pump punch
push question quote race rank reach record release report research reserve rest result return review rise risk rival
roar rock roll round row rule run rush sale sample sand score season sense service shape share shed shelter shift
shock shop show sigh sign signal sleep slice slide smell smile sort sound span spark spot spray spread spring stack
stage stain stamp star start state steam stem step stop store storm stretch strike stroke structure study stuff sum
supply support surge survey sweat swing switch tag talk tape target taste team test tide time tip tire toast touch
tour tow trace track trade train transport trap travel trick trigger trouble trust tune turn twist type use value
view visit vow wait walk wash waste watch water wave whip whistle wind wish wonder work worry wrap yield
"""
#: Of those, the ones whose plural rarely acts as a verb after a noun ("deep cracks", "status reports").
_PLURALS = """
answer attack attempt bag bite block board boost box branch call camp cause channel charge check claim coach command
comment cook cost count cover crack crash cross cup cut date deal debate delay demand design display dream drill
drink drop edit end estimate exchange exercise experience export face farm fear fight filter fire fish flash flow
force form frame fund gain grant guard guess guide hammer handle harvest head hit host house import influence
interest interview job joke jump kick knot launch leak list log march measure mine mount nail name note object order
pack part peak pilot plan plant point press price project promise pump question quote race rank record report
reserve review rival rock round row rule rush sample sand score season sense service shape share shed shelter shock
shop sign signal slice sort sound span spark spot stack stage stamp star state stem step store stroke structure sum
survey tag tape target taste team test tide time tip tire touch tour trace track trade train trap trick trigger
trouble tune twist type value view visit vow walk wave whip whistle wind wish
"""
NOUNISH = frozenset(_NOUNS.split()) | frozenset(_third(base) for base in _PLURALS.split())

#: Every form that can be a clause's finite verb.
FINITE_FORMS = BASE_FORMS | THIRD_FORMS | PAST_FORMS

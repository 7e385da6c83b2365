"""Common English verbs and their inflections: enough to see where a sentence's verb stands.

The base forms are written here; the other forms follow from the spelling rules and the table of irregulars.
"""

from __future__ import annotations

_BASES = """
accept access achieve act adapt add adjust admit affect agree aim allow answer appear apply approve argue arrive ask assess
attack attend attract avoid bake bear beat become begin believe belong bend bind blend block blow boil boost borrow break
breathe bring build burn buy calculate call cancel capture care carry carve cast catch cause celebrate change charge chase
check chill choose chop claim clean clear click climb close collect combine come compare compete complete connect consider
contain continue contribute control convert cook cool copy cost cough count cover create cross cry cure cut dance deal decide
decline declare decrease define delay deliver demand depend describe deserve design destroy detect determine develop die dig
disappear discover discuss display divide double drag drain draw dream dress drift drill drink drive drop dry earn eat edit
eliminate emerge employ enable encourage end enjoy ensure enter escape establish estimate evaluate evaporate exceed exercise
exist expand expect experience explain explode explore express extend face fail fall feed feel fight fill filter find finish
fit fix flee float flow fly focus fold follow forget form freeze fry gain gather generate get give glow go grab grow guard
guess guide hang happen harm hate have hear heat help hide hit hold hope hunt identify ignore imagine improve include increase
influence inform install invent invest invite involve join jump keep kick kill kneel knock know lack land last laugh launch
lay lead leak lean learn leave lend let lie lift light like limit link listen live load lock look lose love lower make manage
mark match matter mean measure meet melt mention miss mix move multiply name need notice obtain occur offer open operate order
organize outperform own pack paint park pass pause pay perform pick place plan plant play please point pour practice predict
prefer prepare present press prevent print process produce promise promote protect prove provide publish pull pump push put
raise reach react read realize receive recognize recommend record recover recycle reduce reflect refuse release rely remain
remember remind remove repair repeat replace reply report represent require rescue resist respond rest restore result return
reveal rinse rise roast roll rotate rub ruin rule run save say scan scatter search season see seek seem sell send separate
serve set settle shake shape share shift shine ship shop show shrink shut sign simmer sing sink sit sleep slice slide slip slow
smell smile solve sort sound speak spend spill spin split spread spring sprinkle stand start stay steal stick stir stop store
strengthen stretch strike study succeed suffer suggest supply support suppose surround survive swim switch take talk target
taste teach tear tell test thank think threaten throw tie touch track trade train transfer transform translate trap travel
treat trigger triple trust try turn type understand unite update upgrade use vary visit wait wake walk want warm warn wash
waste watch wear weigh whisk win wipe wish wonder work worry wrap write yield absorb reflect orbit attach boast bounce bury
calm chew compose compress conclude confirm conserve consist consume cooperate deserve dissolve dominate donate download drown
echo erupt evolve export fade flicker forecast gleam glide greet halve harvest heal host import insert inspire insulate invade
keep label linger maintain migrate monitor nourish observe overtake plunge plug pollinate preheat proceed propel quit rain rank
rebuild regulate relax relieve remodel renew rent rescue retire reuse reverse revise ride ring rot sail scale scratch scream
seal secure shelter shout sigh simplify slump snow soar spark spray squeeze stabilize stain steer stem stimulate strain submit
surge sustain sweep swell tend tighten topple toss transport trim tumble unlock unplug upload vanish vote wander withdraw
assemble evacuate hurry crawl scrub lather peel grate knead drizzle grease garnish propose purchase request reject resign
respect restrict resume retain reward sample satisfy schedule score scrape shoot smoke soak specify sponsor stare state suck
suspect tackle tap tolerate trace twist uncover undergo unfold unveil urge value verify view violate volunteer weaken welcome
whisper widen wind yell zoom hire handle head honor house illustrate impose impress incorporate indicate infect inherit
initiate inject injure inspect intend interpret interrupt interview introduce isolate judge justify knit adopt advise afford
amaze analyze announce appoint appreciate arrest assume assure attempt attribute award back ban base bless bloom bore bow
brush burst bite blame breed brew bribe browse budget camp certify challenge channel chat cheer chew cite clarify classify
clap coach collapse color comfort command comment commit communicate complain confront congratulate convince correct
counter crack crash criticize crush cultivate curl dare date debate debug decorate dedicate defeat defend demonstrate deny
deploy derive descend detach devote differ digest direct disagree discourage dislike dismiss display dispose distinguish
distribute disturb dive drown dump earn ease elect elevate embrace emphasize engage enhance enrich enroll entertain
equip escort evacuate examine exchange excite exclude excuse execute exhaust exhibit expose extract fasten favor fetch
fire fish flash flip flood flourish flush fool force forgive found frame frighten fuel function fund furnish govern graduate
grant grip guarantee hammer handle hatch haunt hesitate highlight hire host hug humble imply impose increase induce
instruct insulate integrate intensify interact invade iron joke knot lag lend levy lick list litter lodge log march marry
melt merge mind mine mislead mistake mobilize modify mount mourn nail navigate neglect negotiate nod notify object oblige
occupy oppose oversee overcome owe oxidize participate peak peep persuade pilot pinch pledge plunge polish pollute pop
portray pose possess post postpone power praise pray preach preserve presume pretend prevail price proclaim prohibit
project prompt pronounce provoke pump punch punish pursue question quote race react rebel recall reckon reconsider recruit
refer refine regain regard register regret reject rejoin relate relocate render repay repel reproduce rescue research reserve
reset reside resolve restart retreat reunite review revive ripen rival roar rob rock round row rush sacrifice sand save
scare scoop scroll sculpt secrete select sense service shed shock shorten shrug shuffle sigh signal skip slam slap smash
snap sneeze sniff soften solidify span spare spell split spoil spot stack stage stamp star starve steam step sting
stitch strip stroke structure struggle stuff submerge subscribe substitute sum summarize survey swallow swap swear sweat
swing tag tame tape taste team tempt terrify thicken thrive tickle tide time tip tire toast torture tour tow transcribe
transmit trick trot trouble tune tutor unload unpack unwrap upset validate value verify vow weave weep welcome whip whistle
widen wrestle zip
"""

#: Base form, past and past participle (when it differs).
_IRREGULAR = """
bear bore borne|beat beat beaten|become became|begin began begun|bend bent|bind bound|blow blew blown|break broke broken|
bring brought|build built|burn burnt|buy bought|cast cast|catch caught|choose chose chosen|come came|cost cost|cut cut|
deal dealt|dig dug|draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|
feel felt|fight fought|find found|flee fled|fly flew flown|forget forgot forgotten|freeze froze frozen|get got gotten|
give gave given|go went gone|grow grew grown|hang hung|hear heard|hide hid hidden|hit hit|hold held|keep kept|kneel knelt|
know knew known|lay laid|lead led|lean leant|learn learnt|leave left|lend lent|let let|lie lay lain|light lit|lose lost|
make made|mean meant|meet met|overtake overtook overtaken|pay paid|prove proved proven|put put|quit quit|read read|
rebuild rebuilt|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent|
set set|shake shook shaken|shine shone|show showed shown|shrink shrank shrunk|shut shut|sing sang sung|sink sank sunk|sit sat|
sleep slept|slide slid|speak spoke spoken|spend spent|spin spun|split split|spread spread|spring sprang sprung|stand stood|
steal stole stolen|stick stuck|strike struck|sweep swept|swell swelled swollen|swim swam swum|take took taken|teach taught|
tear tore torn|tell told|think thought|throw threw thrown|understand understood|wake woke woken|wear wore worn|win won|
withdraw withdrew withdrawn|write wrote written|bite bit bitten|breed bred|burst burst|forgive forgave forgiven|
mislead misled|mistake mistook mistaken|oversee oversaw overseen|overcome overcame|repay repaid|reset reset|shed shed|
sting stung|swear swore sworn|swing swung|undergo underwent undergone|upset upset|weave wove woven|weep wept|wind wound|
shoot shot|forecast forecast|have had|do did done
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
        ["rise", "fall", "grow", "drop", "climb", "increase", "decrease", "decline", "happen", "matter", "work", "fail", "win", "begin", "start", "stop", "end", "disappear", "vanish", "arrive", "die", "live", "sleep", "change", "continue", "return", "survive", "melt", "boil", "evaporate", "expand", "shrink", "soar", "surge", "slump", "plunge", "recover", "move", "stay", "wait", "relax", "breathe", "evolve", "emerge", "float", "sink", "shine", "glow", "double", "triple", "pay", "help", "fade", "open", "close", "vote", "retire", "rain", "snow"]
    )
    for form in (base, _third(base), *(_PASTS.get(base) or (_past(base),)), _gerund(base))
)

#: Every form that can be a clause's finite verb.
FINITE_FORMS = BASE_FORMS | THIRD_FORMS | PAST_FORMS

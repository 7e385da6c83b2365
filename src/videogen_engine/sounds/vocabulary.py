"""The words that ask for sounds, and the words that change them. Plain tables, no synthesis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sound:
    """``words`` are phrases, parted by bars. ``seconds`` is its own length, 0 goes on for as long as wanted.

    ``room`` is the time (s) in which its reverberation falls by 60 dB, and how much of it there is (0–1).
    ``again`` seconds after its end a sound that fits several times into the length is heard again; 0 never.
    """

    words: str
    seconds: float = 0.0
    room: tuple[float, float] = (0.5, 0.06)
    again: float = 0.0


SOUNDS: Mapping[str, Sound] = {
    "rain": Sound("rain|raining|rainfall|raindrops|rainstorm|rainy|drizzle|downpour|shower", room=(0.8, 0.03)),
    "thunder": Sound("thunder|thunderclap|thunderstorm|lightning|thunder strike", 8.0, (3.0, 0.25), 3.0),
    "wind": Sound("wind|windy|breeze|gale|gust|blizzard|howling wind|storm wind", room=(1.5, 0.05)),
    "ocean waves": Sound("ocean|sea|wave|surf|beach|shore|seaside|ocean wave|sea wave|tide", room=(1.0, 0.04)),
    "stream": Sound(
        "stream|creek|brook|river|waterfall|running water|flowing water|rapids|fountain|tap water|water",
        room=(0.7, 0.04),
    ),
    "bubbles": Sound("bubble|bubbling|boiling|underwater|gurgle|gurgling", room=(0.6, 0.06)),
    "water drop": Sound(
        "water drop|dripping water|dripping tap|dripping faucet|drop|droplet|drip|dripping|drip of water|water drip",
        0.6,
        (1.6, 0.22),
        0.5,
    ),
    "splash": Sound("splash|splashing|dive|plunge|water splash", 2.2, (0.7, 0.08), 1.0),
    "fire": Sound("fire|campfire|fireplace|bonfire|crackling|flame|burning|fire crackle|crackle", room=(0.5, 0.04)),
    "birds": Sound(
        "bird|birdsong|chirping bird|bird chirping|tweet|forest|songbird|morning|spring|chirp", room=(1.4, 0.12)
    ),
    "crickets": Sound("cricket|night|cicada|insect|summer night", room=(1.2, 0.08)),
    "bee": Sound("bee|fly|mosquito|wasp|bumblebee|buzzing bee|bee buzzing|buzzing fly|insect buzz", room=(0.4, 0.03)),
    "explosion": Sound("explosion|explode|exploding|blast|bomb|detonation|grenade|kaboom", 4.5, (3.2, 0.2), 2.0),
    "gunshot": Sound("gunshot|gun|shot|pistol|rifle|shooting|gunfire|cannon", 1.6, (2.4, 0.2), 0.6),
    "boom": Sound(
        "boom|impact|hit|cinematic impact|cinematic hit|trailer hit|cinematic boom|sub drop|bass drop|slam|braam",
        3.6,
        (3.4, 0.3),
        2.0,
    ),
    "thud": Sound(
        "thud|thump|heavy object|falling object|drop on the floor|body fall|landing|bump|object falling",
        0.7,
        (0.6, 0.12),
        0.8,
    ),
    "punch": Sound("punch|fist|fight|kick|smack|slap", 0.5, (0.4, 0.08), 0.5),
    "knock": Sound(
        "knock|knocking|door knock|knock on a door|knocking on a door|knock on the door|"
        "knocking on the door|knock on door|knocking on door|rapping",
        1.3,
        (0.6, 0.1),
        1.4,
    ),
    "door": Sound(
        "door|door slam|slamming door|door closing|door close|closing door|door creak|creaking door|"
        "creaky door|door opening|hinge|creak|creaking|gate",
        2.4,
        (0.8, 0.12),
        1.0,
    ),
    "glass breaking": Sound(
        "glass breaking|breaking glass|glass break|glass shatter|shattering glass|glass shattering|"
        "broken glass|window breaking|shatter|shattering|glass|smash|window smash|smashing glass",
        1.8,
        (0.8, 0.12),
        1.2,
    ),
    "glass clink": Sound(
        "clink|clinking|cheers|toast|glasses clinking|clinking glass|glass clink|wine glass", 1.6, (0.7, 0.1), 0.8
    ),
    "metal hit": Sound(
        "metal|anvil|clang|clank|metal pipe|pipe|hammer|steel|metallic hit|metal impact|metallic", 2.4, (1.2, 0.14), 0.8
    ),
    "gong": Sound("gong|tam tam|tamtam", 7.0, (2.6, 0.18), 1.0),
    "sword": Sound("sword|blade|katana|shing|sword draw|unsheathe|knife", 2.0, (1.2, 0.14), 0.8),
    "drum": Sound(
        "drum|drum hit|drum roll|drumroll|snare|kick drum|bass drum|tom|cymbal|crash cymbal|taiko|hi hat|"
        "hihat|timpani|rimshot",
        1.6,
        (1.0, 0.12),
        0.5,
    ),
    "clap": Sound("hand clap|handclap|single clap|clap", 0.5, (0.6, 0.12), 0.4),
    "finger snap": Sound("finger snap|snap|snapping finger|finger snapping", 0.35, (0.5, 0.1), 0.5),
    "fireworks": Sound("firework|fireworks|rocket|firecracker", room=(2.6, 0.2)),
    "heartbeat": Sound("heartbeat|heart|heart beat|pulse|beating heart|heart beating", room=(0.4, 0.04)),
    "applause": Sound(
        "applause|clapping|audience|ovation|crowd clapping|audience clapping|crowd applause|clapping crowd",
        room=(1.6, 0.22),
    ),
    "footsteps": Sound("footstep|step|walking|walk|running|jogging|footfall|walking on gravel|heel", room=(0.7, 0.08)),
    "breathing": Sound("breath|breathing|breathe|inhale|exhale|sigh|panting", room=(0.4, 0.04)),
    "crowd": Sound(
        "crowd|people talking|chatter|murmur|restaurant|cafe|café|coffee shop|babble|people|conversation|bar|party",
        room=(1.2, 0.2),
    ),
    "engine": Sound(
        "engine|car|motor|motorcycle|motorbike|truck|vehicle|car engine|car passing|car driving|lorry|"
        "tractor|bus|scooter|race car|traffic",
        room=(0.7, 0.06),
    ),
    "helicopter": Sound("helicopter|chopper|rotor", room=(1.0, 0.08)),
    "airplane": Sound(
        "airplane|aeroplane|plane|jet|aircraft|flyover|jet engine|spaceship|rocket launch", room=(2.0, 0.1)
    ),
    "horn": Sound(
        "horn|car horn|honk|honking|train horn|ship horn|foghorn|air horn|train whistle", 1.2, (0.9, 0.1), 0.8
    ),
    "siren": Sound("siren|police|ambulance|police siren|fire truck|fire engine|emergency|police car", room=(1.4, 0.12)),
    "alarm": Sound("alarm|alarm clock|digital alarm|wake up|warning|fire alarm", room=(0.5, 0.06)),
    "telephone": Sound(
        "telephone|phone|phone ringing|ringing phone|ringtone|phone ring|phone vibrating|phone vibration|"
        "vibrating phone|vibration|telephone ringing",
        room=(0.6, 0.08),
    ),
    "clock": Sound(
        "clock|ticking|tick|tick tock|clock ticking|ticking clock|watch|stopwatch|metronome|timer", room=(0.5, 0.08)
    ),
    "typing": Sound(
        "typing|keyboard|typewriter|keyboard typing|key press|keystroke|typing on a keyboard|"
        "computer keyboard|mechanical keyboard",
        room=(0.35, 0.05),
    ),
    "camera shutter": Sound(
        "camera|shutter|camera shutter|camera click|photo|snapshot|taking a picture|paparazzi|photograph",
        0.4,
        (0.4, 0.06),
        0.6,
    ),
    "switch": Sound(
        "switch|light switch|button|button press|lock|unlock|latch|key turn|lever|toggle|lock click",
        0.35,
        (0.4, 0.06),
        0.6,
    ),
    "zipper": Sound("zipper|zip|unzip|zipping", 1.1, (0.3, 0.04), 0.6),
    "paper": Sound(
        "paper|page turn|turning page|page|page flip|book page|paper rustling|paper crumple|"
        "crumpling paper|crumple|wrapping paper|newspaper|rustle|rustling|crumpling",
        1.0,
        (0.35, 0.04),
        0.5,
    ),
    "cash register": Sound(
        "cash register|ka ching|kaching|cha ching|chaching|till|money|purchase|checkout", 1.9, (0.6, 0.08), 0.8
    ),
    "drill": Sound("drill|power drill|drilling|power tool|saw|blender|vacuum|hair dryer", room=(0.6, 0.08)),
    "train": Sound("train|railway|subway|tram|locomotive|train passing", room=(1.0, 0.1)),
    "notification": Sound(
        "notification|notification chime|chime|message|message alert|alert|notify|notification sound|"
        "new message|ui chime|tone",
        1.5,
        (0.9, 0.12),
        1.0,
    ),
    "ding": Sound("ding|ping|triangle|elevator ding|elevator|microwave", 1.6, (0.9, 0.12), 0.8),
    "success": Sound(
        "success|correct|win|winner|victory|level up|level complete|achievement|complete|right answer|"
        "correct answer|tada|fanfare|jackpot",
        1.7,
        (1.0, 0.12),
        1.0,
    ),
    "error": Sound("error|failure|fail|denied|error sound|invalid|access denied", 0.6, (0.5, 0.06), 0.8),
    "buzzer": Sound("buzzer|wrong answer|wrong|quiz buzzer|game show buzzer|incorrect", 0.9, (0.6, 0.06), 0.8),
    "beep": Sound(
        "beep|bleep|heart monitor|countdown|censor|beeping|computer beep|robot|computer", 0.3, (0.4, 0.05), 0.7
    ),
    "sonar": Sound("sonar|radar|submarine", room=(3.0, 0.3)),
    "click": Sound(
        "click|mouse click|tap|ui click|clicking|double click|interface|mouse|button click", 0.2, (0.3, 0.04), 0.6
    ),
    "pop": Sound(
        "pop|popping|plop|cork|cork pop|champagne|bubble pop|balloon pop|bottle pop|popping cork",
        0.45,
        (0.5, 0.07),
        0.6,
    ),
    "bell": Sound(
        "bell|church bell|bell ringing|ringing bell|hand bell|bell tower|school bell|cowbell|bell toll|toll",
        6.0,
        (2.2, 0.15),
        -3.5,
    ),
    "doorbell": Sound("doorbell|door bell|ding dong", 2.6, (0.9, 0.12), 1.5),
    "sleigh bells": Sound("sleigh bell|jingle bell|jingle|christmas bell|tambourine|sleigh", room=(0.9, 0.1)),
    "magic sparkle": Sound(
        "magic|sparkle|twinkle|fairy|shimmer|magic wand|fairy dust|spell|glitter|wind chime|magical",
        2.6,
        (2.0, 0.28),
        0.8,
    ),
    "coin": Sound("coin|coin drop|coin flip|game coin|coin pickup|pick up|pickup|collect", 0.8, (0.5, 0.06), 0.5),
    "game jump": Sound("jump|game jump|boing|hop|bounce|spring jump", 0.4, (0.3, 0.04), 0.5),
    "power-up": Sound("power up|powerup|upgrade|bonus|game start", 1.0, (0.5, 0.06), 0.8),
    "game over": Sound("game over|lose|losing|lost|sad trombone|defeat", 1.6, (0.6, 0.08), 1.0),
    "laser": Sound(
        "laser|blaster|ray gun|pew|phaser|laser gun|lightsaber|sci fi gun|laser beam", 0.6, (0.9, 0.12), 0.35
    ),
    "glitch": Sound(
        "glitch|digital glitch|digital noise|data|hacker|malfunction|digital|corrupted", 1.2, (0.3, 0.03), 0.4
    ),
    "static": Sound("static|tv static|radio static|white noise|noise|radio|radio tuning|television", room=(0.3, 0.0)),
    "electric spark": Sound(
        "spark|electric|electricity|electric spark|zap|taser|short circuit|arc|electric shock|tesla",
        1.4,
        (0.5, 0.06),
        0.6,
    ),
    "whoosh": Sound(
        "whoosh|swoosh|swish|woosh|whip|fly by|flyby|air|throw|swing|whizz|pass by|fast movement", 0.9, (0.7, 0.08), 0.5
    ),
    "transition": Sound(
        "transition|cinematic transition|whoosh hit|logo reveal|reveal|intro|logo|scene change|stinger",
        3.2,
        (2.4, 0.2),
        1.0,
    ),
    "riser": Sound("riser|build up|buildup|tension riser|uplifter|tension build|rise|rising", 5.0, (1.6, 0.14), 0.5),
    "downlifter": Sound(
        "downlifter|down lifter|falling|downer|power down|shutdown|fall|descend", 4.0, (1.8, 0.16), 0.5
    ),
    "sweep": Sound("sweep|filter sweep|noise sweep|synth sweep", 2.4, (1.2, 0.12), 0.6),
    "drone": Sound(
        "drone|ominous|dark ambience|horror|suspense|tension|scary|eerie|spooky|dark drone|space|ambience|ambient",
        room=(3.5, 0.3),
    ),
    "record scratch": Sound("record scratch|vinyl scratch|scratch|dj scratch|turntable", 0.7, (0.3, 0.03), 0.8),
    "tape rewind": Sound("rewind|tape rewind|vhs|fast forward|cassette|tape", 1.5, (0.3, 0.03), 0.6),
}


@dataclass(frozen=True)
class Change:
    """Factors of a take, decibels of its level, and where it is: ``far`` 0–1, ``muffled`` 0–1, a ``room`` (s)."""

    size: float = 1.0
    pace: float = 1.0
    force: float = 1.0
    level: float = 0.0
    far: float = 0.0
    muffled: float = 0.0
    room: float = 0.0


_BIG, _SMALL = Change(size=1.35), Change(size=0.75)
_FAST, _SLOW = Change(pace=1.4), Change(pace=0.7)
_HARD, _SOFT = Change(force=1.5, level=2.0), Change(force=0.6, level=-5.0)
_FAR, _NEAR = Change(far=0.75, level=-8.0), Change(far=-0.3, level=1.0)
CHANGES: Mapping[str, Change] = {
    **dict.fromkeys(("big", "large", "huge", "giant", "massive", "deep", "low", "enormous", "epic", "long"), _BIG),
    **dict.fromkeys(("small", "little", "tiny", "high", "short", "thin", "mini"), _SMALL),
    **dict.fromkeys(("fast", "quick", "rapid", "quickly", "fast-paced", "hurried", "frantic", "racing"), _FAST),
    **dict.fromkeys(("slow", "slowly", "lazy", "relaxed", "unhurried"), _SLOW),
    **dict.fromkeys(
        (
            "heavy",
            "hard",
            "strong",
            "loud",
            "violent",
            "intense",
            "powerful",
            "pouring",
            "torrential",
            "aggressive",
            "fierce",
            "stormy",
        ),
        _HARD,
    ),
    **dict.fromkeys(
        (
            "soft",
            "gentle",
            "light",
            "quiet",
            "calm",
            "subtle",
            "faint",
            "softly",
            "gently",
            "mild",
            "delicate",
            "peaceful",
            "soothing",
            "smooth",
        ),
        _SOFT,
    ),
    **dict.fromkeys(("distant", "far", "away", "distance", "background", "remote"), _FAR),
    **dict.fromkeys(("close", "near", "nearby", "close-up", "closeup"), _NEAR),
    **dict.fromkeys(("muffled", "behind", "wall", "dull", "through"), Change(muffled=0.8)),
    **dict.fromkeys(
        ("hall", "church", "cathedral", "cave", "echo", "echoing", "reverb", "reverberant", "tunnel", "arena"),
        Change(room=2.8),
    ),
    **dict.fromkeys(("room", "indoor", "indoors", "corridor", "hallway", "inside"), Change(room=0.9)),
    "dry": Change(room=-1.0),
    "bright": Change(force=1.25, size=0.9),
    "dark": Change(size=1.2, force=0.8),
    "cinematic": Change(size=1.25, room=2.2),
}

#: Words that say nothing about the sound.
EMPTY = frozenset(
    (  # noqa: SIM905  # a table
        "a an and the of on in at to with from for by into over as is are it its some sound sounds effect effects sfx "
        "noise audio clip make generate create please very really against under while one two three second "
        "seconds loop looping "
        "seamless realistic natural clean quality high-quality good single old modern video game style like then"
    ).split(" ")
)
#: What parts a prompt into sounds that follow one another.
SEQUENCE = r"\s*(?:,?\s*(?:and\s+)?then\b|,?\s*followed by\b|;|→|->)\s*"

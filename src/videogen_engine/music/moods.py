"""What each mood plays: keys, tempo, progressions, players and beats. Pure data, read by the composer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """How a player reads the harmony, and with it what its ``pattern`` means. Steps are sixteenths of a bar.

    HOLD: whole chords, held. BLOCK: chords at ``step:length:force``. ARP: chord tones by index, evenly over
    the bar, ``.`` for a rest. BASS: ``step:length:tone`` with R root, 5 fifth, 8 octave. MELODY: the name of
    a rhythm family. DRUMS: the name of a beat.
    """

    HOLD = "hold"
    BLOCK = "block"
    ARP = "arp"
    BASS = "bass"
    MELODY = "melody"
    DRUMS = "drums"


@dataclass(frozen=True)
class Player:
    """``level`` in dB, ``pan`` −1 to 1, ``send`` the share that goes to the reverb.

    ``sections`` are the first letters of those it plays in: i intro, A, B, C, o outro. ``octave`` moves it.
    """

    role: Role
    instrument: str
    pattern: str = ""
    level: float = 0.0
    pan: float = 0.0
    send: float = 0.25
    sections: str = "iABCo"
    octave: int = 0


@dataclass(frozen=True)
class Mood:
    """``tempo`` in beats a minute, ``major`` and ``minor`` the progressions of A, then those of B.

    ``swing`` 0–1 delays every second eighth, ``human`` is the spread of the timing (ms), ``room`` the
    reverb's decay (s) and ``wet`` its level, ``cutoff`` an overall low-pass (Hz), ``pump`` the depth (dB)
    by which the kick pushes the rest aside.
    """

    mode: str
    tempo: tuple[int, int]
    players: tuple[Player, ...]
    tonics: tuple[int, ...] = (0, 2, 4, 5, 7, 9)
    major: tuple[tuple[str, ...], tuple[str, ...]] = (
        ("1add9 5 6 4add9", "1 6 4 5sus4", "1add9 4 6 5"),
        ("4 5 6 1", "6 4 1 5", "4add9 1 5 6"),
    )
    minor: tuple[tuple[str, ...], tuple[str, ...]] = (
        ("1 6 3 7", "1 4 6 7", "1add9 7 6 7"),
        ("6 7 1 4", "4 1 6 7", "6 3 7 1"),
    )
    swing: float = 0.0
    human: float = 7.0
    room: float = 1.8
    wet: float = 0.3
    cutoff: float = 16_000.0
    pump: float = 0.0
    crackle: bool = False


H, K, A, S, M, D = Role.HOLD, Role.BLOCK, Role.ARP, Role.BASS, Role.MELODY, Role.DRUMS

MOODS: Final[dict[str, Mood]] = {
    "calm": Mood(
        mode="major",
        tempo=(66, 76),
        room=2.6,
        wet=0.4,
        human=10,
        cutoff=9000,
        players=(
            Player(H, "warm pad", level=-13, send=0.5),
            Player(A, "felt piano", "0 2 1 3 2 1 3 2", level=0, pan=-0.1, send=0.35),
            Player(S, "soft bass", "0:14:R", level=0, send=0.05, sections="ABC"),
            Player(M, "felt piano", "lyrical", level=2, pan=0.12, send=0.4, sections="ABo"),
            Player(H, "strings", level=-16, send=0.5, sections="BC"),
        ),
    ),
    "ambient": Mood(
        mode="lydian",
        tempo=(58, 66),
        room=4.2,
        wet=0.62,
        human=18,
        cutoff=8500,
        major=(("1add9 2 1add9 5", "1sus2 4add9 6 5sus4"), ("6 4add9 1sus2 5", "2 1add9 6 5sus2")),
        players=(
            Player(H, "saw pad", level=-6, send=0.6),
            Player(H, "warm pad", level=-6, send=0.5, octave=-1),
            Player(A, "bell", ". . 3 . . 2 . 1", level=-5, pan=0.35, send=0.8, sections="iABC"),
            Player(M, "vibraphone", "sparse", level=1, pan=-0.25, send=0.7, sections="ABo"),
            Player(S, "sub bass", "0:16:R", level=-4, send=0.0, sections="ABCo"),
        ),
    ),
    "upbeat": Mood(
        mode="major",
        tempo=(116, 124),
        room=1.2,
        wet=0.2,
        human=5,
        pump=2.0,
        major=(("1 5 6 4", "1 4 6 5", "1 6 4 5"), ("4 1 5 6", "6 4 1 5", "4 5 1 6")),
        players=(
            Player(K, "piano", "0:3:1 3:3:.7 6:2:.8 10:2:.7 12:3:.9", level=-2, pan=-0.15, send=0.15),
            Player(A, "pluck", "0 1 2 3 1 2 3 2 0 1 2 3 1 2 3 2", level=-7, pan=0.35, send=0.3, sections="ABC"),
            Player(S, "electric bass", "0:3:R 3:3:R 6:4:5 10:2:R 12:4:8", level=-2, send=0.02, sections="AB"),
            Player(M, "marimba", "busy", level=-1, pan=0.15, send=0.3, sections="BC", octave=1),
            Player(H, "strings", level=-15, send=0.4, sections="BCo"),
            Player(D, "acoustic kit", "pop", level=-1, send=0.1, sections="iABo"),
        ),
    ),
    "corporate": Mood(
        mode="major",
        tempo=(104, 112),
        room=1.6,
        wet=0.28,
        human=5,
        cutoff=13_000,
        major=(("1add9 5 6 4add9", "1 4add9 6 5sus4"), ("6 4add9 1 5", "4add9 1 5 6")),
        players=(
            Player(A, "muted guitar", "0 2 0 3 0 2 0 1", level=-3, pan=-0.3, send=0.25),
            Player(K, "piano", "0:8:1 8:6:.7", level=-3, pan=0.1, send=0.3, sections="ABCo"),
            Player(H, "warm pad", level=-12, send=0.4),
            Player(S, "electric bass", "0:6:R 6:2:R 8:8:R", level=-3, send=0.02, sections="AB"),
            Player(M, "bell", "flowing", level=-6, pan=0.3, send=0.5, sections="BC"),
            Player(D, "soft kit", "steady", level=-1, send=0.12, sections="ABo"),
        ),
    ),
    "cinematic": Mood(
        mode="minor",
        tempo=(76, 84),
        room=3.2,
        wet=0.45,
        human=9,
        cutoff=12_000,
        minor=(("1 6 3 7", "1add9 6 4 7"), ("6 7 1 3", "4 6 1 7")),
        players=(
            Player(H, "strings", level=-8, send=0.5),
            Player(A, "piano", "0 2 3 2 1 3 2 3", level=-1, pan=-0.15, send=0.45),
            Player(A, "spiccato", "0 0 2 0 1 0 2 0 0 0 2 0 1 0 3 0", level=-6, pan=0.25, send=0.35, sections="BC"),
            Player(S, "low strings", "0:16:R", level=-2, send=0.3, sections="ABCo"),
            Player(M, "horn", "lyrical", level=-1, pan=0.1, send=0.5, sections="BC"),
            Player(D, "orchestra", "film", level=-4, send=0.4, sections="AB"),
        ),
    ),
    "lo-fi": Mood(
        mode="dorian",
        tempo=(74, 84),
        swing=0.24,
        room=1.1,
        wet=0.2,
        human=13,
        cutoff=5200,
        pump=3.0,
        crackle=True,
        major=(("4 3 6 17", "47 37 27 17"), ("27 57 17 67", "67 27 57 17")),
        minor=(("19 47 37 67", "17 69 47 57"), ("49 77 37 17", "69 77 17 17")),
        players=(
            Player(K, "electric piano", "0:6:1 7:3:.6 10:5:.8", level=0, pan=-0.1, send=0.3),
            Player(S, "upright bass", "0:6:R 7:3:R 10:4:5 14:2:8", level=3, send=0.03, sections="ABC"),
            Player(M, "nylon guitar", "lazy", level=-1, pan=0.25, send=0.3, sections="ABC"),
            Player(H, "warm pad", level=-15, send=0.4, sections="BCo"),
            Player(D, "dusty kit", "boom bap", level=-3, send=0.08, sections="iABo"),
        ),
    ),
    "dark": Mood(
        mode="phrygian",
        tempo=(64, 74),
        room=3.6,
        wet=0.45,
        human=9,
        cutoff=7000,
        tonics=(0, 2, 4, 9, 11),
        minor=(("1 2 1 7", "15 6 2 1", "1 6 4 2"), ("6 2 7 1", "4 1 2 7")),
        players=(
            Player(H, "saw pad", level=-9, send=0.5, octave=-1),
            Player(H, "low strings", level=-9, send=0.4, octave=-1),
            Player(S, "synth bass", "0:3:R 6:3:R 11:2:R 14:2:R", level=0, send=0.1, sections="ABC"),
            Player(A, "felt piano", "0 . 2 . . 1 . .", level=2, pan=0.2, send=0.6, octave=1),
            Player(M, "bell", "sparse", level=-4, pan=-0.3, send=0.8, sections="BC"),
            Player(D, "orchestra", "pulse", level=-5, send=0.45, sections="AB"),
        ),
    ),
    "playful": Mood(
        mode="major",
        tempo=(112, 122),
        swing=0.14,
        room=0.9,
        wet=0.18,
        human=6,
        major=(("1 4 1 5", "1 6 2 5", "1 4 5 1"), ("4 1 2 5", "6 2 5 1", "4 5 3 6")),
        players=(
            Player(K, "pizzicato", "4:2:.9 12:2:.8", level=0, pan=-0.2, send=0.25),
            Player(S, "upright bass", "0:3:R 8:3:5", level=4, send=0.05),
            Player(M, "marimba", "busy", level=1, pan=0.15, send=0.25, sections="ABo", octave=1),
            Player(A, "glockenspiel", "0 . 2 . 3 . 2 .", level=-13, pan=0.4, send=0.4, sections="BC"),
            Player(D, "hand kit", "skip", level=-1, send=0.12, sections="ABC"),
        ),
    ),
    "acoustic": Mood(
        mode="major",
        tempo=(92, 102),
        room=1.2,
        wet=0.22,
        human=9,
        tonics=(0, 2, 4, 7, 9),
        major=(("1 5 6 4", "1 4add9 1 5", "1add9 6 4 5"), ("4 1 6 5", "6 4 1 5", "2 4 1 5")),
        players=(
            Player(A, "steel guitar", "0 2 3 1 2 3 1 2", level=0, pan=-0.25, send=0.2),
            Player(K, "nylon guitar", "0:4:1 6:2:.6 8:4:.8 14:2:.5", level=-4, pan=0.3, send=0.2, sections="ABo"),
            Player(S, "upright bass", "0:7:R 8:7:5", level=3, send=0.04, sections="ABC"),
            Player(M, "nylon guitar", "flowing", level=1, pan=0.05, send=0.3, sections="BC", octave=1),
            Player(H, "strings", level=-15, send=0.4, sections="BC"),
            Player(D, "hand kit", "strum", level=-2, send=0.1, sections="ABC"),
        ),
    ),
    "electronic": Mood(
        mode="minor",
        tempo=(118, 124),
        room=1.8,
        wet=0.28,
        human=2,
        pump=5.0,
        minor=(("1 6 3 7", "19 67 4 7"), ("6 7 1 3", "4 6 1 7")),
        players=(
            Player(A, "pluck", "0 1 2 3 2 1 3 2 0 1 3 2 1 3 2 1", level=-3, pan=0.2, send=0.4),
            Player(H, "saw pad", level=-9, send=0.45),
            Player(S, "synth bass", "2:2:R 6:2:R 10:2:R 14:2:8", level=1, send=0.02, sections="ABC"),
            Player(M, "synth lead", "flowing", level=-7, pan=-0.15, send=0.5, sections="BC"),
            Player(D, "electronic kit", "four", level=-3, send=0.06, sections="iABo"),
        ),
    ),
    "epic": Mood(
        mode="minor",
        tempo=(88, 96),
        room=3.0,
        wet=0.4,
        human=7,
        minor=(("1 6 3 7", "1 7 6 7"), ("6 7 1 3", "4 6 7 1")),
        players=(
            Player(A, "spiccato", "0 0 0 2 0 0 0 2 1 1 1 3 2 2 2 3", level=0, pan=0.2, send=0.3),
            Player(H, "strings", level=-8, send=0.45),
            Player(S, "low strings", "0:4:R 4:4:R 8:4:R 12:4:R", level=0, send=0.25, sections="ABCo"),
            Player(K, "horn", "0:7:1 8:7:.8", level=-8, pan=-0.1, send=0.5, sections="BC"),
            Player(M, "horn", "lyrical", level=0, pan=0.1, send=0.5, sections="B", octave=1),
            Player(D, "orchestra", "march", level=-2, send=0.35, sections="ABo"),
        ),
    ),
    "warm": Mood(
        mode="major",
        tempo=(78, 88),
        room=1.8,
        wet=0.3,
        human=10,
        cutoff=8000,
        major=(("1add9 37 67 4add9", "17 47 67 57", "1add9 4add9 1add9 57"), ("47 37 27 57", "67 4add9 1 5sus4")),
        players=(
            Player(K, "electric piano", "0:7:1 8:6:.7", level=0, pan=-0.1, send=0.3),
            Player(A, "nylon guitar", "0 2 1 3 2 3 1 2", level=-3, pan=0.3, send=0.3, sections="ABCo"),
            Player(H, "warm pad", level=-12, send=0.45),
            Player(S, "soft bass", "0:7:R 8:7:R", level=1, send=0.04, sections="ABC"),
            Player(M, "flute", "lyrical", level=-5, pan=0.05, send=0.45, sections="B"),
            Player(D, "soft kit", "brushes", level=-2, send=0.12, sections="ABC"),
        ),
    ),
    "sad": Mood(
        mode="minor",
        tempo=(60, 68),
        room=2.8,
        wet=0.42,
        human=12,
        cutoff=8500,
        minor=(("1add9 6 3 7", "1 4 6 5", "1add9 3 6 4"), ("6 3 4 1", "4 1 6 5")),
        players=(
            Player(A, "felt piano", "0 1 2 3 2 1 2 1", level=0, pan=-0.1, send=0.4),
            Player(H, "strings", level=-14, send=0.5, sections="ABCo"),
            Player(S, "low strings", "0:16:R", level=-6, send=0.3, sections="BC"),
            Player(M, "felt piano", "lyrical", level=2, pan=0.1, send=0.45, sections="ABo"),
        ),
    ),
    "tense": Mood(
        mode="minor",
        tempo=(94, 104),
        room=2.2,
        wet=0.32,
        human=4,
        cutoff=9500,
        minor=(("15 15 6 7", "1 1 4 6"), ("6 4 1 2", "4 6 7 1")),
        players=(
            Player(A, "spiccato", "0 . 0 0 1 . 0 . 0 . 0 0 2 . 1 .", level=0, pan=-0.2, send=0.3),
            Player(H, "saw pad", level=-11, send=0.45, octave=-1),
            Player(S, "synth bass", "0:2:R 4:2:R 8:2:R 12:2:R", level=0, send=0.05, sections="ABCo"),
            Player(A, "muted guitar", ". . 3 . . 2 . .", level=-2, pan=0.4, send=0.5, sections="BC"),
            Player(D, "electronic kit", "clock", level=1, send=0.2, sections="iABC"),
        ),
    ),
}

#: Cadences before the last chord, by kind of mode.
CADENCES: Final = {"major": "6 4 4add9 5sus4", "minor": "6 4 6 7", "lydian": "6 5 3 5"}

#: One character for each sixteenth: how hard the drum is struck, of 9.
BEATS: Final[dict[str, dict[str, str]]] = {
    "pop": {
        "kick": "9.....4.8.......",
        "snare": "....8.......8...",
        "hat": "6.4.6.4.6.4.6.5.",
        "shaker": "2323232323232323",
    },
    "steady": {"kick": "8.......7.......", "rim": "....5.......6...", "shaker": "4.2.4.2.4.2.4.2."},
    "brushes": {"kick": "6.........4.....", "brush": "5...7...5...7.4.", "shaker": "..2...2...2...2."},
    "boom bap": {"kick": "9......5..7.....", "snare": "....8.......8...", "hat": "5.4.5.4.5.4.5.43"},
    "skip": {"kick": "7.......6.......", "clap": "....6.......6.4.", "shaker": "4.3.4.3.4.3.4.3."},
    "strum": {"kick": "7.....3.6.......", "shaker": "3.5.3.6.3.5.3.6.", "clap": "....3.......4..."},
    "four": {
        "kick": "9...9...9...9...",
        "clap": "....6.......6...",
        "hat": "..6...6...6...63",
        "shaker": "3232323232323232",
    },
    "clock": {"rim": "5...3...4...3...", "hat": "3.3.3.3.3.3.3.3.", "tom": "7.......4.4....."},
    "film": {"taiko": "8.......5.....4."},
    "pulse": {"taiko": "7..4............", "tom": "........4.....3."},
    "march": {"taiko": "9..5..7.8..5..66", "tom": "..3.4.3...3.4.3."},
}

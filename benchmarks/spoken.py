"""Recordings whose word times are known: spoken here, then hurried or slowed, put into a room and into noise.

The room is an exponential tail of noise, the noise is pink; both are seeded. No voice of the aligner's own
rendering speaks: other languages are spoken by other speakers and other synthesis (Klatt) of espeak-ng.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from videogen_engine.planning.model import PlanRequest, Sentence
from videogen_engine.planning.stage import plan
from videogen_engine.speech.breath import BreathInputs, take_of
from videogen_engine.speech.espeak import EspeakSpeech
from videogen_engine.speech.flite import FliteSpeech
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.speech.plain_reading import read_plain
from videogen_engine.speech.reading import breaths
from videogen_engine.speech.text_normalisation import read_english
from videogen_engine.speech.voices import FLITE, Voice, find_voice
from videogen_engine.speech.word_times import piece_times
from videogen_engine.stage import StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore

#: What is said, by language: ordinary prose with figures, names and abbreviations.
TEXTS = {
    "en": "In 1998 the town of Oakridge had just three bakeries. Dr. Marsh, who owned two of them, closed the first "
    "in May. Nobody knows why! By 2004 about 45% of the residents bought their bread in a supermarket, and the "
    "smell of warm rye had left the high street. Then a young couple from Ljubljana rented the old mill. They paid "
    "$1,200 a month. Every morning at 5:30 they baked sourdough, seeded rolls and a small, dark honey cake. People "
    "queued around the corner; some of them had driven twenty miles.",
    "en-2": "A glacier is a river that has forgotten how to hurry. Snow falls, packs down, and turns to ice over "
    "decades. Under its own weight the ice begins to creep, a few centimetres a day. Prof. Anneliese Brandt has "
    "measured one of them since 1987. It lost 640 metres, roughly 2% of its length each year. What happens to the "
    "valley below? The meltwater feeds 14 villages, a hydroelectric plant and the orchards of Chamoson. When the ice "
    "is gone, the summers will be dry.",
    "de": "Der alte Leuchtturm steht seit 1871 am Rand der Insel. Früher wohnte dort ein Wärter mit seiner Familie, "
    "heute schaltet sich das Licht von selbst ein. Im Sommer kommen jeden Tag etwa 300 Besucher. Sie steigen die "
    "enge Treppe hinauf und schauen über das Meer. Bei klarem Wetter sieht man sogar die Küste von Dänemark. Doch im "
    "Winter gehört der Turm wieder dem Wind.",
    "es": "La biblioteca del barrio abre a las nueve de la mañana. Tiene más de 12.000 libros y una sala para los "
    "niños. Los martes, una abuela cuenta historias de su pueblo, y todos escuchan en silencio. El año pasado casi "
    "cerró por falta de dinero. Entonces los vecinos pintaron las paredes, arreglaron el techo y trajeron sillas "
    "nuevas. Ahora nadie quiere que termine la tarde.",
    "fr": "Au bord du canal, un jardin partagé a remplacé l'ancien parking. On y cultive des tomates, des courges et "
    "beaucoup de menthe. Chaque samedi, 25 familles arrivent avec leurs paniers. Les enfants arrosent, les grands "
    "discutent des limaces. En 2019, la ville voulait vendre le terrain. Les habitants ont écrit 400 lettres, et le "
    "maire a changé d'avis.",
    "it": "Il treno delle sei parte ancora dal binario due. A bordo ci sono studenti, infermieri e un signore che "
    "legge sempre lo stesso giornale. Il viaggio dura 48 minuti, se non c'è nebbia. Dal finestrino si vedono le "
    "risaie e, in lontananza, le montagne bianche. Una volta il treno si fermò per un cervo. Nessuno si lamentò del "
    "ritardo.",
    "pt": "O mercado flutuante começa antes do nascer do sol. As canoas chegam carregadas de frutas, peixes e flores. "
    "Dona Celeste vende café há 30 anos no mesmo lugar. Ela conhece cada cliente pelo nome e pelo barulho do remo. "
    "Quando a maré sobe, o preço baixa. Às oito horas tudo acabou, e o rio volta a ser apenas um rio.",
    "ru": "Старый мост через реку построили ещё в 1936 году. Каждое утро по нему идут рабочие, школьники и рыбаки. "
    "Весной вода поднимается почти на два метра. Тогда жители смотрят на реку и ждут. В прошлом году мост закрыли на "
    "ремонт. Теперь он снова открыт, и по вечерам на нём играет музыка.",
    "pl": "W małej pracowni przy rynku pan Tadeusz naprawia zegary. Uczył się tego od dziadka, kiedy miał 12 lat. "
    "Na ścianach wisi ponad sto zegarów, a każdy pokazuje inną godzinę. Klienci przychodzą rzadko, ale zostają "
    "długo. Najstarszy mechanizm pochodzi z 1780 roku. Podobno nigdy się nie spóźnił.",
    "nl": "Langs de dijk staat een rij van zeven oude molens. Vroeger hielden ze het land droog, nu malen ze alleen "
    "nog voor de bezoekers. De molenaar woont er met zijn vrouw en twee katten. Als de wind draait, moet hij er 's "
    "nachts uit. Vorig jaar heeft hij 9.000 mensen rondgeleid. De meesten vragen of het binnen niet lawaaiig is.",
    "tr": "Köyün çeşmesi yazın bile buz gibi akar. Kadınlar sabah erkenden testileriyle gelir. Muhtar geçen yıl "
    "çeşmenin yanına 15 fidan dikti. Çocuklar her gün okuldan sonra fidanları suluyor. Birkaç yıl sonra burada gölge "
    "olacak, ve belki küçük bir çay bahçesi.",
}


@dataclass(frozen=True)
class Case:
    """``snr`` in dB (None: clean), ``echo`` the seconds in which the room's sound falls by 60 dB."""

    text: str
    voice: Voice
    speed: float = 1.0
    snr: float | None = None
    echo: float = 0.0
    seed: int = 1

    @property
    def language(self) -> str:
        return self.text.partition("-")[0]

    @property
    def name(self) -> str:
        noise = "clean" if self.snr is None else f"{self.snr:.0f} dB"
        return f"{self.text} {self.voice.engine_voice} x{self.speed:g} {noise} echo {self.echo:g} s"


@dataclass(frozen=True)
class Spoken:
    """48 kHz mono; ``words`` are character spans in ``script`` with start and end in seconds."""

    script: str
    sentences: tuple[Sentence, ...]
    samples: NDArray[np.int16]
    words: tuple[tuple[int, int, float, float], ...]


def espeak_speaker(language: str, variant: str) -> Voice:
    """A speaker of espeak-ng that no film uses, such as ``klatt4`` or ``m3``."""
    usual = find_voice(f"vg_voic_espeak_{language.replace('-', '_')}")
    name = f"{usual.engine_voice}+{variant}"
    return usual.model_copy(update={"voice_id": f"bench_{language}_{variant}", "engine_voice": name})


def sentences_of(script: str, language: str, ctx: StageContext) -> tuple[Sentence, ...]:
    planned = plan(PlanRequest(script=script, language=language), ctx)
    return tuple(sentence for scene in planned.scenes for sentence in scene.sentences)


def context(folder: Path) -> StageContext:
    return StageContext(store=MediaArtifactStore((folder / "media").as_uri()), scratch=folder / "scratch")


def speak_case(case: Case, ctx: StageContext) -> Spoken:
    """The recording of ``case``, its pauses drawn between 0.15 and 1.1 s."""
    script = TEXTS[case.text]
    rng = np.random.default_rng(case.seed)
    sentences = sentences_of(script, case.language, ctx)
    engine = FliteSpeech(ctx.scratch) if case.voice.provider == FLITE else EspeakSpeech()
    parts: list[NDArray[np.int16]] = [np.zeros(round(SAMPLE_RATE * float(rng.uniform(0.1, 0.8))), np.int16)]
    words: list[tuple[int, int, float, float]] = []
    at = len(parts[0])
    try:
        for sentence in sentences:
            reading = read_english(sentence.text) if engine.reads_english else read_plain(sentence.text, case.language)
            for breath in breaths(reading):
                name = f"{engine.name} {engine.version}"
                inputs = BreathInputs(engine=name, voice_id=case.voice.voice_id, speed=case.speed, text=breath.text)
                take = take_of(engine, case.voice, inputs)
                times = piece_times(breath, take.times.words, take.times.active)
                words += [
                    (sentence.start + p.start, sentence.start + p.end, at / SAMPLE_RATE + a, at / SAMPLE_RATE + b)
                    for p, (a, b) in zip(breath.pieces, times, strict=True)
                ]
                parts += [take.pcm, np.zeros(round(SAMPLE_RATE * float(rng.uniform(0.15, 1.1))), np.int16)]
                at += len(parts[-1]) + len(parts[-2])
    finally:
        engine.close()
    sound = np.concatenate(parts).astype(np.float64) / 32768
    sound = _in_room(sound, case.echo, rng)
    if case.snr is not None:
        sound = _in_noise(sound, case.snr, rng)
    sound *= min(1.0, 0.9 / max(1e-9, float(np.abs(sound).max())))
    return Spoken(script, sentences, np.asarray(np.round(sound * 32767), np.int16), tuple(words))


def _in_room(sound: NDArray[np.float64], seconds: float, rng: np.random.Generator) -> NDArray[np.float64]:
    if not seconds:
        return sound
    length = round(seconds * SAMPLE_RATE)
    tail = rng.normal(0, 1, length) * np.exp(-6.9 * np.arange(length) / length)
    tail *= 0.5 / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    size = 1 << (len(sound) + length).bit_length()
    return np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(tail, size), size)[: len(sound)]


def _in_noise(sound: NDArray[np.float64], snr: float, rng: np.random.Generator) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(rng.normal(0, 1, len(sound)))
    spectrum /= np.sqrt(np.maximum(1.0, np.arange(len(spectrum)) * SAMPLE_RATE / len(sound) / 50))
    noise = np.fft.irfft(spectrum, len(sound))
    loud = np.abs(sound) > 0.02
    power = float(np.mean(sound[loud] ** 2)) if loud.any() else 1e-6
    return sound + noise * np.sqrt(power / 10 ** (snr / 10) / np.mean(noise**2))


_SLT, _RMS, _AWB, _KAL = (find_voice(f"vg_voic_flite_{name}") for name in ("slt", "rms", "awb", "kal"))

#: What the aligner was tuned with, and what it never saw before the figures were taken.
TUNED = (
    Case("en", _SLT),
    Case("en", _KAL, speed=1.15, snr=20, echo=0.25),
    Case("en", _SLT, speed=0.85, snr=15, echo=0.4),
    Case("en-2", _KAL, snr=25),
    Case("de", espeak_speaker("de", "klatt4")),
    Case("de", espeak_speaker("de", "m3"), speed=1.15, snr=20, echo=0.25),
    Case("es", espeak_speaker("es", "klatt2"), speed=0.9, snr=20),
    Case("es", espeak_speaker("es-419", "f3"), snr=15, echo=0.3),
    Case("fr", espeak_speaker("fr", "klatt"), snr=25, echo=0.2),
    Case("fr", espeak_speaker("fr", "m7"), speed=1.1),
)
HELD_OUT = (
    Case("en-2", _RMS, snr=20, echo=0.25, seed=11),
    Case("en-2", _AWB, speed=1.1, snr=25, seed=12),
    Case("en", _RMS, speed=0.9, seed=13),
    Case("en", _AWB, snr=15, echo=0.35, seed=14),
    Case("en-2", espeak_speaker("en-us", "klatt4"), snr=20, seed=15),
    Case("en", espeak_speaker("en-gb", "f2"), speed=0.9, snr=20, echo=0.3, seed=16),
    Case("it", espeak_speaker("it", "klatt4"), snr=20, echo=0.25, seed=17),
    Case("it", espeak_speaker("it", "f4"), speed=1.15, seed=18),
    Case("pt", espeak_speaker("pt", "klatt2"), snr=20, seed=19),
    Case("pt", espeak_speaker("pt-br", "m2"), speed=0.9, snr=15, echo=0.3, seed=20),
    Case("ru", espeak_speaker("ru", "klatt3"), speed=1.1, snr=20, seed=21),
    Case("ru", espeak_speaker("ru", "f5"), snr=15, echo=0.3, seed=22),
    Case("pl", espeak_speaker("pl", "klatt4"), snr=20, echo=0.2, seed=23),
    Case("nl", espeak_speaker("nl", "m5"), speed=0.9, snr=20, echo=0.3, seed=24),
    Case("tr", espeak_speaker("tr", "klatt2"), snr=20, echo=0.25, seed=25),
)

"""What films of recordings and of slides work with beside the voices: alignment, and an office program."""

from __future__ import annotations

from videogen_engine.doctor.model import Finding, Seen


def alignment() -> Seen:
    """Place three spoken words."""
    import numpy as np

    from videogen_engine.alignment.acoustic_model import AcousticModel
    from videogen_engine.listening.lower_rate import RATE
    from videogen_engine.speech.espeak import EspeakSpeech
    from videogen_engine.speech.voices import find_voice

    model = AcousticModel(lambda _word: "")
    engine = EspeakSpeech()
    try:
        spoken = engine.synthesize("bread and water", find_voice("vg_voic_espeak_en_us"), 1.0)
    finally:
        engine.close()
    at = np.arange(0, len(spoken.pcm) / spoken.sample_rate, 1 / RATE)
    sound = np.interp(at, np.arange(len(spoken.pcm)) / spoken.sample_rate, spoken.pcm)
    placed = model.align(["bread", "and", "water"], np.asarray(sound * 32767, np.int16))
    if placed is None:
        return Seen(
            said="the acoustic model did not find three spoken words; English is aligned by comparison with a voice",
            finding=Finding.DEGRADED,
            enable="pip install --force-reinstall pocketsphinx",
        )
    return Seen(said=f"three words placed in {len(sound) / RATE:.1f} s of sound; other languages by comparison")


def office() -> Seen:
    """Look for LibreOffice, which draws PowerPoint files exactly."""
    from videogen_engine.slides.office import find_office

    found = find_office()
    if found is None:
        return Seen(
            said="soffice is not here: PowerPoint files are redesigned, PDFs are exact",
            finding=Finding.DEGRADED,
            enable="install LibreOffice, so that soffice is found",
        )
    return Seen(said=f"{found} draws PowerPoint files as they are")

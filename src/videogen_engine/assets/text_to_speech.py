"""textToSpeech: words spoken by one of the built-in voices, with the time of every word."""

from __future__ import annotations

from collections.abc import Sequence

from videogen_agents.contract import FileType, TextToSpeechRequest, ToolType, Transcript, TranscriptWord
from videogen_agents.errors import InputError, LimitError
from videogen_engine.assets.asset import Asset, Bench, Desk
from videogen_engine.assets.model import MadeAsset
from videogen_engine.assets.sound_model import SOUND_FILE, SoundFile, SoundFileRequest
from videogen_engine.planning.sentences import sentences_of
from videogen_engine.speech.language_choice import choose_voice
from videogen_engine.speech.model import Narration, Pronunciation, SceneSpeech, SpeechRequest, SpokenScene
from videogen_engine.speech.voices import find_voice

_SPEAK = "speak"
_TITLE_CHARS = 60
_BASIC = ("The voice is a basic one made on this machine; the hosted backend (VIDEOGEN_API_KEY) has natural ones.",)


async def _check(request: TextToSpeechRequest, desk: Desk) -> None:
    """Raises for a text that cannot be spoken, and what the choice of a voice raises."""
    text, limit = request.tts_text, desk.limits.max_script_chars
    if not any(character.isalnum() for character in text):
        raise InputError("ttsText has no letters and no digits, so there is nothing to say.", next_step="Write words.")
    if len(text) > limit:
        raise LimitError(
            f"ttsText has {len(text)} characters; at most {limit} are accepted.",
            code="invalid_request",
            next_step="Shorten it, or make several files.",
        )
    for index, replacement in enumerate(request.pronunciation_replacements or ()):
        if not replacement.original.strip() or not replacement.replacement.strip():
            raise InputError(
                f"pronunciationReplacements[{index}] needs words on both sides.",
                next_step="Give `original` as it is written in the text, and `replacement` as it is to be said.",
            )
    choose_voice([text], _language(request), request.voice_id)


async def _make(request: TextToSpeechRequest, variant: int, bench: Bench) -> MadeAsset:
    # One voice says one text in one way, so every variant is the same sound.
    del variant
    text = request.tts_text
    language = _language(request)
    narration = await bench.step(
        _SPEAK,
        SpeechRequest(
            scenes=(SpokenScene(sentences=tuple(sentences_of(text, 0, len(text), language))),),
            language=language,
            voice_id=request.voice_id,
            speed=request.voice_speed or 1.0,
            pronunciations=tuple(
                Pronunciation(original=one.original, replacement=one.replacement)
                for one in request.pronunciation_replacements or ()
            ),
        ),
        Narration,
    )
    scene = narration.scenes[0]
    file = await bench.step(SOUND_FILE, SoundFileRequest(media=scene.clip), SoundFile)
    voice = find_voice(narration.voice_id)
    same = request.num_results > 1
    return MadeAsset(
        media=file.media,
        type=FileType.AUDIO,
        name=_title(text),
        description=f"{voice.display_name} says: {_title(text)}",
        seconds=file.seconds,
        thumbnail=file.thumbnail,
        transcript=_transcript(scene, narration.language),
        made_by=(f"speech: {narration.provider}, voice {voice.display_name}",),
        degraded=_BASIC,
        warnings=narration.warnings,
        notes=("A built-in voice says the same words always the same way, so all results are alike.",) if same else (),
    )


def _language(request: TextToSpeechRequest) -> str:
    """The language asked for, else the voice's own."""
    return request.speech_language_code or find_voice(request.voice_id).language_code


def _transcript(scene: SceneSpeech, language: str) -> Transcript | None:
    """The words as written, which films of this file take their captions from."""
    words: list[TranscriptWord] = []
    for word in scene.words:
        start = max(word.start, words[-1].end_seconds if words else 0.0)
        words.append(TranscriptWord(word=word.text, start_seconds=start, end_seconds=max(word.end, start + 0.001)))
    return Transcript(language_code=language, words=words) if words else None


def _title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_CHARS else line[: _TITLE_CHARS - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _without_effect(request: TextToSpeechRequest) -> Sequence[str]:
    return ("autoExpandPronunciationReplacements",) if request.auto_expand_pronunciation_replacements else ()


TEXT_TO_SPEECH = Asset(ToolType.TEXT_TO_SPEECH, (_SPEAK, SOUND_FILE), _make, _check, _without_effect)

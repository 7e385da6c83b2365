"""The review stage: a packaged film is looked at and listened to once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from videogen_engine.findings.captions import caption_findings
from videogen_engine.findings.film_file import read_film
from videogen_engine.findings.model import Finding, Review, ReviewRequest
from videogen_engine.findings.pictures import picture_findings, picture_inputs
from videogen_engine.findings.sounds import sound_findings, sound_inputs_of
from videogen_engine.stage import StageContext

#: Part of the keys of what was found in a track; raise it when something else would be found in the same one.
VERSION: Final = "1"


def review(request: ReviewRequest, ctx: StageContext) -> Review:
    """What is wrong with the film, in order of time. A track that another film had, over the same scenes, is not
    decoded again.

    Raises InputError for a file that cannot be decoded, StageCancelledError once the job was cancelled.
    """
    timeline = request.timeline
    path = ctx.store.path(request.video)
    film = read_film(path, timeline.frames_per_second, ctx)

    def kept(kind: str, inputs: object, find: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
        return ctx.cached_model(kind, VERSION, inputs, Review, lambda: Review(findings=tuple(find()))).findings

    ctx.report(0.1, "checking pictures")
    seen = kept("review-pictures", picture_inputs(timeline, film), lambda: picture_findings(timeline, film, path, ctx))
    ctx.report(0.8, "checking sound and captions")
    heard = kept("review-sound", sound_inputs_of(timeline, film), lambda: sound_findings(timeline, film, path, ctx))
    found = [*seen, *heard, *caption_findings(timeline, film)]
    return Review(findings=tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.kind))))

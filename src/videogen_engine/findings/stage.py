"""The review stage: a packaged film is looked at and listened to once."""

from __future__ import annotations

from videogen_engine.findings.captions import caption_findings
from videogen_engine.findings.film_file import read_film
from videogen_engine.findings.model import Finding, Review, ReviewRequest
from videogen_engine.findings.pictures import picture_findings
from videogen_engine.findings.sounds import sound_findings
from videogen_engine.stage import StageContext


def review(request: ReviewRequest, ctx: StageContext) -> Review:
    """What is wrong with the film, in order of time.

    Raises InputError for a file that cannot be decoded, StageCancelledError once the job was cancelled.
    """
    timeline = request.timeline
    path = ctx.store.path(request.video)
    film = read_film(path, timeline.frames_per_second, ctx)
    ctx.report(0.5, "checking pictures")
    found: list[Finding] = [*picture_findings(timeline, film, path, ctx)]
    ctx.report(0.8, "checking sound and captions")
    found += sound_findings(timeline, film, ctx)
    found += caption_findings(timeline, film)
    return Review(findings=tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.kind))))

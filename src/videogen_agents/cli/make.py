"""``videogen-agents make``: a script becomes a film."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from pydantic import ValidationError

from videogen_agents.cli.backend_options import backend_option, settings_for
from videogen_agents.cli.follow import follow_to_end, run_interruptible, save_film
from videogen_agents.client import JobKind, VideoClient
from videogen_agents.config import Settings
from videogen_agents.contract import ScriptToVideoRequest, explain_validation
from videogen_agents.errors import InputError

#: Bytes of a script file that are read at most; the engine's own limit is in characters.
MAX_SCRIPT_BYTES = 1_000_000


@click.command("make")
@click.argument("script", type=click.Path(path_type=Path, allow_dash=True))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The MP4 to write. Default: next to the script.")
@click.option("--aspect", default="16:9", show_default=True, help="Ratio of the film: 16:9, 9:16, 1:1, 4:5 …")
@click.option("--style", help='How it looks, in words: "chalkboard", "watercolour paper", "neon night" …')
@click.option("--voice", help="A voice's id or name; see: videogen-agents doctor.")
@click.option("--speed", type=click.FloatRange(0.5, 2), help="Speed of the voice; 1 is its own.")
@click.option("--language", help="BCP-47 tag such as de or es-MX. Default: found from the text.")
@click.option(
    "--pacing",
    type=click.Choice(["FAST", "MEDIUM", "SLOW"], case_sensitive=False),
    default="MEDIUM",
    show_default=True,
    help="How often the picture changes.",
)
@click.option(
    "--quality",
    type=click.Choice(["STANDARD", "HIGH", "FULL_HIGH", "ULTRA_HIGH"], case_sensitive=False),
    help="Lines on the short side: 480, 720, 1080, 2160. Default: 1080.",
)
@click.option("--sidecars", is_flag=True, help="Also save its subtitles (SRT, VTT) and its manifest beside the film.")
@click.option("--new", is_flag=True, help="Make it again even though the same film was made within a day.")
@backend_option
def command(
    script: Path,
    output: Path | None,
    aspect: str,
    style: str | None,
    voice: str | None,
    speed: float | None,
    language: str | None,
    pacing: str,
    quality: str | None,
    sidecars: bool,
    new: bool,
    backend: str | None,
) -> None:
    """Make a narrated, captioned video of SCRIPT, a text file or - for standard input.

    The path of the finished film goes to standard output, progress to standard error. Ctrl-C keeps the job; the
    command to go on with it is printed.
    """
    text = _read(script)
    request = _request(
        {
            "script": text,
            "visualStyle": {"type": "AI_IMAGE", "aiStyle": style} if style else {"type": "STOCK"},
            "aspectRatio": _ratio(aspect),
            "voiceId": voice,
            "voiceSpeed": speed,
            "language": language,
            "visualPacing": pacing.upper(),
            "autoExport": True,
            "exportOptions": {"quality": quality.upper()} if quality else {},
        }
    )
    destination = output or (Path.cwd() / "video.mp4" if str(script) == "-" else script.with_suffix(".mp4"))
    _check_destination(destination, script)
    resume: list[str] = []
    run_interruptible(_make(settings_for(backend), request, destination, sidecars, new, resume), resume)


async def _make(
    settings: Settings, request: ScriptToVideoRequest, destination: Path, sidecars: bool, new: bool, resume: list[str]
) -> None:
    async with VideoClient(settings) as client:
        started = await client.start_workflow(request, new=new)
        job_id = started.reply.workflow_run_id
        resume.append(job_id)
        if started.reused:
            click.echo(f"This film was asked for before: job {job_id}. (--new makes it again.)", err=True)
        job = await follow_to_end(client, job_id, JobKind.WORKFLOW_RUN)
        await save_film(client, job, destination, sidecars=sidecars)


def _read(script: Path) -> str:
    if str(script) == "-":
        content = sys.stdin.buffer.read(MAX_SCRIPT_BYTES + 1)
    else:
        if not script.is_file():
            raise InputError(f"There is no file {script}.", code="file_not_found", next_step="Check the path.")
        with script.open("rb") as file:
            content = file.read(MAX_SCRIPT_BYTES + 1)
    if len(content) > MAX_SCRIPT_BYTES:
        raise InputError(
            f"The script has more than {MAX_SCRIPT_BYTES} bytes.", next_step="Split it into several films."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("The script is not UTF-8 text.", code="invalid_text", next_step="Save it as UTF-8.") from error
    if not text.strip():
        raise InputError("The script is empty.", code="script_empty", next_step="Write at least one sentence.")
    return text


def _check_destination(destination: Path, script: Path) -> None:
    """Better said now than after minutes of rendering."""
    if destination.is_dir():
        raise click.UsageError(f"{destination} is a folder; name the file to write.")
    if str(script) != "-" and destination.exists() and destination.samefile(script):
        raise click.UsageError(f"{destination} is the script itself; name another file with -o.")
    folder = destination.absolute().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"The folder {folder} cannot be made: {error.strerror}.",
            code="cannot_write",
            next_step="Name another file with -o.",
        ) from error
    if not os.access(folder, os.W_OK):
        raise InputError(
            f"The folder {folder} cannot be written to.", code="cannot_write", next_step="Name another file with -o."
        )


def _ratio(aspect: str) -> dict[str, int]:
    width, _, height = aspect.replace("x", ":").partition(":")
    try:
        return {"width": int(width), "height": int(height)}
    except ValueError:
        raise click.BadParameter(f"{aspect!r} is not a ratio such as 16:9.", param_hint="--aspect") from None


def _request(values: dict[str, object]) -> ScriptToVideoRequest:
    try:
        return ScriptToVideoRequest.model_validate({key: value for key, value in values.items() if value is not None})
    except ValidationError as error:
        raise InputError(
            " ".join(sentence for _, sentence in explain_validation(error)),
            next_step="Change it and try again; see: videogen-agents make --help",
        ) from error

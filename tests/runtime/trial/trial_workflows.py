"""Workflows that run the stages named in their job's request, one after the other."""

from __future__ import annotations

from trial_stages import Answer, Ask

from videogen_engine.frozen import Frozen
from videogen_engine.runtime.port import JobContext, Workflow
from videogen_engine.store.records import JobOutcome, JobRecord


class Trial(Frozen):
    """``steps`` by name; each is asked with its own number, ``folder`` and ``text``."""

    steps: tuple[str, ...]
    folder: str = ""
    text: str = ""


async def _in_order(job: JobRecord, context: JobContext) -> JobOutcome:
    trial = Trial.model_validate_json(job.request_json)
    context.expect(*trial.steps)
    for number, step in enumerate(trial.steps):
        await context.step(step, Ask(number=number, folder=trial.folder, text=trial.text), Answer)
    return JobOutcome(made_by=trial.steps)


async def _echo_first(job: JobRecord, context: JobContext) -> JobOutcome:
    """What the next release might make of it: another step before the others."""
    await context.step("echo", Ask(number=99), Answer)
    return await _in_order(job, context)


async def _mistaken(job: JobRecord, _context: JobContext) -> JobOutcome:
    raise ZeroDivisionError(f"in the body of {job.job_id}")


WORKFLOWS = {
    "trial.v1": Workflow(_in_order),
    "short.v1": Workflow(_in_order, quick=True),
    "mistaken.v1": Workflow(_mistaken),
}
CHANGED = {"trial.v1": Workflow(_echo_first)}

"""Whatever breaks, in whatever order: one request makes one job."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from videogen_agents.errors import VideoError
from videogen_agents.testing import Fault, ManualClock, ScriptedServer, scripted_client

from .work import PROJECT, WORK, Work

#: The long script adds nothing here. A remix makes another project of its own, so that an export of it is another.
KINDS = [work for work in WORK if work.name not in ("script to video", "remix")]
REMIX = [work for work in WORK if work.name == "remix"]
FAULTS = st.sampled_from([fault for fault in Fault if fault not in (Fault.NO_CREDITS, Fault.FORBIDDEN)])


@dataclass(frozen=True)
class Step:
    """A call, the faults that await its starts and its reads, how many listings lag, and whether its process dies."""

    work: Work
    starts: Sequence[Fault]
    reads: Sequence[Fault]
    lag: int
    killed: bool
    seconds_before: float


def rows(kinds: Sequence[Work]) -> st.SearchStrategy[list[Step]]:
    step = st.builds(
        Step,
        work=st.sampled_from(kinds),
        starts=st.lists(FAULTS, max_size=4),
        reads=st.lists(FAULTS, max_size=8),
        lag=st.integers(0, 2),
        killed=st.booleans(),
        seconds_before=st.floats(0, 600),
    )
    return st.lists(step, min_size=1, max_size=6)


class KilledError(BaseException):
    """The process ends here, without a word."""


async def _play(steps: Sequence[Step], folder: Path) -> ScriptedServer:
    server, clock = ScriptedServer(), ManualClock()
    server.stall()
    assert server.add_project({"script": "Water."})["projectId"] == PROJECT
    for step in steps:
        clock.time += step.seconds_before
        server.faults.extend(step.starts)
        server.get_faults.extend(step.reads)
        server.hide_new_runs_for = step.lag
        server.after_work = _killer if step.killed else None
        client = scripted_client(folder, server, clock)
        try:
            started = await step.work.start(client)
            assert step.work.answered(started.reply) in step.work.made(server)
        except VideoError as error:
            assert error.next_step
        except KilledError:
            pass
        server.faults.clear()
        server.get_faults.clear()
        server.hide_new_runs_for = 0
        await client.aclose()
    server.after_work = None
    for work in {step.work.name: step.work for step in steps if step.work.listed}.values():
        # The weather is fine again: the repeat finds the one, or makes it. A reply that was taken may stay unsure.
        client = scripted_client(folder, server, clock)
        try:
            started = await work.start(client)
            assert started.reply is not None
        except VideoError as error:
            assert error.code == "start_unconfirmed"
        await client.aclose()
    return server


def _killer(_operation: str) -> None:
    raise KilledError


# A failing row is short enough to read as it is; shrinking it takes minutes.
@settings(max_examples=40, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.one_of(rows(KINDS), rows(REMIX)))
def test_no_row_of_breaks_and_repeats_makes_two_jobs_of_one_request(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = asyncio.run(_play(steps, Path(folder)))
    for work in {step.work.name: step.work for step in steps}.values():
        mine = [one for one in getattr(server, work.records) if _is_of(work, one)]
        assert len(mine) <= 1, f"{work.name}: {mine}"


def _is_of(work: Work, record: dict[str, object]) -> bool:
    operation = record.get("workflowType")
    return operation is None or str(operation).replace("_", "").lower() == work.operation.lower()

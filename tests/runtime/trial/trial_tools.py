"""What the tests of this room look at: rows, marks, the log of attempts, live processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from trial_stages import REGISTRY
from trial_workflows import WORKFLOWS, Trial

from videogen_agents.contract import JobStatus
from videogen_engine.runtime.attempts import JOB, Attempt, AttemptLog, Happening
from videogen_engine.runtime.embedded import EmbeddedRuntime
from videogen_engine.runtime.port import Workflows
from videogen_engine.runtime.stage_process import StageLimits
from videogen_engine.settings import EngineSettings
from videogen_engine.store.metadata import Metadata
from videogen_engine.store.records import JobKind, JobRecord, NewJob

HOST = Path(__file__).with_name("trial_host.py")
FILM_HOST = Path(__file__).with_name("film_host.py")
PATIENCE = 60.0


def new_runtime(
    settings: EngineSettings,
    store: Metadata,
    workflows: Workflows = WORKFLOWS,
    limits: StageLimits | None = None,
) -> EmbeddedRuntime:
    return EmbeddedRuntime(settings, store, workflows, registry=REGISTRY, limits=limits)


def until(condition: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Wait for ``condition``; fails when it has not come true within ``seconds``."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.005)


def add_job(
    store: Metadata,
    job_id: str,
    *steps: str,
    folder: Path | None = None,
    text: str | None = None,
    workflow: str = "trial",
) -> None:
    """A job of the trial workflow. Without ``text`` its steps are like those of no other job."""
    trial = Trial(steps=steps, folder=str(folder or ""), text=job_id if text is None else text)
    store.jobs.create(
        NewJob(
            job_id=job_id,
            kind=JobKind.WORKFLOW_RUN,
            workflow=workflow,
            request_json=trial.model_dump_json(),
        )
    )


def ended(store: Metadata, job_id: str) -> JobRecord:
    """The job once it has ended."""
    until(lambda: store.jobs.get(job_id).is_terminal, f"end of {job_id}")
    return store.jobs.get(job_id)


def succeeded(store: Metadata, job_id: str) -> JobRecord:
    job = ended(store, job_id)
    assert job.status is JobStatus.SUCCEEDED, job.error
    return job


def attempts(home: Path) -> tuple[Attempt, ...]:
    return AttemptLog(home / "logs" / "attempts.jsonl").read()


def starts(home: Path, job_id: str) -> Counter[str]:
    """How often each step of the job was really started."""
    return Counter(
        attempt.step
        for attempt in attempts(home)
        if attempt.job_id == job_id and attempt.step != JOB and attempt.happening is Happening.STARTED
    )


def entered(folder: Path, number: int) -> int:
    """The process that has come to the gate ``number``, once it has."""
    mark = folder / f"entered-{number}"
    until(lambda: mark.exists() and mark.read_text(), f"gate {number}")
    return int(mark.read_text())


def alive(pid: int) -> bool:
    """Running, and not merely waiting to be reaped."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def processes_of(home: Path) -> set[int]:
    """Every live process that was started for ``home``, by the mark in its environment."""
    mark = f"TRIAL_HOME={home}".encode()
    found: set[int] = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                marked = mark in (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if marked and alive(int(entry.name)):
                found.add(int(entry.name))
    return found


def processes_in_session(leader: int) -> set[int]:
    """Every live process of the session that ``leader`` began."""
    found: set[int] = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == leader and fields[0] != "Z":
                found.add(int(entry.name))
    return found


class Host:
    """The engine in a process of its own."""

    def __init__(self, home: Path, workflows: str = "WORKFLOWS", program: Path = HOST) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(program), str(home), workflows],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"TRIAL_HOME": str(home)},
        )

    def role(self) -> str:
        """``owner`` or ``standby``, once it runs."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        """SIGKILL, as the kernel or an impatient editor would."""
        self.process.kill()
        self._reap()

    def died(self) -> None:
        """Wait until the process has ended by itself."""
        self.process.wait(PATIENCE)
        self._reap()

    def stop(self) -> None:
        """Let it end in an orderly way."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self._reap()

    def _reap(self) -> None:
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

"""The baseline of the protocol's suites excuses exactly what it names, and nothing for longer than needed."""

from __future__ import annotations

import tomllib

import pytest
from conformance.suites import BASELINE, FEWEST, RUNS, judge

PASSING = {f"scenario-{number}": [{"id": "check", "status": "SUCCESS"}] for number in range(FEWEST)}
FAILURE = {"id": "check", "status": "FAILURE", "errorMessage": "no sound"}


def faults(results: dict[str, list[dict[str, str]]], expected: dict[tuple[str, str], str]) -> list[str]:
    return [check.what for check in judge("a run", results, expected, "") if not check.passed]


def test_a_run_without_failures_passes() -> None:
    assert faults(PASSING, {}) == []


@pytest.mark.parametrize("status", ["FAILURE", "WARNING"])
def test_a_failure_that_the_baseline_does_not_name_fails_the_run(status: str) -> None:
    results = {**PASSING, "sound": [{**FAILURE, "status": status}]}
    assert faults(results, {}) == ["MCP conformance, a run: sound, check"]


def test_a_named_failure_is_excused_and_its_neighbour_is_not() -> None:
    results = {**PASSING, "sound": [FAILURE, {**FAILURE, "id": "other"}]}
    assert faults(results, {("sound", "check"): "a reason"}) == ["MCP conformance, a run: sound, other"]


def test_a_named_check_that_passes_or_is_gone_fails_the_run() -> None:
    stale = "MCP conformance, a run: the baseline is current for "
    assert faults(PASSING, {("scenario-1", "check"): "a reason"}) == [f"{stale}scenario-1, check"]
    assert faults(PASSING, {("sound", "check"): "a reason"}) == [f"{stale}sound, check"]


def test_a_check_that_fails_once_of_several_times_is_a_failure() -> None:
    results = {**PASSING, "sound": [{"id": "check", "status": "SUCCESS"}, FAILURE]}
    assert faults(results, {("sound", "check"): "a reason"}) == []
    assert faults(results, {}) == ["MCP conformance, a run: sound, check"]


def test_a_suite_that_judged_next_to_nothing_fails_the_run() -> None:
    few = dict(list(PASSING.items())[: FEWEST - 1])
    assert len(faults(few, {})) == 1


def test_every_entry_of_the_baseline_has_a_reason_and_runs_that_exist() -> None:
    entries = tomllib.loads(BASELINE.read_text(encoding="utf-8"))["expected"]
    assert entries
    for entry in entries:
        assert len(entry["reason"]) > 10, entry
        assert set(entry["runs"]) <= set(RUNS), entry
        assert entry["checks"], entry

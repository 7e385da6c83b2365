"""A change to what models are shown is seen and written down: without Node, from the checked-in figures."""

from __future__ import annotations

import json

from conformance.tool_tokens import FIGURES, LIMITS, fingerprint, over_limits, shown


def test_the_token_figures_were_measured_of_the_listing_as_it_is() -> None:
    written = json.loads(FIGURES.read_text(encoding="utf-8"))
    said = "what models are shown has changed: look at the change, then run `make budget` and commit its figures"
    assert written["listing_sha256"] == fingerprint(), said
    assert list(written["tool"]) == list(shown()), said


def test_the_token_figures_are_within_their_limits() -> None:
    written = json.loads(FIGURES.read_text(encoding="utf-8"))
    assert written["limits"] == LIMITS
    assert over_limits(written) == []
    assert written["surface"] == sum(written["tool"].values())


def test_each_limit_that_is_exceeded_is_named() -> None:
    measured = {"tools": 13, "surface": 2500, "tool": {"run_workflow": 601}, "tools_list": 4501, "finished_film": 300}
    assert over_limits(measured) == [
        "tools is 13, more than 12",
        "tools_list is 4501, more than 4500",
        "the tool run_workflow is 601, more than 600",
    ]

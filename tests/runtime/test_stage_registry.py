"""The table of stages holds what it says, and errors keep their kind on the way between processes."""

from __future__ import annotations

import subprocess
import sys
import typing

import pytest

from videogen_agents import errors
from videogen_agents.errors import InternalError, VideoError
from videogen_engine.frozen import Frozen
from videogen_engine.providers.outside import OutsideRoom
from videogen_engine.runtime.media_refs import media_refs
from videogen_engine.runtime.port import Workflow, newest_version
from videogen_engine.runtime.stage_process import StageCrashedError
from videogen_engine.runtime.stage_protocol import WireError
from videogen_engine.runtime.stage_registry import STAGES, StageSpec, load_registry, result_key
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.store.records import JobOutcome

ERRORS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, VideoError)]


@pytest.mark.parametrize("name", sorted(STAGES))
def test_every_registered_stage_takes_and_gives_what_the_table_says(name: str) -> None:
    spec = STAGES[name]
    hints = typing.get_type_hints(spec.load())
    assert hints.pop("return") is spec.result
    # What follows has a default and is for tests of the stage itself.
    assert list(hints.values())[:2] == [spec.request, OutsideRoom if spec.outside else StageContext]


def test_the_table_names_no_module_that_it_loads_itself() -> None:
    program = (
        "import sys; from videogen_engine.runtime.stage_registry import STAGES; "
        "heavy = {'av', 'cv2', 'numpy', 'PIL', 'wasmtime', 'resvg_py'}; print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_a_result_is_kept_apart_by_stage_version_and_request() -> None:
    class Ask(Frozen):
        number: int

    first = StageSpec("m:f", Ask, Ask)
    second = StageSpec("m:f", Ask, Ask, version="2")
    keys = {
        result_key("a", first, Ask(number=1)),
        result_key("b", first, Ask(number=1)),
        result_key("a", second, Ask(number=1)),
        result_key("a", first, Ask(number=2)),
    }
    assert len(keys) == 4
    assert result_key("a", first, Ask(number=1)) in keys


def test_a_reference_to_no_table_is_an_error() -> None:
    with pytest.raises(InternalError, match="no stage registry"):
        load_registry("videogen_engine.runtime.stage_registry:NOTHING")


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_an_error_keeps_its_kind_and_fields_between_processes(kind: type[VideoError]) -> None:
    error = kind("What happened.", next_step="What to do.", ids={"a": "b"}, retry_after=1.0, requirement="key")
    arrived = WireError.model_validate_json(WireError.of(error).model_dump_json()).error()
    assert type(arrived) is kind
    assert arrived.text() == error.text()
    assert (arrived.status, arrived.retry_after, arrived.requirement) == (error.status, 1.0, "key")


def test_an_error_of_a_class_that_only_the_sender_knows_arrives_as_an_internal_error() -> None:
    arrived = WireError.of(StageCrashedError("It died.")).error()
    assert type(arrived) is InternalError
    assert arrived.code == "stage_crashed"


def test_media_are_found_at_any_depth_and_nothing_else_is() -> None:
    class Leaf(Frozen):
        words: tuple[str, ...] = ()
        media: MediaRef | None = None

    class Tree(Frozen):
        leaves: tuple[Leaf, ...]
        cover: MediaRef

    first, second, cover = (MediaRef(key=key, media_type="image/png", size=1) for key in ("a", "b", "c"))
    tree = Tree(leaves=(Leaf(media=first), Leaf(words=("x",)), Leaf(media=second)), cover=cover)
    assert list(media_refs(tree)) == [first, second, cover]
    assert list(media_refs(Leaf(words=("x",)))) == []


def test_new_jobs_run_the_newest_version_of_their_workflow() -> None:
    async def body(*_args: object) -> JobOutcome:
        return JobOutcome()

    table = {name: Workflow(body) for name in ("film.v2", "film.v10", "film_export.v11")}
    assert newest_version(table, "film") == "film.v10"
    with pytest.raises(InternalError, match="no workflow named 'fil'"):
        newest_version(table, "fil")

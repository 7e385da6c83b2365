"""The scripted server's standalone tools and their executions."""

from __future__ import annotations

from videogen_agents.contract import (
    ExecutedTool,
    JobStatus,
    StartToolResponse,
    ToolExecutionPage,
    ToolRequest,
)
from videogen_agents.testing.paging import page, page_query
from videogen_agents.testing.scripted_files import file_info
from videogen_agents.testing.scripted_state import (
    Handler,
    Record,
    ScriptedCall,
    ScriptedState,
    found,
    new_id_of,
    progress_of,
    type_of,
)

#: What each tool makes: file type and the ending of its name.
_MAKES = {
    "generateImage": ("IMAGE", "png"),
    "generateVideoClip": ("VIDEO", "mp4"),
    "generateMotionGraphic": ("VIDEO", "webm"),
    "textToSpeech": ("AUDIO", "mp3"),
    "generateSoundEffect": ("AUDIO", "mp3"),
    "generateMusic": ("AUDIO", "mp3"),
    "generateAvatar": ("VIDEO", "mp4"),
    "vectorizeImage": ("IMAGE", "svg"),
    "removeImageBackground": ("IMAGE", "png"),
    "upscaleImage": ("IMAGE", "png"),
    "image3dEffect": ("VIDEO", "mp4"),
    "removeVideoBackground": ("VIDEO", "webm"),
    "upscaleVideo": ("VIDEO", "mp4"),
}


def start_tool(state: ScriptedState, call: ScriptedCall) -> StartToolResponse:
    execution_id = new_id_of("tool", len(state.executions))
    state.executions.append(
        {
            "toolExecutionId": execution_id,
            "toolType": type_of(call.operation.path),
            "makes": _MAKES[call.operation.id],
            "count": call.request.num_results if isinstance(call.request, ToolRequest) else 1,
            "fileIds": [],
            "body": call.body,
        }
    )
    return StartToolResponse(tool_execution_id=execution_id)


def _execution(state: ScriptedState, record: Record, status: JobStatus, *, fresh: bool) -> ExecutedTool:
    if status is JobStatus.SUCCEEDED and not record["fileIds"]:
        kind, suffix = record["makes"]
        name = f"{record['toolType'].lower()}.{suffix}"
        made = {"sourceToolType": record["toolType"], "sourceToolExecutionId": record["toolExecutionId"]}
        content = f"{name} ".encode() * 20
        scope = "TEMPORARY" if record["body"].get("isOutputTemporary") else "GLOBAL"
        for _ in range(record["count"]):
            record["fileIds"].append(state.add_file(name, kind, content, scope=scope, **made)["fileId"])
    results: list[Record] = []
    for file_id in record["fileIds"]:
        one = found(state.files, "fileId", file_id, "file")
        info = file_info(state, one, fresh=fresh)
        results.append({**info.to_wire(), "file": info})
    return ExecutedTool.model_validate(
        {
            **record,
            "status": status,
            "progressPercentage": progress_of(status),
            "attemptIndex": 0,
            "results": results,
            "error": state.job_error(status),
        }
    )


def list_executions(state: ScriptedState, call: ScriptedCall) -> ToolExecutionPage:
    records, more, cursor = page(state.newest_shown(state.executions), page_query(call))
    shown = [_execution(state, one, state.job_status(one["toolExecutionId"]), fresh=False) for one in records]
    return ToolExecutionPage(tool_executions=shown, has_more=more, next_cursor=cursor)


def get_execution(state: ScriptedState, call: ScriptedCall) -> ExecutedTool:
    record = found(state.executions, "toolExecutionId", call.ids["toolExecutionId"], "execution")
    return _execution(state, record, state.read_job(record["toolExecutionId"]), fresh=True)


def cancel_execution(state: ScriptedState, call: ScriptedCall) -> StartToolResponse:
    record = found(state.executions, "toolExecutionId", call.ids["toolExecutionId"], "execution")
    state.cancel(record["toolExecutionId"])
    return StartToolResponse.model_validate(record)


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(_MAKES, start_tool),
    "listToolExecutions": list_executions,
    "getToolExecutionInfo": get_execution,
    "cancelToolExecution": cancel_execution,
}

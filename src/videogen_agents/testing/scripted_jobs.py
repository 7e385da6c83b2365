"""The scripted server's projects and the jobs that make and change them: runs, remixes, exports, timelines."""

from __future__ import annotations

from videogen_agents.contract import (
    CreateTimelineInterchangeRequest,
    CreateTimelineInterchangeResponse,
    ExportProjectResponse,
    JobStatus,
    Project,
    ProjectExport,
    ProjectExportPage,
    ProjectPage,
    RemixActionPage,
    RemixActionRun,
    RemixProjectRequest,
    RemixProjectResponse,
    StartWorkflowRunResponse,
    TimelineInterchange,
    WorkflowRun,
    WorkflowRunPage,
)
from videogen_agents.testing.paging import page, page_query
from videogen_agents.testing.scripted_files import FILM_PATH, THUMBNAIL_PATH, file_info
from videogen_agents.testing.scripted_state import (
    LINKS_END_AT,
    Handler,
    Record,
    ScriptedCall,
    ScriptedState,
    found,
    new_id_of,
    progress_of,
    type_of,
)

_WORKFLOWS = (
    "scriptToVideo",
    "voiceoverToVideo",
    "slideshowToVideo",
    "promptToVideoClip",
    "videoToVideo",
    "storyboardToVideo",
)


# Workflow runs


def start_workflow(state: ScriptedState, call: ScriptedCall) -> StartWorkflowRunResponse:
    project = state.add_project(call.body)
    run_id = new_id_of("work", len(state.runs))
    actions = _add_actions(state, project, call.body.get("remixActions") or [], run_id)
    run: Record = {
        "workflowRunId": run_id,
        "projectId": project["projectId"],
        "projectUrl": project["projectUrl"],
        "remixActionIds": actions,
        "workflowType": type_of(call.operation.path),
        "body": call.body,
    }
    if call.body.get("autoExport"):
        film = state.add_file(f"{project['title']}.mp4", "VIDEO", None, scope="EXPORT", path=FILM_PATH)
        run |= {"exportId": f"vg_expo_auto{len(state.runs) + 1:04}", "exportFileId": film["fileId"]}
    state.runs.append(run)
    return StartWorkflowRunResponse.model_validate(run)


def _run(state: ScriptedState, run: Record, status: JobStatus) -> WorkflowRun:
    film = status is JobStatus.SUCCEEDED and "exportFileId" in run
    return WorkflowRun.model_validate(
        {
            "workflowRunId": run["workflowRunId"],
            "status": status,
            "workflowType": run.get("workflowType", "SCRIPT_TO_VIDEO"),
            "progressPercentage": progress_of(status),
            "attemptIndex": 0,
            "projectId": run["projectId"],
            "projectUrl": run["projectUrl"],
            "error": state.job_error(status),
            **({"exportId": run["exportId"], "exportFileId": run["exportFileId"]} if film else {}),
            **(_film_links(state) if film else {}),
        }
    )


def _film_links(state: ScriptedState) -> Record:
    return {
        "downloadUrl": state.link(FILM_PATH),
        "downloadUrlExpiresAt": LINKS_END_AT,
        "thumbnailUrl": state.link(THUMBNAIL_PATH),
        "thumbnailUrlExpiresAt": LINKS_END_AT,
    }


def list_runs(state: ScriptedState, call: ScriptedCall) -> WorkflowRunPage:
    records, more, cursor = page(state.newest_shown(state.runs), page_query(call))
    runs = [_run(state, run, state.job_status(run["workflowRunId"])) for run in records]
    return WorkflowRunPage(workflow_runs=runs, has_more=more, next_cursor=cursor)


def get_run(state: ScriptedState, call: ScriptedCall) -> WorkflowRun:
    run = found(state.runs, "workflowRunId", call.ids["workflowRunId"], "run")
    return _run(state, run, state.read_job(run["workflowRunId"]))


def cancel_run(state: ScriptedState, call: ScriptedCall) -> StartWorkflowRunResponse:
    run = found(state.runs, "workflowRunId", call.ids["workflowRunId"], "run")
    state.cancel(run["workflowRunId"])
    return StartWorkflowRunResponse.model_validate(run)


# Projects


def list_projects(state: ScriptedState, call: ScriptedCall) -> ProjectPage:
    for run in state.runs:
        state.project(run["projectId"])
    # A stable sort: of those updated at the same second, the newer one first.
    newest = list(reversed(state.projects))
    newest.sort(key=lambda one: -int(one["updatedAt"]))
    records, more, cursor = page(newest, page_query(call))
    projects = [Project.model_validate(one) for one in records]
    return ProjectPage(projects=projects, has_more=more, next_cursor=cursor)


def get_project(state: ScriptedState, call: ScriptedCall) -> Project:
    return Project.model_validate(state.project(call.ids["projectId"]))


def remix(state: ScriptedState, call: ScriptedCall) -> RemixProjectResponse:
    assert isinstance(call.request, RemixProjectRequest)
    project = state.project(call.ids["projectId"])
    if call.request.save_as_new_project:
        original = project
        project = state.add_project({"script": original["title"], "aspectRatio": original["aspectRatio"]})
    project["updatedAt"] += 1
    remix_id = f"remix {len(state.remixes) + 1}"
    actions = _add_actions(state, project, call.body["remixActions"], remix_id)
    record: Record = {**project, "remixActionIds": actions, "body": call.body}
    state.remixes.append(record)
    return RemixProjectResponse.model_validate(record)


def _add_actions(state: ScriptedState, project: Record, actions: list[Record], started_by: str) -> list[str]:
    ids: list[str] = []
    for action in actions:
        action_id = new_id_of("rmix", len(state.remix_actions))
        ids.append(action_id)
        state.remix_actions.append(
            {
                "remixActionId": action_id,
                "type": action["type"],
                "projectId": project["projectId"],
                "projectUrl": project["projectUrl"],
                "startedBy": started_by,
                "body": action,
            }
        )
        if action["type"] == "RESIZE_PROJECT":
            project["aspectRatio"] = action["aspectRatio"]
    return ids


def list_remix_actions(state: ScriptedState, call: ScriptedCall) -> RemixActionPage:
    """There is no other way to read an action, so that this counts as a read of each."""
    project_id = state.project(call.ids["projectId"])["projectId"]
    own = [one for one in state.remix_actions if one["projectId"] == project_id]
    records, more, cursor = page(state.newest_shown(own, lambda one: one["startedBy"]), page_query(call))
    runs: list[RemixActionRun] = []
    for record in records:
        status = state.read_job(record["remixActionId"])
        runs.append(
            RemixActionRun.model_validate(
                {
                    **record,
                    "status": status,
                    "progressPercentage": progress_of(status),
                    "attemptIndex": 0,
                    "error": state.job_error(status),
                }
            )
        )
    return RemixActionPage(remix_actions=runs, has_more=more, next_cursor=cursor)


# Exports and timelines


def start_export(state: ScriptedState, call: ScriptedCall) -> ExportProjectResponse:
    project = state.project(call.ids["projectId"])
    export_id = new_id_of("expo", len(state.exports))
    state.exports.append({"exportId": export_id, "projectId": project["projectId"], "fileId": None, "body": call.body})
    return ExportProjectResponse(export_id=export_id)


def _export(state: ScriptedState, record: Record, status: JobStatus) -> ProjectExport:
    done = status is JobStatus.SUCCEEDED
    if done and record.get("fileId") is None:
        title = state.project(record["projectId"])["title"]
        record["fileId"] = state.add_file(f"{title}.mp4", "VIDEO", None, scope="EXPORT", path=FILM_PATH)["fileId"]
    return ProjectExport.model_validate(
        {
            "exportId": record["exportId"],
            "projectId": record["projectId"],
            "status": status,
            "progressPercentage": progress_of(status),
            "attemptIndex": 0,
            "error": state.job_error(status),
            **(_film_links(state) if done else {}),
            "exportFileId": record["fileId"] if done else None,
            "file": file_info(state, state.file(record["fileId"]), fresh=True) if done else None,
        }
    )


def _exports_of(state: ScriptedState, project_id: str) -> list[Record]:
    """Those asked for, and those that runs made by themselves once they had succeeded."""
    automatic = [
        {"exportId": run["exportId"], "projectId": project_id, "fileId": run["exportFileId"], "run": run}
        for run in state.runs
        if run["projectId"] == project_id
        and "exportId" in run
        and state.job_status(run["workflowRunId"]) is JobStatus.SUCCEEDED
    ]
    return automatic + [one for one in state.exports if one["projectId"] == project_id]


def list_exports(state: ScriptedState, call: ScriptedCall) -> ProjectExportPage:
    project = state.project(call.ids["projectId"])
    shown = state.newest_shown(_exports_of(state, project["projectId"]))
    records, more, cursor = page(shown, page_query(call))
    exports = [_export(state, one, _export_status(state, one)) for one in records]
    return ProjectExportPage(exports=exports, has_more=more, next_cursor=cursor)


def _export_status(state: ScriptedState, record: Record) -> JobStatus:
    return JobStatus.SUCCEEDED if "run" in record else state.job_status(record["exportId"])


def get_export(state: ScriptedState, call: ScriptedCall) -> ProjectExport:
    exports = _exports_of(state, state.project(call.ids["projectId"])["projectId"])
    record = found(exports, "exportId", call.ids["exportId"], "export")
    status = JobStatus.SUCCEEDED if "run" in record else state.read_job(record["exportId"])
    return _export(state, record, status)


def start_interchange(state: ScriptedState, call: ScriptedCall) -> CreateTimelineInterchangeResponse:
    assert isinstance(call.request, CreateTimelineInterchangeRequest)
    project = state.project(call.ids["projectId"])
    job_id = new_id_of("inte", len(state.interchanges))
    state.interchanges.append(
        {
            "interchangeJobId": job_id,
            "projectId": project["projectId"],
            "format": call.request.format.value,
            "mediaDelivery": call.request.media_delivery.value,
            "fileId": None,
            "body": call.body,
        }
    )
    return CreateTimelineInterchangeResponse(interchange_job_id=job_id)


def get_interchange(state: ScriptedState, call: ScriptedCall) -> TimelineInterchange:
    record = found(state.interchanges, "interchangeJobId", call.ids["interchangeJobId"], "timeline job")
    status = state.read_job(record["interchangeJobId"])
    done = status is JobStatus.SUCCEEDED
    if done and record["fileId"] is None:
        suffix = {"FCPXML": "fcpxml", "PREMIERE_XML": "xml", "OTIO": "otio", "SRT": "srt"}[record["format"]]
        suffix = "zip" if record["mediaDelivery"] == "BUNDLE" else suffix
        content = f"{record['format']} of {record['projectId']}\n".encode()
        record["fileId"] = state.add_file(f"timeline.{suffix}", "TEXT", content, scope="EXPORT")["fileId"]
    info = file_info(state, state.file(record["fileId"]), fresh=True) if done else None
    return TimelineInterchange.model_validate(
        {
            **record,
            "status": status,
            "progressPercentage": progress_of(status),
            "attemptIndex": 0,
            "downloadUrl": info.download_url if info else None,
            "downloadUrlExpiresAt": LINKS_END_AT if info else None,
            "interchangeFileId": record["fileId"],
            "file": info,
            "error": state.job_error(status),
        }
    )


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(_WORKFLOWS, start_workflow),
    "listWorkflowRuns": list_runs,
    "getWorkflowRun": get_run,
    "cancelWorkflowRun": cancel_run,
    "listProjects": list_projects,
    "getProject": get_project,
    "exportProject": start_export,
    "listProjectExports": list_exports,
    "getProjectExport": get_export,
    "remixProject": remix,
    "listProjectRemixActions": list_remix_actions,
    "createTimelineInterchange": start_interchange,
    "getTimelineInterchange": get_interchange,
}

"""A hosted server of the contract, without idempotency, that breaks connections where a test asks for it."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from enum import StrEnum

import httpx

MEDIA_HOST = "media.example"
FILM_URL = f"https://{MEDIA_HOST}/film.mp4"
THUMBNAIL_URL = f"https://{MEDIA_HOST}/thumbnail.jpg"
VOICES: list[dict[str, object]] = [
    {
        "voiceId": f"vg_voic_{name.lower()}",
        "languageCode": "en-US",
        "displayName": name,
        "displayGender": "FEMALE",
        "accent": None,
        "description": "calm",
        "supportsDirectToolExecution": True,
        "supportsAllLanguages": True,
        "isDeprecated": False,
    }
    for name in ("Ada", "Grace")
]


class Fault(StrEnum):
    """Where a request breaks. All but the first two happen after the server has done its work."""

    NOT_CONNECTED = "not connected"
    CUT_WHILE_SENDING = "cut while sending"
    CUT_BEFORE_STATUS_LINE = "cut before the status line"
    CUT_IN_BODY = "cut in the body"
    BAD_GATEWAY_AFTER_START = "502 after the start"
    BAD_GATEWAY_BEFORE_START = "502 before the start"
    RATE_LIMITED = "429 rate_limited"
    NO_CREDITS = "429 insufficient_credits"
    SERVER_ERROR = "500"


class _HalfBody(httpx.AsyncByteStream):
    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content[: len(self._content) // 2]
        raise httpx.ReadError("connection reset in the body")


@dataclass
class ScriptedServer(httpx.AsyncBaseTransport):
    """``faults`` are used up by POSTs that start work, ``get_faults`` by GETs, in order. ``polls`` until success."""

    faults: deque[Fault] = field(default_factory=deque)
    get_faults: deque[Fault] = field(default_factory=deque)
    runs: list[dict[str, object]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    film: bytes = b"film" * 1000
    polls_until_done: int = 2
    hide_new_runs_for: int = 0
    final_status: str = "succeeded"
    thumbnail: bytes = b"\xff\xd8\xff\xe0" + b"thumbnail" * 100
    exports: list[dict[str, object]] = field(default_factory=list)
    cancelled: set[str] = field(default_factory=set)
    _seen: dict[str, int] = field(default_factory=dict)

    @property
    def started(self) -> int:
        """How many jobs were started."""
        return len(self.runs) + len(self.exports)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        self.requests.append(f"{request.method} {path}")
        if request.url.host == MEDIA_HOST:
            return self._media(request)
        if request.method == "POST" and path.startswith("/v1/workflows/") and "/runs/" not in path:
            return self._start(request)
        if request.method == "POST" and path.endswith("/export"):
            return self._export(path.split("/")[3])
        if request.method == "POST" and path.endswith("/cancel"):
            self.cancelled.add(path.split("/")[4])
            return httpx.Response(200, json={})
        if request.method == "GET" and self.get_faults:
            return self._fault(self.get_faults.popleft(), self._read(path))
        return self._read(path)

    def _start(self, request: httpx.Request) -> httpx.Response:
        fault = self.faults.popleft() if self.faults else None
        if fault is Fault.NOT_CONNECTED:
            raise httpx.ConnectError("connection refused")
        if fault in (Fault.RATE_LIMITED, Fault.NO_CREDITS, Fault.BAD_GATEWAY_BEFORE_START):
            return self._fault(fault, httpx.Response(202))
        if fault is Fault.CUT_WHILE_SENDING:
            raise httpx.WriteError("broken pipe")
        number = len(self.runs) + 1
        run = {
            "workflowRunId": f"vg_work_{number:04}",
            "projectId": f"vg_proj_{number:04}",
            "projectUrl": f"https://app.example/project/vg_proj_{number:04}",
            "remixActionIds": [],
            "body": json.loads(request.content),
        }
        self.runs.append(run)
        reply = {key: run[key] for key in ("workflowRunId", "projectId", "projectUrl", "remixActionIds")}
        response = httpx.Response(202, json=reply)
        return response if fault is None else self._fault(fault, response)

    def _fault(self, fault: Fault, response: httpx.Response) -> httpx.Response:
        match fault:
            case Fault.NOT_CONNECTED:
                raise httpx.ConnectError("connection refused")
            case Fault.CUT_WHILE_SENDING:
                raise httpx.WriteError("broken pipe")
            case Fault.CUT_BEFORE_STATUS_LINE:
                raise httpx.RemoteProtocolError("server disconnected without sending a response")
            case Fault.CUT_IN_BODY:
                return httpx.Response(response.status_code, stream=_HalfBody(response.content))
            case Fault.BAD_GATEWAY_AFTER_START | Fault.BAD_GATEWAY_BEFORE_START:
                return httpx.Response(502, text="<html>bad gateway</html>")
            case Fault.SERVER_ERROR:
                return httpx.Response(500, json={"message": "Something broke."})
            case Fault.RATE_LIMITED:
                return httpx.Response(
                    429, json={"message": "Slow down.", "code": "rate_limited"}, headers={"Retry-After": "7"}
                )
            case Fault.NO_CREDITS:
                return httpx.Response(429, json={"message": "No credits left.", "code": "insufficient_credits"})

    def _export(self, project_id: str) -> httpx.Response:
        export_id = f"vg_expo_{len(self.exports) + 1:04}"
        self.exports.append({"exportId": export_id, "projectId": project_id})
        return httpx.Response(202, json={"exportId": export_id})

    def _media(self, request: httpx.Request) -> httpx.Response:
        content = self.film if request.url.path.endswith(".mp4") else self.thumbnail
        wanted = request.headers.get("range", "").removeprefix("bytes=").partition("-")
        if not wanted[1]:
            return httpx.Response(200, content=content)
        start, end = int(wanted[0]), min(int(wanted[2]), len(content) - 1)
        headers = {"content-range": f"bytes {start}-{end}/{len(content)}", "etag": '"a"'}
        return httpx.Response(206, headers=headers, content=content[start : end + 1])

    def _file(self, file_id: str) -> dict[str, object]:
        source = {"status": "ready", "url": FILM_URL, "expiresAt": 1_900_000_000, "fileBytes": len(self.film)}
        return {
            "fileId": file_id,
            "scope": "GLOBAL",
            "type": "VIDEO",
            "displayName": "Water.mp4",
            "durationSeconds": 12.5,
            "downloadSource": source,
        }

    def _project(self, project_id: str) -> dict[str, object]:
        return {
            "projectId": project_id,
            "assistantId": None,
            "title": "Water keeps you sharp",
            "aspectRatio": {"width": 16, "height": 9},
            "status": "ready",
            "createdAt": 1_800_000_000,
            "updatedAt": 1_800_000_000,
            "projectUrl": f"https://app.example/project/{project_id}",
        }

    def _run(self, run: dict[str, object], status: str) -> dict[str, object]:
        done = status == "succeeded"
        return {
            "workflowRunId": run["workflowRunId"],
            "status": status,
            "workflowType": "SCRIPT_TO_VIDEO",
            "progressPercentage": 100 if done else 40,
            "attemptIndex": 0,
            "projectId": run["projectId"],
            "projectUrl": run["projectUrl"],
            "error": {"message": "The voice failed.", "code": "voice_failed"} if status == "failed" else None,
            "exportId": "vg_expo_0001" if done else None,
            "exportFileId": "vg_file_0001" if done else None,
            "downloadUrl": FILM_URL if done else None,
            "downloadUrlExpiresAt": 1_900_000_000 if done else None,
            "thumbnailUrl": THUMBNAIL_URL if done else None,
            "thumbnailUrlExpiresAt": 1_900_000_000 if done else None,
        }

    def _read(self, path: str) -> httpx.Response:
        if path == "/v1/workflows/runs":
            shown = self.runs
            if self.hide_new_runs_for > 0:
                self.hide_new_runs_for -= 1
                shown = self.runs[:-1]
            runs = [self._run(run, "running") for run in reversed(shown)]
            return httpx.Response(200, json={"workflowRuns": runs, "hasMore": False, "nextCursor": None})
        for run in self.runs:
            run_id = str(run["workflowRunId"])
            if path == f"/v1/workflows/runs/{run_id}":
                self._seen[run_id] = self._seen.get(run_id, 0) + 1
                status = self.final_status if self._seen[run_id] > self.polls_until_done else "running"
                if run_id in self.cancelled and status == "running":
                    status = "cancelled"
                return httpx.Response(200, json=self._run(run, status))
        return self._read_library(path)

    def _read_library(self, path: str) -> httpx.Response:
        parts = path.split("/")
        known = {str(run["projectId"]) for run in self.runs}
        if path == "/v1/projects":
            return _page("projects", [self._project(project_id) for project_id in sorted(known)])
        if path == "/v1/files":
            return _page("files", [self._file("vg_file_0001")] if self.runs else [])
        if path == "/v1/resources/tts-voices":
            return _page("ttsVoices", VOICES)
        if path == "/v1/resources/languages":
            return httpx.Response(200, json={"languages": [{"languageCode": "de", "name": "German"}]})
        if path == "/v1/files/vg_file_0001/hydrate":
            return httpx.Response(200, json=self._file("vg_file_0001"))
        if len(parts) >= 4 and parts[2] == "projects" and parts[3] in known:
            return self._read_project(parts)
        return httpx.Response(404, json={"message": "There is no such thing.", "code": "not_found"})

    def _read_project(self, parts: list[str]) -> httpx.Response:
        exports = [export for export in self.exports if export["projectId"] == parts[3]]
        match parts[4:]:
            case []:
                return httpx.Response(200, json=self._project(parts[3]))
            case ["exports"]:
                return _page("exports", [self._export_state(export) for export in reversed(exports)])
            case ["exports", export_id]:
                for export in exports:
                    if export["exportId"] == export_id:
                        return httpx.Response(200, json=self._export_state(export))
            case _:
                pass
        return httpx.Response(404, json={"message": "There is no such thing.", "code": "not_found"})

    def _export_state(self, export: dict[str, object]) -> dict[str, object]:
        export_id = str(export["exportId"])
        self._seen[export_id] = self._seen.get(export_id, 0) + 1
        done = self._seen[export_id] > self.polls_until_done
        return {
            **export,
            "status": self.final_status if done else "running",
            "progressPercentage": 100 if done else 40,
            "attemptIndex": 0,
            "downloadUrl": FILM_URL if done else None,
            "downloadUrlExpiresAt": 1_900_000_000 if done else None,
            "thumbnailUrl": None,
            "thumbnailUrlExpiresAt": None,
            "exportFileId": "vg_file_0001" if done else None,
            "file": None,
            "error": None,
        }


def _page(name: str, items: list[dict[str, object]]) -> httpx.Response:
    return httpx.Response(200, json={name: items, "hasMore": False, "nextCursor": None})

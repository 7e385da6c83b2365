"""Files: list, search, send, import, fetch."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
from pathlib import Path

import httpx

from videogen_agents.client.connected import Started, kept
from videogen_agents.client.id_segments import segment
from videogen_agents.client.job_calls import JobCalls
from videogen_agents.client.jobs import JobKind
from videogen_agents.client.ledger import account_hash, fingerprint
from videogen_agents.client.replies import JsonObject, text_of
from videogen_agents.client.starts import Listing, Sighting, StartRequest
from videogen_agents.client.transfers import Progress, Transfers, check_link
from videogen_agents.contract import (
    CreateFileUploadRequest,
    CreateFileUploadResponse,
    CreateFileUrlImportRequest,
    CreateFileUrlImportResponse,
    FileInfo,
    FilePage,
    FileType,
    SearchFilesRequest,
    SearchFilesResponse,
    Transcript,
)
from videogen_agents.errors import ConnectionLostError, InputError, NotFoundError


class FileCalls(JobCalls):
    """Files on the server and their way there and back."""

    async def files(
        self, *, limit: int = 50, cursor: str | None = None, include_export_files: bool = False
    ) -> FilePage:
        return await self._get(
            FilePage,
            "/v1/files",
            {"limit": limit, "cursor": cursor, "includeExportFiles": include_export_files or None},
        )

    async def search_files(self, query: str, *, limit: int = 10) -> SearchFilesResponse:
        """Analysed files by meaning, best first; ``limit`` 1–100."""
        return await self._post(
            SearchFilesResponse, "/v1/files/search", SearchFilesRequest(query=query, num_results=limit)
        )

    async def file(self, file_id: str) -> FileInfo:
        """The file with freshly signed links."""
        return await self._post(FileInfo, f"/v1/files/{segment(file_id)}/hydrate")

    async def archive_file(self, file_id: str) -> FileInfo:
        await asyncio.to_thread(self.ledger.forget_upload, file_id)
        return await self._post(FileInfo, f"/v1/files/{segment(file_id)}/archive")

    async def import_url(
        self, request: CreateFileUrlImportRequest, *, key: str | None = None, new: bool = False
    ) -> Started[CreateFileUrlImportResponse]:
        """Have the server fetch a public page or file, once.

        The contract has no list of imports: when the reply is lost for good, the error ``start_unconfirmed`` names the
        new files, and stays until ``new`` is given.
        """

        async def recognise(items: list[JsonObject]) -> Sighting:
            return Sighting((), [text_of(item, "fileId") for item in items])

        async def check(reply: JsonObject) -> str:
            return (await self.get_job(text_of(reply, "fileImportId"), kind=JobKind.FILE_IMPORT)).status

        return await self._start(
            CreateFileUrlImportResponse,
            StartRequest(
                kind="url-import",
                path="/v1/files/import-url",
                body=request.to_wire(),
                title="import of a URL",
                read=kept(CreateFileUrlImportResponse),
                ids=lambda reply: [("file_import_id", text_of(reply, "fileImportId"))],
                check=check,
                listing=Listing(
                    "/v1/files", "files", "fileId", recognise, {"limit": 200, "selfOnly": True}, proves=False
                ),
            ),
            key=key,
            new=new,
        )

    async def upload_file(
        self,
        path: Path,
        *,
        display_name: str | None = None,
        file_type: FileType | None = None,
        temporary: bool = False,
        transcript: Transcript | None = None,
        timeout: float = 300.0,
        progress: Progress | None = None,
    ) -> FileInfo:
        """Send a local file and return it once the server can use it. Raises InputError for a missing or empty one.

        The same bytes under the same description are sent once a day, whichever process asks; temporary files always.
        ``transcript`` gives the words of a recording, so that the server need not hear them.
        """
        if not path.is_file():
            raise InputError(f"There is no file at {path}.", code="file_not_found", next_step="Check the path.")
        if path.stat().st_size == 0:
            raise InputError(f"{path} is empty.", code="file_empty")
        request = CreateFileUploadRequest(
            display_name=display_name or path.name, type=file_type, is_temporary=temporary, transcript=transcript
        )
        mark = None if temporary else await self._mark(path, request)
        if mark is not None and (known := await self._sent_before(mark, timeout)) is not None:
            return known
        created = await self._post(CreateFileUploadResponse, "/v1/files/upload", request)
        media_type = mimetypes.guess_type(path.name)[0]
        transfers = Transfers((await self._open()).http, self._clock)
        if progress is None:
            await transfers.upload(path, created.upload_url, media_type)
        else:
            await transfers.upload(path, created.upload_url, media_type, progress)
        if mark is not None:
            await asyncio.to_thread(self.ledger.record_upload, mark, created.file_id, self._clock.now())
        return await self._usable_file(created.file_id, timeout)

    async def _mark(self, path: Path, request: CreateFileUploadRequest) -> str:
        """What tells this upload from others: the account, the bytes and what is said of them."""
        digest = await asyncio.to_thread(_digest, path)
        account = account_hash(*self._transport.account)
        return fingerprint(self.backend.value, account, "upload", [digest, request.to_wire()], None)

    async def _sent_before(self, mark: str, timeout: float) -> FileInfo | None:
        """The file that was made of the same upload, if it still is and can be used."""
        file_id = await asyncio.to_thread(self.ledger.uploaded, mark, self._clock.now())
        if file_id is None:
            return None
        try:
            return await self._usable_file(file_id, timeout)
        except InputError:
            await asyncio.to_thread(self.ledger.forget_upload, file_id)
            return None

    async def _usable_file(self, file_id: str, timeout: float) -> FileInfo:
        deadline = self._clock.now() + timeout
        pause = 0.2
        while True:
            info = await self.file(file_id)
            sources = [info.download_source, info.preview_source, info.thumbnail_source, info.hls_source]
            states = [source.status for source in sources if source is not None]
            if "ready" in states:
                return info
            if "failed" in states:
                raise InputError(
                    "The server could not read the file.",
                    code="file_unreadable",
                    ids={"file_id": file_id},
                    next_step="Check that it is a whole image, video, audio, PDF or slideshow file.",
                )
            if self._clock.now() >= deadline:
                raise ConnectionLostError(
                    "The file is sent but not ready yet.",
                    code="file_not_ready",
                    ids={"file_id": file_id},
                    next_step="Read it again with get_file in a minute; do not send it again.",
                )
            await self._clock.sleep(pause)
            pause = min(3.0, pause * 1.5)

    async def download(self, url: str, destination: Path, progress: Progress | None = None) -> Path:
        """Fetch a media URL of this backend to ``destination``; returns the absolute path, whole or not at all."""
        transfers = Transfers((await self._open()).http, self._clock)
        if progress is None:
            return await transfers.download(url, destination)
        return await transfers.download(url, destination, progress)

    async def fetch_bytes(self, url: str, limit: int) -> bytes:
        """A small media file (a thumbnail) of at most ``limit`` bytes, in memory."""
        check_link(url)
        session = await self._open()
        content = bytearray()
        try:
            async with session.http.stream(
                "GET", url, headers={"Range": f"bytes=0-{limit}"}, follow_redirects=True
            ) as response:
                async for chunk in response.aiter_bytes():
                    content += chunk
                    if len(content) > limit:
                        break
        except httpx.RequestError as error:
            raise ConnectionLostError(f"The media could not be read: {type(error).__name__}.") from error
        if not response.is_success or len(content) > limit:
            raise NotFoundError("The media is gone or too large.", code="media_link_expired")
        return bytes(content)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Finding files by what they are called, what they say and what was measured of them."""

from __future__ import annotations

import asyncio

from videogen_agents.contract import FileSearchResult, SearchFilesRequest, SearchFilesResponse, WireModel
from videogen_agents.errors import InputError
from videogen_engine.service.answers import file_info
from videogen_engine.service.call import Call
from videogen_engine.store.metadata import Metadata

_MOST_QUERY_CHARS = 1_000


async def search_files(call: Call) -> WireModel:
    """Everybody here is the same person, so ``selfOnly`` changes nothing."""
    body = await call.body(SearchFilesRequest)
    if not body.query.strip() or len(body.query) > _MOST_QUERY_CHARS:
        raise InputError(
            f"query must have 1 to {_MOST_QUERY_CHARS} characters.", next_step="Say in a few words what to find."
        )
    store = call.engine.store
    found = await asyncio.to_thread(_ranked, store, body.query, body.num_results)
    files = await asyncio.to_thread(store.files.get_many, [file_id for file_id, _ in found])
    return SearchFilesResponse(
        results=[
            FileSearchResult(similarity=similarity, file=file_info(call, files[file_id]))
            for file_id, similarity in found
            if file_id in files
        ]
    )


def _ranked(store: Metadata, query: str, limit: int) -> list[tuple[str, float]]:
    # Lazy: the word vectors are of no use to a process that is never asked.
    from videogen_engine.search.ranking import ranked

    return ranked(query, store.library.search_rows(), limit)


SEARCH = {"searchFiles": search_files}

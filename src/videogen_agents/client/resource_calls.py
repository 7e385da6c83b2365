"""The account, and what films can be made with: voices and languages."""

from __future__ import annotations

from videogen_agents.client.connected import Connected
from videogen_agents.contract import Language, ListLanguagesResponse, Me, TtsVoicePage


class ResourceCalls(Connected):
    """The account and the catalogues."""

    async def me(self) -> Me:
        return await self._get(Me, "/v1/me")

    async def voices(self, *, query: str | None = None, limit: int = 50, cursor: str | None = None) -> TtsVoicePage:
        return await self._get(
            TtsVoicePage, "/v1/resources/tts-voices", {"query": query, "limit": limit, "cursor": cursor}
        )

    async def languages(self, *, query: str | None = None) -> list[Language]:
        reply = await self._get(ListLanguagesResponse, "/v1/resources/languages", {"query": query})
        return list(reply.languages)

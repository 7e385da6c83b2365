"""The account, and what films can be made with: voices and languages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from videogen_agents.client.connected import Connected
from videogen_agents.client.replies import parse
from videogen_agents.config import Backend
from videogen_agents.contract import Language, ListLanguagesResponse, Me, TtsVoicePage


class Look(BaseModel):
    """A look of our own engine, which a visual style may name."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str
    description: str


class _Looks(BaseModel):
    model_config = ConfigDict(extra="ignore")

    looks: list[Look]


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

    async def looks(self) -> list[Look]:
        """The looks of our own engine; empty for any other server."""
        if self.backend is not Backend.EMBEDDED:
            return []
        return parse(_Looks, await self._raw_get("/engine/v1/looks")).looks

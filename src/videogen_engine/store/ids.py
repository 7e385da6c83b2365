"""Opaque ids. The prefix is for the reader's eye; nothing parses it."""

from __future__ import annotations

import hashlib
import secrets
from enum import StrEnum

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LENGTH = 20


class IdPrefix(StrEnum):
    WORKFLOW_RUN = "vg_work_"
    PROJECT = "vg_proj_"
    REMIX_ACTION = "vg_rmix_"
    EXPORT = "vg_expo_"
    INTERCHANGE = "vg_inte_"
    TOOL_EXECUTION = "vg_tool_"
    FILE = "vg_file_"
    PROBE = "vg_prob_"
    IMPORT = "vg_impo_"
    ANALYSIS = "vg_anal_"
    STREAM = "vg_stre_"
    PLAYBACK = "vg_play_"
    ENTITY = "vg_enti_"
    ASSISTANT = "vg_asst_"
    MESSAGE = "vg_mesg_"
    PROPOSAL = "vg_prop_"
    WEBHOOK_ENDPOINT = "ep_"


def derived_id(prefix: IdPrefix, of: str) -> str:
    """The id of what another thing becomes, the same whenever it is asked for. ``of`` is a random id itself."""
    digest = hashlib.sha256(f"{prefix.value}{of}".encode()).digest()
    return prefix + "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest[:_LENGTH])


def new_id(prefix: IdPrefix) -> str:
    """119 random bits after the prefix."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))

"""The sentence encoder all-MiniLM-L6-v2 in plain numpy, for making the word table; not part of the engine.

Six BERT layers of 384 dimensions with twelve heads, mean pooling over tokens, unit length.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

LAYERS = 6
HEADS = 12
EPSILON = 1e-12
BATCH = 256
LONGEST = 64
CLS, SEP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


def read_vocabulary(path: Path) -> dict[str, int]:
    """Word pieces by id; ids of whole words follow roughly their frequency."""
    return {piece: number for number, piece in enumerate(path.read_text(encoding="utf-8").splitlines())}


class MiniLmEncoder:
    """Reads ``model.safetensors`` and ``vocab.txt`` from ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._weights = _read_safetensors(folder / "model.safetensors")
        self._vocabulary = read_vocabulary(folder / "vocab.txt")

    def encode(self, texts: list[str]) -> Array:
        """One unit vector of 384 dimensions per text. Texts are cut at 64 word pieces."""
        pieces = [self._pieces(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda index: len(pieces[index]))
        rows = np.zeros((len(texts), 384), dtype=np.float32)
        at = 0
        while at < len(order):
            length = len(pieces[order[at]])
            batch = [index for index in order[at : at + BATCH] if len(pieces[index]) == length]
            rows[batch] = self._forward(np.array([pieces[index] for index in batch]))
            at += len(batch)
        return rows

    def _forward(self, ids: NDArray[np.int64]) -> Array:
        w = self._weights
        count, length = ids.shape
        state = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:length]
        state = self._norm(state + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}"
            query, key, value = (
                self._dense(state, f"{layer}.attention.self.{part}")
                .reshape(count, length, HEADS, -1)
                .transpose(0, 2, 1, 3)
                for part in ("query", "key", "value")
            )
            scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(query.shape[-1]))
            scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
            mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ value
            mixed = mixed.transpose(0, 2, 1, 3).reshape(count, length, -1)
            attended = self._dense(mixed, f"{layer}.attention.output.dense")
            state = self._norm(state + attended, f"{layer}.attention.output.LayerNorm")
            inner = _gelu(self._dense(state, f"{layer}.intermediate.dense"))
            state = self._norm(state + self._dense(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        pooled = state.mean(axis=1)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    def _dense(self, state: Array, name: str) -> Array:
        return state @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _norm(self, state: Array, name: str) -> Array:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(EPSILON))
        return centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]

    def _pieces(self, text: str) -> list[int]:
        ids: list[int] = []
        spaced = "".join(c if c.isalnum() else f" {c} " for c in text.lower())
        for word in spaced.split():
            ids += split_word(word, self._vocabulary)
        return [self._vocabulary[CLS], *ids[: LONGEST - 2], self._vocabulary[SEP]]


def split_word(word: str, vocabulary: dict[str, int]) -> list[int]:
    """The ids of the word's pieces: the longest known beginning first, and so on."""
    ids: list[int] = []
    start = 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else f"##{word[start:end]}"
            if piece in vocabulary:
                ids.append(vocabulary[piece])
                start = end
                break
        else:
            return [vocabulary[UNKNOWN]]
    return ids


def _gelu(x: Array) -> Array:
    return x * np.float32(0.5) * (1 + _erf(x / np.float32(np.sqrt(2))))


def _erf(x: Array) -> Array:
    # Abramowitz and Stegun 7.1.26, error below 1.5e-7: numpy has no error function.
    t = 1 / (1 + np.float32(0.3275911) * np.abs(x))
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return (np.sign(x) * (1 - series * np.exp(-x * x))).astype(np.float32)


def _read_safetensors(path: Path) -> dict[str, Array]:
    raw = path.read_bytes()
    length = int.from_bytes(raw[:8], "little")
    header = cast("dict[str, dict[str, object]]", json.loads(raw[8 : 8 + length]))
    tensors: dict[str, Array] = {}
    for name, about in header.items():
        if about.get("dtype") != "F32":
            continue
        first, last = cast("list[int]", about["data_offsets"])
        flat = np.frombuffer(raw, dtype="<f4", offset=8 + length + first, count=(last - first) // 4)
        tensors[name.removeprefix("bert.")] = flat.reshape(cast("list[int]", about["shape"]))
    return tensors

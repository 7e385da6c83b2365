"""The two filters of ITU-R BS.1770-4 that a sound passes before its energy is measured, as matrix products.

A recursive filter walks sample by sample, which an interpreter does slowly. In blocks it is a product with the
filter's impulse response, plus what its four state variables at the block's start still ring with; and the states
are a recursion over blocks that is solved the same way, group by group.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

_Real = NDArray[np.float64]
#: Samples of a block, and blocks of a group.
_BLOCK: Final = 32
_GROUP: Final = 25
_STATES: Final = 4
#: Groups that one product covers. It and the stacks of small products are few enough rows that the linear algebra
#: library keeps them on the calling thread, which is both cheaper and the same on every machine.
_AT_ONCE: Final = 24


class KWeighting:
    """The filter for one sample rate. Feed it the pieces of a signal one after the other, from ``rest()`` on."""

    def __init__(self, rate: int) -> None:
        transition, enter, leave, through = _cascade(_shelf(rate), _high_pass(rate))
        powers = [np.eye(_STATES)]
        for _ in range(_BLOCK):
            powers.append(powers[-1] @ transition)
        response = np.array([through, *(leave @ powers[step] @ enter for step in range(_BLOCK - 1))])
        lags = np.arange(_BLOCK)[None, :] - np.arange(_BLOCK)[:, None]
        #: From a block's samples to its own part of the block's output, a column each.
        self._direct = np.where(lags >= 0, response[np.maximum(lags, 0)], 0.0).astype(np.float32)
        #: From the states at a block's start to what they ring with, and from its samples to what they add.
        self._ringing = np.stack([leave @ powers[step] for step in range(_BLOCK)], axis=1)
        self._added = np.stack([powers[_BLOCK - 1 - step] @ enter for step in range(_BLOCK)], axis=0)
        over_block = powers[_BLOCK]
        steps = [np.eye(_STATES)]
        for _ in range(_GROUP):
            steps.append(steps[-1] @ over_block)
        self._over_group = steps[_GROUP]
        within = np.zeros((_GROUP + 1, _STATES, _GROUP, _STATES))
        for later in range(_GROUP + 1):
            for earlier in range(later):
                within[later, :, earlier, :] = steps[later - 1 - earlier]
        #: From what the blocks of a group add to the states before each of them and behind the last.
        self._within = within.reshape((_GROUP + 1) * _STATES, _GROUP * _STATES).T.copy()
        self._carried = np.concatenate(steps[:_GROUP]).T.copy()

    @staticmethod
    def rest() -> _Real:
        """The states before anything was heard."""
        return np.zeros(_STATES)

    def __call__(self, samples: NDArray[np.float32], states: _Real) -> tuple[NDArray[np.float32], _Real]:
        """The weighted ``[n]`` samples, and the states for the next piece, for which n must be whole groups."""
        count = len(samples)
        groups = -(-count // (_GROUP * _BLOCK))
        blocks = np.pad(samples, (0, groups * _GROUP * _BLOCK - count)).reshape(groups, _GROUP, _BLOCK)
        before, states = self._walk(blocks.astype(np.float64) @ self._added, states)
        weighted = blocks @ self._direct
        weighted += (before @ self._ringing).astype(np.float32)
        return weighted.reshape(-1)[:count], states

    def _walk(self, added: _Real, states: _Real) -> tuple[_Real, _Real]:
        """The states before each block, ``[groups, blocks, 4]`` as what the blocks add, and those behind the last."""
        groups = len(added)
        own = np.empty((groups, (_GROUP + 1) * _STATES))
        for first in range(0, groups, _AT_ONCE):
            some = added[first : first + _AT_ONCE].reshape(-1, _GROUP * _STATES)
            np.matmul(some, self._within, out=own[first : first + _AT_ONCE])
        starts = np.empty((groups, 1, _STATES))
        for group in range(groups):
            starts[group, 0] = states
            states = self._over_group @ states + own[group, -_STATES:]
        before = own[:, None, :-_STATES] + starts @ self._carried
        return before.reshape(groups, _GROUP, _STATES), states


@lru_cache(maxsize=8)
def k_weighting(rate: int) -> KWeighting:
    return KWeighting(rate)


def _cascade(first: tuple[_Real, _Real], second: tuple[_Real, _Real]) -> tuple[_Real, _Real, _Real, float]:
    """Two biquads, one behind the other, as state equations: transition, entrance, exit and direct path."""
    transition_1, enter_1, leave_1, through_1 = _states(*first)
    transition_2, enter_2, leave_2, through_2 = _states(*second)
    transition = np.block([[transition_1, np.zeros((2, 2))], [np.outer(enter_2, leave_1), transition_2]])
    enter = np.concatenate([enter_1, enter_2 * through_1])
    leave = np.concatenate([through_2 * leave_1, leave_2])
    return transition, enter, leave, through_1 * through_2


def _states(top: _Real, bottom: _Real) -> tuple[_Real, _Real, _Real, float]:
    """A biquad, ``bottom[0]`` being 1, in transposed direct form."""
    transition = np.array([[-bottom[1], 1.0], [-bottom[2], 0.0]])
    enter = top[1:] - bottom[1:] * top[0]
    return transition, enter, np.array([1.0, 0.0]), float(top[0])


def _shelf(rate: int) -> tuple[_Real, _Real]:
    """The head's acoustic effect. BS.1770 lists coefficients for 48 kHz; these are of the analogue prototype
    behind them, so that other rates get the same curve."""
    tangent = math.tan(math.pi * 1681.974450955533 / rate)
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    slope = tangent / 0.7071752369554196
    square = tangent * tangent
    scale = 1 + slope + square
    top = np.array([high + band * slope + square, 2 * (square - high), high - band * slope + square])
    return top / scale, np.array([1.0, 2 * (square - 1) / scale, (1 - slope + square) / scale])


def _high_pass(rate: int) -> tuple[_Real, _Real]:
    """The low-frequency weighting, of its prototype too. Its numerator stays 1, −2, 1, as recommended."""
    tangent = math.tan(math.pi * 38.13547087602444 / rate)
    slope = tangent / 0.5003270373238773
    square = tangent * tangent
    scale = 1 + slope + square
    return np.array([1.0, -2.0, 1.0]), np.array([1.0, 2 * (square - 1) / scale, (1 - slope + square) / scale])

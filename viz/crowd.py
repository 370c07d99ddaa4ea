"""A layout for crowds: ForceAtlas2 with repulsion on a mesh, so that twenty thousand things take seconds, not hours.

Jacomy et al., "ForceAtlas2, a Continuous Graph Layout Algorithm" (2014), in numpy: each thing repels each other by its
links, links pull. Up to `EXACT` things all pairs are counted; above, masses are spread on a grid and the force is
their convolution with 1/r (a particle mesh), which takes n + g² log g steps. The same seed gives the same picture.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "crowd", "spread"]

Floats: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = NDArray[np.int64]

EXACT = 250
# Up to here a start at random is as good as one by groups, and leaves nothing to be seen of the groups.
SMALL = 500
SEED = 7
# While things are pushed apart, who is near whom is looked up anew every so many rounds.
_LOOKS = 4
# Screens are wider than high.
ASPECT = 1.5


def crowd(count: int, ends: Numbers, weights: Floats, groups: Numbers | None = None, seed: int = SEED) -> Floats:
    """Return a place for each of `count` things, (n, 2), about one thing to a square of side 1.

    `ends` (m, 2) are the numbers of the things that links join. `groups` (n) tells which things belong together, by
    any numbers: groups are placed first, as single things, and their members then start where their group stands.
    """
    if count == 0:
        return np.zeros((0, 2))
    random = np.random.default_rng(seed)
    if groups is None or count <= SMALL:
        places = random.normal(size=(count, 2)) * np.sqrt(count)
        rounds = 300 if count <= SMALL else 220
    else:
        places, rounds = _by_groups(ends, weights, groups, random), 90
    places = _forces(places, ends, weights, rounds)
    return spread(_fitted(places, count), 0.62)


def _by_groups(ends: Numbers, weights: Floats, groups: Numbers, random: np.random.Generator) -> Floats:
    """Place the groups, then their members in a disc around each group's place, as big as the group."""
    _, group, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    between = np.sort(group[ends], axis=1)
    between, which = np.unique(between, axis=0, return_inverse=True)
    heavy = np.bincount(which.ravel(), weights)
    apart = between[:, 0] != between[:, 1]
    start = random.normal(size=(len(sizes), 2)) * np.sqrt(len(groups))
    middles = _forces(start, between[apart], np.log1p(heavy[apart]), 260, np.sqrt(sizes.astype(float)))
    middles = _fitted(middles, len(groups))
    angle = random.uniform(0, 2 * np.pi, len(groups))
    radius = np.sqrt(random.uniform(0, 1, len(groups)) * sizes[group] / np.pi) * 0.8
    disc: Floats = np.stack([np.cos(angle), np.sin(angle)], axis=1) * radius[:, None]
    placed: Floats = middles[group] + disc
    return placed


def _forces(places: Floats, ends: Numbers, weights: Floats, rounds: int, mass: Floats | None = None) -> Floats:
    """Let links pull and things push for some rounds; steps shrink where a thing swings."""
    count = len(places)
    if count < 2:
        return places
    a, b = (ends[:, 0], ends[:, 1]) if len(ends) else (np.zeros(0, np.int64), np.zeros(0, np.int64))
    links = np.bincount(a, minlength=count) + np.bincount(b, minlength=count)
    mass = (np.ones(count) if mass is None else mass) + links
    repel = _exact if count <= EXACT else _Mesh(256 if count > 8000 else 128)
    before = np.zeros_like(places)
    speed, tolerance = 1.0, 1.0
    for _ in range(rounds):
        force = repel(places, mass) * mass[:, None] * 4.0
        pull = (places[b] - places[a]) * weights[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(a, pull[:, axis], count) - np.bincount(b, pull[:, axis], count)
        far = _lengths(places) + 1e-9
        force -= places * (mass / far * 0.6)[:, None]  # what nothing holds must not drift away
        force[:, 1] -= places[:, 1] / far * mass * 0.35
        swing = _lengths(force - before)
        drive = _lengths(force + before) / 2
        speed = min(tolerance * float((mass * drive).sum() / max((mass * swing).sum(), 1e-9)), speed * 1.5)
        step = speed / (1 + np.sqrt(speed * swing))
        moved = force * step[:, None]
        limit = 0.08 * _extent(places) + 1e-9
        places = places + moved * np.minimum(1.0, limit / np.maximum(_lengths(moved), 1e-9))[:, None]
        before = force
    return places


def _lengths(arrows: Floats) -> Floats:
    # Over two columns this takes a fifth of the time of np.linalg.norm.
    found: Floats = np.sqrt(arrows[:, 0] ** 2 + arrows[:, 1] ** 2)
    return found


def _extent(places: Floats) -> float:
    return float(max(np.ptp(places[:, 0]), np.ptp(places[:, 1])))


def _exact(places: Floats, mass: Floats) -> Floats:
    x, y = np.ascontiguousarray(places.T, np.float32)
    heavy = mass.astype(np.float32) / (np.subtract.outer(x, x) ** 2 + np.subtract.outer(y, y) ** 2 + np.float32(1e-3))
    # The sum of (a - b) * m / d² over b, without a matrix for each axis.
    pushed: Floats = places * heavy.sum(axis=1, keepdims=True) - heavy @ places
    return pushed


class _Mesh:
    """Repulsion on a grid of g x g cells; the kernel is made once, in units of a cell."""

    def __init__(self, cells: int) -> None:
        self._cells = cells
        at = np.minimum(np.arange(2 * cells), 2 * cells - np.arange(2 * cells)).astype(np.float32)
        # The force 1/r is the slope of log r: one field to transform in place of two.
        self._kernel = np.fft.rfft2(np.log(at[:, None] ** 2 + at[None, :] ** 2 + np.float32(0.5)) / 2)

    def __call__(self, places: Floats, mass: Floats) -> Floats:
        g = self._cells
        low = np.array([places[:, 0].min(), places[:, 1].min()])
        cell = _extent(places) / (g - 3) + 1e-9
        grid = (places - low) / cell + 1
        whole = grid.astype(np.int64)
        part = grid - whole
        corners = []
        for dx in (0, 1):
            for dy in (0, 1):
                share = (part[:, 0] if dx else 1 - part[:, 0]) * (part[:, 1] if dy else 1 - part[:, 1])
                corners.append(((whole[:, 0] + dx) * g + whole[:, 1] + dy, share))
        masses = np.zeros(g * g)
        for index, share in corners:
            masses += np.bincount(index, share * mass, g * g)
        spectrum = np.fft.rfft2(masses.reshape(g, g).astype(np.float32), s=(2 * g, 2 * g)) * self._kernel
        slopes = np.gradient(np.fft.irfft2(spectrum, s=(2 * g, 2 * g))[:g, :g])
        pushed = np.zeros_like(places)
        for axis, slope in enumerate(slopes):
            field = slope.ravel()
            for index, share in corners:
                pushed[:, axis] += field[index] * share
        return pushed / cell


def _fitted(places: Floats, count: int) -> Floats:
    """Centre places and scale them to about one thing to a square of side 1, whatever a few far ones do."""
    places = places - np.median(places, axis=0)
    reach = np.quantile(np.abs(places), 0.92, axis=0) + 1e-9
    side = np.sqrt(count)
    # Far ones are drawn nearer, in their order: an empty screen with a dot in each corner tells nothing.
    scaled = places / reach
    long = np.abs(scaled)
    scaled = np.where(long > 1, np.sign(scaled) * (1 + np.log(np.maximum(long, 1)) * 0.6), scaled)
    fitted: Floats = scaled * np.array([np.sqrt(ASPECT), 1 / np.sqrt(ASPECT)]) * side * 0.5
    return fitted


def spread(places: Floats, gap: float, rounds: int = 60) -> Floats:
    """Push things apart that stand nearer than `gap` to one another."""
    places = places + np.random.default_rng(SEED).normal(size=places.shape) * gap * 0.02
    a = b = np.zeros(0, np.int64)
    for number in range(rounds):
        if number % _LOOKS == 0:
            a, b = _near(places, gap * 1.2)
        delta = places[a] - places[b]
        length = _lengths(delta)
        close = length < gap
        if not close.any():
            break
        one, other, delta, length = a[close], b[close], delta[close], np.maximum(length[close], 1e-6)
        push = delta * ((gap - length) / length * 0.5)[:, None]
        shared = np.maximum(np.bincount(one, minlength=len(places)) + np.bincount(other, minlength=len(places)), 1)
        for axis in (0, 1):
            moved = np.bincount(one, push[:, axis], len(places)) - np.bincount(other, push[:, axis], len(places))
            places[:, axis] += moved / np.sqrt(shared)
    return places


def _near(places: Floats, gap: float) -> tuple[Any, Any]:
    """Return pairs of things in the same or in neighbouring cells of side `gap`, each pair once."""
    cell = np.floor((places - places.min(axis=0)) / gap).astype(np.int64) + 1
    width = int(cell[:, 1].max()) + 3
    key = cell[:, 0] * width + cell[:, 1]
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    first, second = [], []
    for offset in (0, 1, width - 1, width, width + 1):
        low = np.searchsorted(ordered, ordered + offset, "left")
        high = np.searchsorted(ordered, ordered + offset, "right")
        if offset == 0:
            low = np.arange(len(ordered)) + 1
        many = np.clip(high - low, 0, 24)
        total = int(many.sum())
        start = np.repeat(np.cumsum(many) - many, many)
        first.append(np.repeat(np.arange(len(ordered)), many))
        second.append(np.repeat(low, many) + np.arange(total) - start)
    return order[np.concatenate(first)], order[np.concatenate(second)]

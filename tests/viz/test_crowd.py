"""The layout for crowds: linked things near, none on another, the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from auditgraph.viz.crowd import crowd


def stars(hubs: int, leaves: int) -> tuple[int, np.ndarray, np.ndarray]:
    """Return hubs in a ring, each with its leaves: count, ends, groups."""
    ends = [(hub, (hub + 1) % hubs) for hub in range(hubs)]
    ends += [(hub, hubs + hub * leaves + leaf) for hub in range(hubs) for leaf in range(leaves)]
    groups = [*range(hubs), *(hub for hub in range(hubs) for _ in range(leaves))]
    return hubs * (1 + leaves), np.array(ends), np.array(groups)


@pytest.mark.parametrize(("hubs", "leaves"), [(6, 10), (30, 40)])
def test_linked_things_stand_together(hubs: int, leaves: int) -> None:
    count, ends, groups = stars(hubs, leaves)
    places = crowd(count, ends, np.ones(len(ends)), groups)
    assert np.isfinite(places).all()
    linked = np.linalg.norm(places[ends[:, 0]] - places[ends[:, 1]], axis=1).mean()
    other = np.linalg.norm(places[ends[:, 0]] - places[::-1][ends[:, 1]], axis=1).mean()
    assert linked < other / 2
    apart = np.linalg.norm(places[:, None] - places[None, :], axis=2) + np.eye(count) * 9
    assert np.quantile(apart.min(axis=1), 0.05) > 0.3


def test_the_same_graph_gives_the_same_picture() -> None:
    count, ends, groups = stars(30, 40)
    first, second = (crowd(count, ends, np.ones(len(ends)), groups) for _ in range(2))
    assert (first == second).all()


@pytest.mark.parametrize("count", [0, 1, 2, 700])
def test_graphs_without_links(count: int) -> None:
    places = crowd(count, np.zeros((0, 2), np.int64), np.zeros(0))
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()

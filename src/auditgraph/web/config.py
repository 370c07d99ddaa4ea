"""What `auditgraph serve` allows: limits on size, time and concurrency."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Config"]


@dataclass(frozen=True, slots=True)
class Config:
    """Limits and choices of a server; sizes in bytes, times in seconds.

    `seconds`, `rows` and `memory` hold a single query. A query that runs longer than `quick` is a long one: `readers`
    reader processes answer quick queries, at most `long` long ones run beside them, and at most `queue` requests wait,
    none longer than `patience`. `stall` is how long a client may stop reading its answer. `cors` is the origin that
    scripts of other sites must have to read answers: `*` for all, empty for none.
    """

    cors: str = "*"
    seconds: float = 60
    rows: int = 1_000_000
    memory: int = 4 * 1024**3
    body: int = 1_000_000
    readers: int = 2
    long: int = 2
    quick: float = 1
    queue: int = 64
    patience: float = 10
    stall: float = 30
    cache: int = 32_000_000

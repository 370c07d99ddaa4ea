"""One writer at a time on a server: each says that it writes, looks whether it is alone, and else gives way.

A claim is a node of the journal's graph with its owner and when it ends. A writer goes on only where it has announced
itself *and* afterwards sees no other: so two never go on together on a server that shows everybody what was written
before it was asked. A claim that has run out, or whose owner was a process of this machine and is gone, counts no more.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

import pyoxigraph as ox

from auditgraph.errors import StoreError
from auditgraph.store.journal import JOURNAL_GRAPH
from auditgraph.store.records import NAMESPACE, field_iri

__all__ = ["LEASE", "Claim", "Lockable", "claims_of", "release", "take"]

# Seconds that a claim holds; renewed with each write when half of them are over.
LEASE = 600
# How often, and how many seconds apart, one of two that came together looks whether the other has given way.
_LOOKS, _PAUSE = 8, 0.25
_CLAIM = NAMESPACE + "lock-"
_OWNER, _UNTIL = field_iri("owner"), field_iri("ends")


class Lockable(Protocol):
    """What keeps claims: a store in a server."""

    @property
    def location(self) -> str:
        """Say where it is."""

    def claims(self) -> list[Claim]:
        """Return the claims that stand."""

    def update(self, update: str) -> None:
        """Carry out a SPARQL update."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A writer: `owner` is `host:process`, `until` the second (since 1970) from which its claim counts no more."""

    token: str
    owner: str
    until: int

    @property
    def over(self) -> bool:
        """Tell whether a claim counts no more."""
        host, _, process = self.owner.rpartition(":")
        gone = host == _host() and process.isdecimal() and not _runs(int(process))
        return gone or self.until <= time.time()


def claims_of(quads: Iterable[ox.Quad]) -> list[Claim]:
    """Return the claims that the quads of the journal's graph tell."""
    nodes: dict[str, dict[ox.NamedNode, str]] = {}
    for quad in quads:
        name = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        if name.startswith(_CLAIM) and isinstance(quad.object, ox.Literal):
            said = nodes.setdefault(name.removeprefix(_CLAIM), {})
            # Of two ends, one of which is about to be taken out, the later.
            said[quad.predicate] = max(said.get(quad.predicate, ""), quad.object.value)
    return [
        Claim(token, said[_OWNER], int(said[_UNTIL]))
        for token, said in sorted(nodes.items())
        if _OWNER in said and _UNTIL in said
    ]


def take(store: Lockable) -> bool:
    """Become the writer; True where this process was not the writer before.

    Raises StoreError where another is.
    """
    mine, standing = _token(os.getpid()), store.claims()
    held = next((claim for claim in standing if claim.token == mine), None)
    others = _living(store, standing, mine)
    if held is not None and not held.over and not others:
        if held.until - time.time() < LEASE / 2:
            _announce(store, mine)
        return False
    if others:
        raise _taken(store, others[0])
    _announce(store, mine)
    for look in range(_LOOKS):
        others = _living(store, store.claims(), mine)
        if not others:
            return True
        if any(claim.token < mine for claim in others) or look == _LOOKS - 1:
            break
        time.sleep(_PAUSE)
    release(store)
    raise _taken(store, others[0])


def release(store: Lockable) -> None:
    """Stop being the writer."""
    store.update(_out(_token(os.getpid())))


def _announce(store: Lockable, token: str) -> None:
    until = int(time.time()) + LEASE
    node = ox.NamedNode(_CLAIM + token)
    said = f"{node} {_OWNER} {ox.Literal(f'{_host()}:{os.getpid()}')} ; {_UNTIL} {ox.Literal(str(until))} ."
    store.update(f"{_out(token)} ;\nINSERT DATA {{ GRAPH {JOURNAL_GRAPH} {{ {said} }} }}")


def _living(store: Lockable, claims: Iterable[Claim], mine: str) -> list[Claim]:
    """Return the other claims that count; those that do no more are taken out."""
    others = [claim for claim in claims if claim.token != mine]
    for claim in others:
        if claim.over:
            store.update(_out(claim.token))
    return [claim for claim in others if not claim.over]


def _out(token: str) -> str:
    return f"DELETE WHERE {{ GRAPH {JOURNAL_GRAPH} {{ {ox.NamedNode(_CLAIM + token)} ?p ?o }} }}"


def _taken(store: Lockable, claim: Claim) -> StoreError:
    host, _, process = claim.owner.rpartition(":")
    until = datetime.fromtimestamp(claim.until, UTC).strftime("%H:%M:%S")
    return StoreError(
        f"{store.location} is being written by process {process} on {host}",
        f"Let it end first. If it was killed there, it counts until {until} UTC; here it can be read meanwhile",
    )


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@lru_cache(maxsize=1)
def _token(process: int) -> str:
    """Return what this process is told from others by: a copy of it made by fork is another."""
    return secrets.token_hex(8)


@lru_cache(maxsize=1)
def _host() -> str:
    """Return this machine's name, with what tells two apart that were given the same one."""
    import uuid

    return f"{socket.gethostname()}-{uuid.getnode():x}"

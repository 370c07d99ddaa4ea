"""Talk to somebody else's server: time limits that hold, few retries, passwords that go nowhere else."""

from __future__ import annotations

import base64
import email.utils
import http.client
import netrc
import os
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from typing import IO, Any, TypeVar
from urllib.parse import urlsplit

from auditgraph import __version__
from auditgraph.errors import QueryError, StoreError

__all__ = ["AGENT", "Answered", "Login", "Refused", "exchange", "login_for"]

AGENT = f"auditgraph/{__version__} (+https://w3id.org/auditgraph)"
# What may be over when one asks again; nothing else is tried twice.
_PASSING = frozenset({429, 502, 503, 504})
_TRIES = 3
# Seconds before a second and third try where the server does not say when; a longer wait than this is not waited.
_PAUSES = (0.5, 2.0)
_LONGEST = 60.0
# Bytes of one answer: what is larger is read by report (--report), or from the embedded store.
_LARGEST = 2 * 1024**3

T = TypeVar("T")


class Refused(StoreError):
    """The server answered with an error: `status` and the first words of what it said."""

    def __init__(self, status: int, said: str, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.status = status
        self.said = said


@dataclass(frozen=True, slots=True)
class Login:
    """A name and a password for a server, and how they are sent; never shown."""

    user: str
    password: str = field(repr=False)
    digest: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A server's whole answer."""

    status: int
    headers: Message
    body: bytes = field(repr=False)


def login_for(url: str) -> Login | None:
    """Return the login for a URL: AUDITGRAPH_USER and AUDITGRAPH_PASSWORD, else the netrc file's; None for none.

    AUDITGRAPH_AUTH says `basic` (default) or `digest`.
    """
    digest = os.environ.get("AUDITGRAPH_AUTH", "basic").casefold() == "digest"
    user = os.environ.get("AUDITGRAPH_USER", "")
    if user:
        return Login(user, os.environ.get("AUDITGRAPH_PASSWORD", ""), digest)
    try:
        found = netrc.netrc(os.environ.get("NETRC") or None).authenticators(urlsplit(url).hostname or "")
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError) as error:
        # The parser's own message may hold the line, and the line a password.
        raise StoreError("the netrc file can't be read", "Mend it, or set AUDITGRAPH_USER") from error
    return Login(found[0], found[2] or "", digest) if found else None


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follow a redirect to the same host only: the password goes with it."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise StoreError(f"{old.netloc} sends on to {new.scheme}://{new.netloc}", "Name that address instead")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(url: str, login: Login | None) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = [_SameHost()]
    if login is not None and login.digest:
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, url, login.user, login.password)
        handlers.append(urllib.request.HTTPDigestAuthHandler(passwords))
    return urllib.request.build_opener(*handlers)


def exchange(
    make: Callable[[], urllib.request.Request], *, login: Login | None, seconds: float, largest: int = _LARGEST
) -> Answered:
    """Send a request and return the whole answer; `make` makes it anew for every try.

    All tries, waits and the reading of the answer together take at most `seconds` (0: no limit). Raises Refused for
    an answer that is an error, StoreError for a server that can't be reached or breaks off, QueryError when the time
    is over or the answer too large.
    """
    until = time.monotonic() + seconds if seconds else float("inf")
    request = make()
    host = urlsplit(request.full_url).netloc
    for pause in (*_PAUSES[: _TRIES - 1], None):
        try:
            return _within(until, seconds, lambda request=request: _once(request, login, until, largest))  # type: ignore[misc]
        except urllib.error.HTTPError as error:
            said = _said(error)
            wait = _wait(error.headers, pause)
            if error.code not in _PASSING or wait is None or time.monotonic() + wait >= until:
                raise _refusal(host, error.code, said) from None
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            if pause is None or not _may_pass(error) or time.monotonic() + pause >= until:
                raise _lost(host, error) from None
            wait = pause
        time.sleep(wait)
        request = make()
    raise AssertionError("unreachable")


def _once(request: urllib.request.Request, login: Login | None, until: float, largest: int) -> Answered:
    request.add_header("User-Agent", AGENT)
    if login is not None and not login.digest:
        pair = base64.b64encode(f"{login.user}:{login.password}".encode()).decode()
        # Unredirected: urllib leaves it out of what it sends to another place.
        request.add_unredirected_header("Authorization", f"Basic {pair}")
    left = None if until == float("inf") else max(until - time.monotonic(), 0.001)
    with _opener(request.full_url, login).open(request, timeout=left) as response:
        parts, size = [], 0
        while part := response.read1(1 << 20):
            size += len(part)
            if size > largest:
                raise QueryError(f"the answer is larger than {largest / 1024**2:,.0f} MiB", "Ask for less")
            parts.append(part)
        length = response.headers.get("Content-Length")
        if length is not None and length.isdigit() and int(length) != size:
            raise http.client.IncompleteRead(b"", int(length) - size)
        return Answered(response.status, response.headers, b"".join(parts))


def _within(until: float, seconds: float, work: Callable[[], T]) -> T:
    """Do work in a thread that is left behind when the time is over: a server that drips must not hold anybody."""
    if until == float("inf"):
        return work()
    done: dict[str, Any] = {}

    def run() -> None:
        try:
            done["value"] = work()
        except BaseException as error:
            done["error"] = error

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(max(until - time.monotonic(), 0.001))
    error = done.pop("error", None)
    if "value" not in done and (error is None or _is_timeout(error)):
        raise QueryError(
            f"the server did not answer within {seconds:g} seconds", "Ask for less, or raise the limit with --timeout"
        )
    if error is not None:
        try:
            raise error
        finally:
            error = None  # a frame that its own error holds stays, and all that the frames above it hold with it
    value: T = done["value"]
    return value


def _is_timeout(error: BaseException) -> bool:
    return isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError)


def _may_pass(error: BaseException) -> bool:
    """Tell whether a connection that failed is worth another try: an answer that broke off may be too long for good."""
    reason = getattr(error, "reason", error)
    return isinstance(reason, ConnectionError) and not isinstance(error, http.client.IncompleteRead)


def _wait(headers: Message, pause: float | None) -> float | None:
    """Return how long to wait before the next try: what Retry-After says, else `pause`; None for no more tries."""
    if pause is None:
        return None
    said = (headers.get("Retry-After") or "").strip()
    if not said:
        return pause
    if said.isdigit():
        wait = float(said)
    else:
        try:
            wait = max(email.utils.parsedate_to_datetime(said).timestamp() - time.time(), 0.0)
        except (TypeError, ValueError):
            return pause
    return wait if wait <= _LONGEST else None


def _said(error: urllib.error.HTTPError) -> str:
    try:
        return " ".join(error.read(4000).decode("utf-8", "replace").split())
    except (OSError, http.client.HTTPException):
        return ""


def _refusal(host: str, status: int, said: str) -> Refused:
    remedies = {
        401: "Set AUDITGRAPH_USER and AUDITGRAPH_PASSWORD, or the netrc file; AUDITGRAPH_AUTH=digest where it asks so",
        403: "Ask its owner for the right to do this",
        404: "Check the URL",
        429: "Try again later",
        503: "Try again later",
    }
    return Refused(status, said, f"{host} answers {status}: {said[:300] or 'nothing more'}", remedies.get(status, ""))


def _lost(host: str, error: BaseException) -> StoreError:
    if isinstance(error, http.client.IncompleteRead):
        return StoreError(f"{host} broke its answer off", "It may have run over a limit of its own: ask for less")
    return StoreError(f"{host} can't be reached: {getattr(error, 'reason', None) or error}", "Check the URL, try again")

"""Read a query operation of the SPARQL 1.1 Protocol (section 2.1) from a request."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

__all__ = ["Asked", "Refused", "body", "parameters", "read_operation"]

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_WEB = frozenset({"http", "https", "urn"})
_UTF8 = frozenset({"", "utf-8", "utf8", "us-ascii"})
# More than any client needs; a form of a million fields is no query.
_FIELDS = 5000


class Refused(Exception):
    """A request that is answered with an error of 4xx."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query operation; `default` and `named` are the graphs of its dataset, None where it names none at all."""

    query: str | None
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None
    format: str | None

    @property
    def key(self) -> str:
        """Return a text that is the same for the same operation."""
        return json.dumps([self.query, self.default, self.named])


async def read_operation(request: Request, limit: int) -> Asked:
    """Return what a request asks; raises Refused. `limit` is of the body, in bytes."""
    said = parameters(request.scope.get("query_string", b""), "the address")
    if request.method == "POST":
        kind, charset = _content_type(request)
        if kind == _UPDATE:
            raise Refused(403, "this endpoint only reads: updates are refused")
        if kind not in (_FORM, _QUERY):
            what = f"a body of {kind}" if kind else "a body without a Content-Type"
            raise Refused(415, f"{what} can't be read; send {_FORM} or {_QUERY}", {"Accept-Post": f"{_FORM}, {_QUERY}"})
        if charset not in _UTF8:
            raise Refused(415, f"the charset {charset} can't be read; send UTF-8")
        data = await body(request, limit)
        if kind == _FORM:
            said += parameters(data, "the form")
        else:
            try:
                said.append(("query", data.decode("utf-8")))
            except UnicodeDecodeError as error:
                raise Refused(400, f"the query is not UTF-8: {error.reason} at byte {error.start}") from error
    return _operation(said)


def _operation(said: list[tuple[str, str]]) -> Asked:
    fields: dict[str, list[str]] = {}
    for name, value in said:
        fields.setdefault(name, []).append(value)
    if "update" in fields:
        raise Refused(403, "this endpoint only reads: updates are refused")
    queries = fields.get("query", [])
    if len(queries) > 1:
        raise Refused(400, f"one query at a time: {len(queries)} parameters are called query")
    graphs = {name: _graphs(name, fields.get(name, [])) for name in ("default-graph-uri", "named-graph-uri")}
    default, named = graphs["default-graph-uri"], graphs["named-graph-uri"]
    if not default and not named:
        return Asked(queries[0] if queries else None, None, None, _format(fields))
    # Section 2.1.4: a dataset that is named at all consists of just what is named.
    return Asked(queries[0] if queries else None, default, named, _format(fields))


def _format(fields: dict[str, list[str]]) -> str | None:
    return next((fields[name][-1] for name in ("format", "output") if fields.get(name, [""])[-1].strip()), None)


def _graphs(name: str, values: list[str]) -> tuple[str, ...]:
    for value in values:
        # Clients with a form send it empty where nothing is chosen.
        if value and (urlsplit(value).scheme.lower() not in _WEB or any(c in value for c in ' <>"{}|\\^`\n')):
            raise Refused(400, f"{name} {value[:200]!r} is no IRI of a graph")
    return tuple(dict.fromkeys(value for value in values if value))


def _content_type(request: Request) -> tuple[str, str]:
    kind, *rest = request.headers.get("content-type", "").split(";")
    charset = ""
    for item in rest:
        name, _, value = item.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return kind.strip().lower(), charset


def parameters(data: bytes, where: str) -> list[tuple[str, str]]:
    """Return the fields of a query string or a form; raises Refused where they are not UTF-8."""
    try:
        return parse_qsl(
            data.decode("utf-8"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_FIELDS
        )
    except ValueError as error:
        raise Refused(400, f"{where} can't be read: {error}") from error


async def body(request: Request, limit: int) -> bytes:
    """Return the body of a request; raises Refused where it is larger than `limit`, before it is all read."""
    too_large = Refused(413, f"the request is larger than {limit:,} bytes")
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > limit:
        raise too_large
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > limit:
            raise too_large
    return bytes(data)

"""Static files of the package, under addresses that change with their content."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

__all__ = ["read", "routes", "static_url"]

_NAME = re.compile(r"[A-Za-z0-9_][\w.-]*")
_FOREVER = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2", ".txt": "text/plain",
          ".wasm": "application/wasm"}  # fmt: skip


def read(kind: str, name: str) -> bytes | None:
    """Return a file of `web/static` or `web/templates`; None if not there.

    `pages/x.js` is `web/pages/static/x.js`, and `viz/x.css`, which pages without a server have too, `viz/static/x.css`.
    """
    *folders, last = name.split("/")
    if not all(_NAME.fullmatch(part) for part in [*folders, last]):
        return None
    package = "auditgraph.web"
    if folders[:1] == ["viz"]:
        package, folders = "auditgraph.viz", folders[1:]
    place = files(package).joinpath(*folders, kind, last)
    return place.read_bytes() if place.is_file() else None


@cache
def _read(name: str) -> tuple[bytes, str] | None:
    data = read("static", name)
    return None if data is None else (data, hashlib.sha256(data).hexdigest()[:12])


def static_url(name: str) -> str:
    """Return the address of a static file. Raises KeyError where there is none."""
    found = _read(name)
    if found is None:
        raise KeyError(f"there is no static file {name}")
    return f"/static/{found[1]}/{name}"


async def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    found = _read(name)
    if found is None:
        return Response("there is no such file\n", 404, media_type="text/plain")
    data, digest = found
    suffix = "." + name.rpartition(".")[2]
    kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"Cache-Control": _FOREVER if request.path_params["hash"] == digest else "no-cache"}
    return Response(data, media_type=kind, headers=headers)


def routes() -> list[Route]:
    """Return the routes of static files."""
    return [Route("/static/{hash}/{name:path}", _serve, name="static")]

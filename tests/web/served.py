"""A server for the tests, and a client that changes nothing of what it sends or gets."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import uvicorn

from auditgraph.store import Store
from auditgraph.web.app import create_app
from auditgraph.web.config import Config

ENDPOINT = ("auditgraph.web.protocol", "auditgraph.web.vocabulary", "auditgraph.web.catalogue")
JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def media(self) -> str:
        return self.headers.get_content_type()


class Server:
    """Where a server listens."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | str | None = None
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            data = body.encode() if isinstance(body, str) else body
            sent = dict(headers or {})
            if data is not None:
                sent.setdefault("Content-Length", str(len(data)))
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(data)
            response = connection.getresponse()
            return Reply(response.status, response.msg, response.read())
        finally:
            connection.close()

    def get(self, query: str | None = None, *more: tuple[str, str], **headers: str) -> Reply:
        """Ask the endpoint by GET; `accept="text/csv"` gives a header."""
        fields = [*([("query", query)] if query is not None else []), *more]
        path = f"/sparql?{urlencode(fields)}" if fields else "/sparql"
        return self.ask("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})


@contextmanager
def serve(store: Store, config: Config | None = None, modules: tuple[str, ...] = ENDPOINT) -> Iterator[Server]:
    """Run a server in a thread."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    app = create_app(store, config, modules)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield Server(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(15)
        listening.close()

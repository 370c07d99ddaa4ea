"""`auditgraph serve`: the graph in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from auditgraph.cli.console import note, warn
from auditgraph.cli.options import StoreOption, filled_store
from auditgraph.errors import UsageError

if TYPE_CHECKING:
    import socket

__all__ = ["serve"]


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; others than you reach 0.0.0.0.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, metavar="N", help="0: any free one.")] = 8000,
    store: StoreOption = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Stop a query after so long.")
    ] = 60,
    max_rows: Annotated[
        int, typer.Option("--max-rows", min=1, metavar="N", help="Stop a query after so many rows.")
    ] = 1_000_000,
    max_memory: Annotated[
        float, typer.Option("--max-memory", min=0.5, metavar="GIB", help="Stop a query that needs more.")
    ] = 4,
    cors: Annotated[
        str, typer.Option("--cors", metavar="ORIGIN", help="The site whose scripts may read answers; *: all; none.")
    ] = "*",
) -> int:
    """Show the graph in the browser, with a SPARQL endpoint at /sparql; for you alone unless told otherwise.

    It reads and never writes. Reports that are loaded meanwhile appear by themselves. Ctrl-C ends it.

    \b
    Examples:
      auditgraph serve
      auditgraph serve --port 8080 --store /data/audits
      curl -d 'query=SELECT * { ?report a ag:AuditReport }' -H 'Accept: text/csv' http://127.0.0.1:8000/sparql
    """
    opened = filled_store(store)
    listening = _listen(host, port)

    import uvicorn

    from auditgraph.web import Config, create_app
    from auditgraph.web.server import Server

    config = Config(
        cors="" if cors == "none" else cors, seconds=timeout, rows=max_rows, memory=int(max_memory * 1024**3)
    )
    server = Server(
        uvicorn.Config(
            create_app(opened, config),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=2,
            timeout_keep_alive=30,
        )
    )
    shown, bound = _address(host), listening.getsockname()[1]
    note(f"{opened.location} is at http://{shown}:{bound}/ (SPARQL: http://{shown}:{bound}/sparql). Ctrl-C ends it")
    if not _loopback(host):
        warn(f"everybody who can reach this machine can read the reports: it listens at {host}")
    server.run(sockets=[listening])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens already, so that the address is good when it is printed."""
    import errno
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(1024)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(
                f"port {port} of {host} is taken by another program",
                f"Choose another: auditgraph serve --port {port + 1 if port < 65535 else 8000}; 0 takes any free one",
            ) from error
        if error.errno == errno.EACCES:
            raise UsageError(f"port {port} is not yours to take", "Choose one above 1023 with --port") from error
        raise UsageError(f"{host} can't be listened at: {error.strerror or error}", "Try --host 127.0.0.1") from error
    listening.set_inheritable(True)
    return listening


def _loopback(host: str) -> bool:
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(host: str) -> str:
    if host in ("0.0.0.0", "::", ""):
        return "127.0.0.1" if host != "::" else "[::1]"
    return f"[{host}]" if ":" in host else host

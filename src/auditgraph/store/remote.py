"""Somebody else's engine: any SPARQL 1.1 server, by its URLs.

Reading goes through SPARQLWrapper. Writing replaces a report's graph by one PUT of the Graph Store HTTP Protocol where
the server has it, else by one SPARQL update; then its load record. What is about to change stands in a journal before
(`auditgraph.store.journal`), so that the next writer undoes what one that died left half done; who writes says so first
(`auditgraph.store.lock`).
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self, cast
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox

from auditgraph.errors import AuditgraphError, QueryError, StoreError
from auditgraph.naturally import natural
from auditgraph.queries.safety import names_dataset
from auditgraph.store import lock
from auditgraph.store.base import Answer, GraphData, LoadRecord, Term
from auditgraph.store.history import HISTORY_GRAPH, keeps, pack
from auditgraph.store.http import AGENT, Answered, Login, Refused, exchange, login_for
from auditgraph.store.journal import JOURNAL_GRAPH, Entry, announced, entries_of, entry_iri
from auditgraph.store.records import STORE_GRAPH, field_iri, record_iri, records_of, spellings, to_quads
from auditgraph.store.sparql import bound, check_grammar, data, form_of_query, limited, prefixed, term_text

__all__ = ["SCHEME", "RemoteStore", "Urls", "open_remote"]

SCHEME = "sparql:"
_LOG = logging.getLogger("auditgraph.store")
_OURS = frozenset((STORE_GRAPH.value, HISTORY_GRAPH.value, JOURNAL_GRAPH.value))
# Seconds that one request may take where nobody says otherwise.
_SECONDS = 300.0
# How servers are told that a query's default graph is the union of all: by itself (Virtuoso, GraphDB, Neptune),
# by a parameter of the request (Oxigraph), or by the name of a graph (Fuseki).
_UNIONS: tuple[dict[str, str], ...] = (
    {},
    {"union-default-graph": "true"},
    {"default-graph-uri": "urn:x-arq:UnionGraph"},
)


@dataclass(frozen=True, slots=True)
class Urls:
    """Where a server answers: queries, updates and the graph store; the last two may be absent."""

    query: str
    update: str = ""
    graphs: str = ""


class RemoteStore:
    """A store in a SPARQL 1.1 server. `seconds` and `rows` limit each query; 0 is no limit."""

    def __init__(
        self, urls: Urls, *, login: Login | None = None, write: bool = False, seconds: float = _SECONDS
    ) -> None:
        self._urls = urls
        self._login = login
        self._write = write
        self.seconds = seconds
        self.rows = 0
        self._holds = False
        self._ended = True

    @property
    def location(self) -> str:
        """Say where the store is."""
        return SCHEME + self._urls.query

    def records(self) -> dict[str, LoadRecord]:
        """Return what is loaded, by graph IRI; a writer first puts right what another left half done."""
        if self._write:
            self._begin()
        found = records_of(self.quads(STORE_GRAPH.value))
        return {record.graph: record for record in sorted(found, key=lambda r: natural((r.key, r.graph)))}

    def find(self, said: str) -> LoadRecord | None:
        """Return the record of a report by its number, its assignment number or its IRI."""
        if ":" in said:
            try:
                subjects = f"VALUES ?s {{ {record_iri(said)} }}"
            except ValueError:
                return None
        else:
            names = " ".join(term_text(ox.Literal(spelling)) for spelling in spellings(said))
            subjects = (
                f"VALUES ?k {{ {names} }} VALUES ?f {{ {field_iri('key')} {field_iri('assignment')} }} ?s ?f ?k ."
            )
        found = self._rows(f"SELECT DISTINCT ?s ?p ?o WHERE {{ GRAPH {STORE_GRAPH} {{ {subjects} ?s ?p ?o }} }}")
        records = records_of(ox.Quad(s, p, o, STORE_GRAPH) for s, p, o in found)  # type: ignore[arg-type]
        wanted = spellings(said)
        # A report's own number goes before an assignment's of the same spelling.
        return min(records, key=lambda record: record.key.upper() not in wanted, default=None)

    def graphs(self) -> list[str]:
        """Return the IRIs of the reports' graphs, sorted."""
        asked = f"SELECT DISTINCT ?g WHERE {{ GRAPH {STORE_GRAPH} {{ ?s {field_iri('graph')} ?g }} }}"
        return sorted(row[0].value for row in self._rows(asked) if isinstance(row[0], ox.NamedNode))

    def ontologies(self) -> set[str]:
        """Return the versions of the ontology that the loaded graphs were made with."""
        asked = f"SELECT DISTINCT ?v WHERE {{ GRAPH {STORE_GRAPH} {{ ?s {field_iri('ontology')} ?v }} }}"
        return {row[0].value for row in self._rows(asked) if isinstance(row[0], ox.Literal)}

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """Yield the quads of a graph in no order. Raises StoreError where the server gives a part of it only."""
        node = ox.NamedNode(graph)
        count = self._rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}")
        whole = int(cast("ox.Literal", count[0][0]).value) if count else 0
        if not whole:
            return
        triples = list(self._triples(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}", {}))
        if len(triples) < whole:
            raise StoreError(
                f"{self._host} gives {len(triples):,} of the {whole:,} statements of {graph}",
                "Raise its limit of rows (Virtuoso: ResultSetMaxRows)",
            )
        yield from (ox.Quad(triple.subject, triple.predicate, triple.object, node) for triple in triples)

    def says(self, property: str) -> bool:
        """Tell whether any graph has a statement of a property."""
        return bool(self.query(f"ASK {{ GRAPH ?g {{ ?s {ox.NamedNode(property)} ?o }} }}"))

    def query(
        self,
        sparql: str,
        *,
        bind: Mapping[str, Term] | None = None,
        graphs: Iterable[str] | None = None,
        named: Iterable[str] | None = None,
    ) -> Answer:
        """Answer a SPARQL query over the union of all graphs, or of `graphs`, or of those that it names."""
        check_grammar(sparql)
        form = form_of_query(sparql)
        # One row more than allowed, to know that there are more.
        text = limited(sparql, self.rows + 1) if self.rows else sparql
        text = bound(prefixed(text), bind or {})
        asked: dict[str, str | list[str]]
        if graphs is None and named is None:
            asked = {} if names_dataset(sparql) else dict(self._union)
        else:
            default = list(graphs or ())
            chosen = default if named is None else list(named)
            # A dataset without any graph has to be said too: no parameters would mean all.
            asked = {"default-graph-uri": default or ["urn:auditgraph:none"]}
            asked["named-graph-uri"] = chosen or ["urn:auditgraph:none"]
        if form in ("CONSTRUCT", "DESCRIBE"):
            scratch = ox.Store()
            scratch.extend(ox.Quad(t.subject, t.predicate, t.object) for t in self._triples(text, asked))
            return scratch.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        body = self._ask(text, asked, "json").body
        try:
            answer = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
            if isinstance(answer, ox.QuerySolutions):
                # Rows are parsed as they are read: look first whether they go to the end.
                for _ in answer:
                    pass
                answer = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
            if form == "ASK":
                return ox.Store().query("ASK {}" if _truth(answer) else "ASK { FILTER(false) }")
            return answer
        except (SyntaxError, ValueError) as error:
            raise self._cut_off(error) from error

    @cached_property
    def _union(self) -> dict[str, str]:
        """Find out how this server is asked over all graphs; it takes a graph that holds something."""
        probe = f"ASK {{ ?s {field_iri('graph')} ?g }}"
        for parameters in _UNIONS:
            try:
                found = ox.parse_query_results(
                    self._ask(probe, dict(parameters), "json").body, ox.QueryResultsFormat.JSON
                )
            except (Refused, QueryError, SyntaxError, ValueError):
                continue
            if _truth(found):
                return parameters
        return {}

    def _rows(self, sparql: str) -> list[tuple[Term | None, ...]]:
        """Ask a SELECT of our own and read all of its rows."""
        body = self._ask(sparql, {}, "json").body
        try:
            found = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
            if not isinstance(found, ox.QuerySolutions):
                return []
            indexes = range(len(found.variables))
            return [tuple(solution[i] for i in indexes) for solution in found]
        except (SyntaxError, ValueError) as error:
            raise self._cut_off(error) from error

    def _triples(self, sparql: str, asked: Mapping[str, str | list[str]]) -> Iterator[ox.Triple]:
        answer = self._ask(sparql, asked, "n3")
        kind = answer.headers.get_content_type()
        form = ox.RdfFormat.N_TRIPLES if kind in ("application/n-triples", "text/plain") else ox.RdfFormat.TURTLE
        try:
            yield from (quad.triple for quad in ox.parse(answer.body, format=form))
        except (SyntaxError, ValueError) as error:
            raise self._cut_off(error) from error

    def _ask(self, sparql: str, asked: Mapping[str, str | list[str]], form: str) -> Answered:
        """Send a query; by GET while it is short, so that caches on the way can help, else by POST."""
        from SPARQLWrapper import GET, JSON, N3, POST, SPARQLWrapper

        def make() -> urllib.request.Request:
            wrapper = SPARQLWrapper(self._urls.query, agent=AGENT)
            wrapper.setQuery(sparql)
            wrapper.setReturnFormat(JSON if form == "json" else N3)
            wrapper.setOnlyConneg(True)
            for name, values in asked.items():
                for value in [values] if isinstance(values, str) else values:
                    wrapper.addParameter(name, value)
            if self.seconds:
                # Virtuoso's parameter, in milliseconds, so that its work ends too; others read more or pass it over.
                wrapper.addParameter("timeout", str(int(self.seconds * 1000)))
            short = "?" not in self._urls.query and len(sparql) + sum(map(len, map(str, asked.values()))) < 1500
            wrapper.setMethod(GET if short else POST)
            # Only the request is SPARQLWrapper's: its sending knows neither Retry-After nor a limit of the whole time.
            request = wrapper._createRequest()
            accept = "application/sparql-results+json" if form == "json" else "application/n-triples"
            request.add_header("Accept", accept)
            return request

        try:
            answer = exchange(make, login=self._login, seconds=self.seconds)
        except Refused as error:
            if error.status == 400 or (error.status == 500 and "SPARQL" in error.said):
                raise QueryError(f"{self._host} refuses the query: {error.said[:300]}") from error
            if _is_time(error):
                raise QueryError(
                    f"{self._host} stopped the query after its own limit of time", "Ask for less, or raise its limit"
                ) from error
            raise
        self._check_whole(answer)
        return answer

    def _check_whole(self, answer: Answered) -> None:
        """Recognise an answer that the server says it has cut off (Virtuoso says so in its headers)."""
        rows = answer.headers.get("X-SPARQL-MaxRows")
        if rows:
            raise QueryError(
                f"{self._host} cut the answer off at its limit of {rows} rows",
                "Ask for one report (--report) or add a LIMIT, or have ResultSetMaxRows raised",
            )
        if answer.headers.get("X-SPARQL-Anytime") or answer.headers.get("X-SQL-State") == "S1TAT":
            raise QueryError(f"{self._host} gave a part of the answer, in its limit of time", "Ask for less")

    def _cut_off(self, error: Exception) -> QueryError:
        return QueryError(
            f"{self._host} broke its answer off, or it is none ({' '.join(str(error).split())[:120]})",
            "It may have run over a limit of its own: ask for less. Check the URL too",
        )

    @property
    def _host(self) -> str:
        return urlsplit(self._urls.query).netloc

    def put(self, batch: Sequence[GraphData]) -> None:
        """Put reports in place of whatever the server had of each, one by one; then their records."""
        last = {item.record.graph: item for item in batch}
        for graph in last:
            if graph in _OURS:
                raise StoreError(f"{graph} is the store's own graph and no report's")
        self._begin()
        if not last:
            return
        former = self._records_of(last)
        journal: list[ox.Quad] = []
        versions: list[ox.Quad] = []
        for graph, item in last.items():
            old = former.get(graph)
            quads = list(self.quads(graph)) if old is not None else []
            kept = pack(old, quads, item.record.loaded) if old is not None and keeps(old, item.record) else []
            journal += announced(graph, "put", old, quads, kept)
            versions += kept
        with self._journalled(journal):
            self._replace(last, versions)

    @contextlib.contextmanager
    def _journalled(self, journal: Sequence[ox.Quad]) -> Iterator[None]:
        """Say what is about to change, and undo it where that fails; who is killed leaves that to the next writer."""
        self._ended = False
        self._add(JOURNAL_GRAPH, journal)
        try:
            yield
        except AuditgraphError:
            with contextlib.suppress(AuditgraphError):
                self._put_right()
            raise
        self._ended = True

    def _replace(self, last: Mapping[str, GraphData], versions: Sequence[ox.Quad]) -> None:
        for graph, item in last.items():
            self._put_graph(graph, item.nquads)
        self._add(HISTORY_GRAPH, versions)
        records = [quad for item in last.values() for quad in to_quads(item.record)]
        self.update(
            " ;\n".join(
                [
                    *(_out(STORE_GRAPH, record_iri(graph)) for graph in last),
                    f"INSERT DATA {{ {data(records)} }}",
                    *(_out(JOURNAL_GRAPH, entry_iri(graph)) for graph in last),
                ]
            )
        )

    def _records_of(self, graphs: Iterable[str]) -> dict[str, LoadRecord]:
        subjects = " ".join(str(record_iri(graph)) for graph in graphs)
        if not subjects:
            return {}
        asked = f"SELECT ?s ?p ?o WHERE {{ GRAPH {STORE_GRAPH} {{ VALUES ?s {{ {subjects} }} ?s ?p ?o }} }}"
        found = records_of(ox.Quad(s, p, o, STORE_GRAPH) for s, p, o in self._rows(asked))  # type: ignore[arg-type]
        return {record.graph: record for record in found}

    def _put_graph(self, graph: str, nquads: bytes) -> None:
        quads = list(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
        if self._urls.graphs:
            # N-Triples is Turtle, which every graph store reads.
            body = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
            self._graph_store("PUT", graph, body)
        else:
            self.update(f"DROP SILENT GRAPH {ox.NamedNode(graph)} ;\nINSERT DATA {{ {data(quads)} }}")

    def remember(self, versions: Sequence[ox.Quad]) -> None:
        """Add quads of the history."""
        self._begin()
        self._add(HISTORY_GRAPH, [quad for quad in versions if quad.graph_name == HISTORY_GRAPH])

    def _add(self, graph: ox.NamedNode, quads: Sequence[ox.Quad]) -> None:
        """Add quads to one of the store's own graphs."""
        if not quads:
            return
        if self._urls.graphs:
            body = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
            self._graph_store("POST", graph.value, body)
        else:
            self.update(f"INSERT DATA {{ {data(quads)} }}")

    def remove(self, graph: str) -> bool:
        """Take a report out with its history; False where it was not there."""
        self._begin()
        if graph in _OURS or not self._records_of([graph]):
            return False
        with self._journalled(announced(graph, "remove", None)):
            self._remove(graph)
        return True

    def _remove(self, graph: str) -> None:
        node = ox.NamedNode(graph)
        versions = self._rows(
            f"SELECT DISTINCT ?v WHERE {{ GRAPH {HISTORY_GRAPH} {{ ?v {field_iri('graph')} {node} }} }}"
        )
        self.update(
            " ;\n".join(
                [
                    f"DROP SILENT GRAPH {node}",
                    *(_out(HISTORY_GRAPH, row[0]) for row in versions),
                    _out(STORE_GRAPH, record_iri(graph)),
                    _out(JOURNAL_GRAPH, entry_iri(graph)),
                ]
            )
        )

    def _begin(self) -> None:
        """Become the only writer; whoever begins to write first undoes what another left half done."""
        if not self._write:
            raise StoreError(f"{self.location} is open for reading only")
        begins = lock.take(self)
        if not self._holds:
            self._holds = True
            atexit.register(self.close)
        if begins or not self._ended:
            self._put_right()

    def _put_right(self) -> None:
        """Undo what was begun and not ended."""
        for entry in self.unfinished():
            self._undo(entry)
        self._ended = True

    def claims(self) -> list[lock.Claim]:
        """Return who says that they write."""
        asked = f"SELECT ?s ?p ?o WHERE {{ GRAPH {JOURNAL_GRAPH} {{ ?s {field_iri('owner')} ?w . ?s ?p ?o }} }}"
        return lock.claims_of(ox.Quad(s, p, o, JOURNAL_GRAPH) for s, p, o in self._rows(asked))  # type: ignore[arg-type]

    def unfinished(self) -> list[Entry]:
        """Return the writes that were begun and not ended: broken off, unless somebody is about them now."""
        return entries_of(self.quads(JOURNAL_GRAPH.value))

    def broken_off(self) -> list[str]:
        """Return the reports whose writer was broken off and that nobody has put right yet, as a reader can see it."""
        asked = f"SELECT ?s WHERE {{ GRAPH {JOURNAL_GRAPH} {{ ?s {field_iri('doing')} ?d }} }}"
        found = [row[0].value.partition("#")[0] for row in self._rows(asked) if isinstance(row[0], ox.NamedNode)]
        return sorted(found) if found and all(claim.over for claim in self.claims()) else []

    def _undo(self, entry: Entry) -> None:
        """Put back what stood before a write that was broken off; a removal is carried out to its end."""
        if entry.doing == "remove" and entry.whole:
            self._remove(entry.graph)
            _LOG.warning("%s: the removal of report %s was broken off; it is done now", self.location, entry.key)
            return
        after = [_out(JOURNAL_GRAPH, entry_iri(entry.graph))]
        if entry.whole:
            if entry.version:
                after.insert(0, _out(HISTORY_GRAPH, ox.NamedNode(entry.version)))
            if entry.old is not None:
                after.insert(0, f"INSERT DATA {{ {data(to_quads(entry.old))} }}")
                self._put_graph(entry.graph, entry.nquads)
            else:
                after.insert(0, f"DROP SILENT GRAPH {ox.NamedNode(entry.graph)}")
            after.insert(0, _out(STORE_GRAPH, record_iri(entry.graph)))
            what = "its former version is back" if entry.old else "it was taken out"
            _LOG.warning("%s: loading report %s was broken off; %s", self.location, entry.key, what)
        self.update(" ;\n".join(after))

    def update(self, update: str) -> None:
        """Carry out an update of our own."""

        def make() -> urllib.request.Request:
            request = urllib.request.Request(
                self._urls.update, data=urlencode({"update": update}).encode(), method="POST"
            )
            request.add_header("Content-Type", "application/x-www-form-urlencoded")
            request.add_header("Accept", "*/*")
            return request

        exchange(make, login=self._login, seconds=self.seconds)

    def _graph_store(self, method: str, graph: str, body: bytes) -> None:
        joined = "&" if "?" in self._urls.graphs else "?"
        url = f"{self._urls.graphs}{joined}graph={quote(graph, safe='')}"

        def make() -> urllib.request.Request:
            request = urllib.request.Request(url, data=body, method=method)
            request.add_header("Content-Type", "text/turtle; charset=utf-8")
            return request

        exchange(make, login=self._login, seconds=self.seconds)

    def refresh(self) -> None:
        """Do nothing: a server is asked anew each time."""

    def flush(self) -> None:
        """Let others write: durable is what the server says it has taken."""
        self.close()

    def settle(self) -> None:
        """Do nothing: a server keeps its files in order itself."""

    def close(self) -> None:
        """Let others write; no connection stays open."""
        if self._holds:
            self._holds = False
            atexit.unregister(self.close)
            with contextlib.suppress(AuditgraphError):  # then the claim runs out by itself
                lock.release(self)

    def __enter__(self) -> Self:
        """Use the store in a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store at the end of the block."""
        self.close()


def _out(graph: ox.NamedNode, node: object) -> str:
    """Return an update that takes a node out of a graph."""
    return f"DELETE WHERE {{ GRAPH {graph} {{ {node} ?p ?o }} }}"


def _truth(answer: Answer) -> bool:
    """Return what an ASK says; Virtuoso 7 answers with a row of 1, or none."""
    if isinstance(answer, ox.QuerySolutions):
        return any(cast("ox.Literal", solution[0]).value not in ("0", "false") for solution in answer)
    return bool(answer)


def _is_time(error: Refused) -> bool:
    return error.status in (408, 504) or any(
        word in error.said.casefold() for word in ("timeout", "timed out", "time limit")
    )


def open_remote(place: str, *, write: bool) -> RemoteStore:
    """Open `sparql:URL`; AUDITGRAPH_UPDATE_URL and AUDITGRAPH_GRAPH_STORE_URL say where it is written to.

    Nothing is sent yet. AUDITGRAPH_TIMEOUT is the limit of a request in seconds.
    """
    query = place.removeprefix(SCHEME)
    urls = Urls(query, os.environ.get("AUDITGRAPH_UPDATE_URL", ""), os.environ.get("AUDITGRAPH_GRAPH_STORE_URL", ""))
    for url in (urls.query, *filter(None, (urls.update, urls.graphs))):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise StoreError(f"{_shown(url)} is no URL of a server", "Give one as sparql:https://host/query")
        if parts.username is not None or parts.password is not None:
            raise StoreError(
                f"the URL of {parts.hostname} holds a password, which would be shown",
                "Set AUDITGRAPH_USER and AUDITGRAPH_PASSWORD, or use the netrc file",
            )
    hosts = {(urlsplit(url).scheme, urlsplit(url).hostname) for url in (urls.query, urls.update, urls.graphs) if url}
    if len(hosts) > 1:
        raise StoreError(
            "AUDITGRAPH_UPDATE_URL and AUDITGRAPH_GRAPH_STORE_URL belong to another server than "
            f"{urlsplit(query).hostname}",
            "Set them for the server of the store, or not at all",
        )
    if write and not urls.update:
        raise StoreError(f"nothing says where {place} is written to", "Set AUDITGRAPH_UPDATE_URL")
    said = os.environ.get("AUDITGRAPH_TIMEOUT", "")
    try:
        seconds = float(said) if said else _SECONDS
    except ValueError as error:
        raise StoreError(f"AUDITGRAPH_TIMEOUT={said} is no number of seconds") from error
    return RemoteStore(urls, login=login_for(query), write=write, seconds=seconds)


def _shown(url: str) -> str:
    """Return a URL without what may be a password."""
    return url.rpartition("@")[2]

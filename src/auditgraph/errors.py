"""The errors that auditgraph raises: those that skip one source and those that stop the run."""

__all__ = ["AuditgraphError", "QueryError", "SourceError", "StoreError", "UsageError"]


class AuditgraphError(Exception):
    """Say in one line what is wrong, where, and what to do about it.

    `remedy` is a sentence in the imperative; it is printed after the message.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        """Return message and remedy on one line."""
        line = f"{self.message.rstrip('.')}. {self.remedy}" if self.remedy else self.message
        return " ".join(line.split())


class SourceError(AuditgraphError):
    """One source can't be read or is no report: skip it, go on with the others."""


class StoreError(AuditgraphError):
    """The store can't be opened, read or written: stop the run."""


class QueryError(AuditgraphError):
    """A query is not SPARQL, is not allowed, or ran over a limit."""


class UsageError(AuditgraphError):
    """A name, option or value that the user gave is not known."""

"""The store: one named graph a report, replaced whole, behind one narrow seam."""

from auditgraph.store.base import Answer, GraphData, LoadRecord, Store, Term
from auditgraph.store.place import MEMORY, open_store, store_place

__all__ = ["MEMORY", "Answer", "GraphData", "LoadRecord", "Store", "Term", "open_store", "store_place"]

"""Where graphs are kept: on disk, in memory, or on a SPARQL server, behind one protocol; told in ``docs/stores.md``."""

from kg.store.local import LocalStore
from kg.store.movement import Movement, read_movements
from kg.store.protocol import Answer, DumpFormat, PaperGraphs, Solutions, Statements, Store, Term
from kg.store.remote import RemoteStore, Server, oxigraph_server, virtuoso_server
from kg.store.vocabulary_graph import vocabulary_quads

__all__ = [
    "Answer",
    "DumpFormat",
    "LocalStore",
    "Movement",
    "PaperGraphs",
    "RemoteStore",
    "Server",
    "Solutions",
    "Statements",
    "Store",
    "Term",
    "oxigraph_server",
    "read_movements",
    "virtuoso_server",
    "vocabulary_quads",
]

"""Where the data files that ship with GraftGraph lie: ontologies, saved queries, the sample corpus.

An installed wheel carries them in ``kg/bundled_data/``; a checkout has ``ontologies/`` and ``queries/`` at its top.
"""

from pathlib import Path

from kg.errors import GraftGraphError

#: Stands on everything that is built from the sample.
SAMPLE_NOTICE = "Sample corpus: study abstracts re-told for demonstration; not evidence, not medical advice."

_PACKAGE = Path(__file__).resolve().parent


def ontologies_folder() -> Path:
    """The folder with ``graftgraph.ttl``, the SKOS schemes and ``shapes.ttl``."""
    return _folder("ontologies")


def queries_folder() -> Path:
    """The folder with the saved ``*.rq`` queries."""
    return _folder("queries")


def sample_corpus() -> Path:
    """The JSON lines file with the study digests that ship as a sample."""
    return _PACKAGE / "sample" / "digests.jsonl"


def _folder(name: str) -> Path:
    for folder in (_PACKAGE / "bundled_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise GraftGraphError(f"the {name} folder is missing", location=str(_PACKAGE), remedy="Install the package again")

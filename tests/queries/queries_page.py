"""Writes ``docs/queries.md``: ``python tests/queries/queries_page.py``, from the top of a checkout.

Example rows come from the developing half of the digests, or, where none has such facts, from made-up trials and reviews.
"""

import re
import sys
import textwrap
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from gold_world import ROOT, fill, gold_quads, read_lines
from linked_world import linked_store
from small_world import small_graphs

from kg.bundled import ontologies_folder, queries_folder
from kg.queries import Cell, SavedQuery, list_queries, run
from kg.store import LocalStore, Store
from kg.vocabulary import Vocabulary, load_vocabulary

PAGE = ROOT / "docs" / "queries.md"
INTRODUCTION = """\
# Questions the graph answers

`kg query` lists these questions, `kg query NAME` asks one, `--param NAME=VALUE` narrows it, `--format csv|json|md|table` chooses
how the answer is written. The SPARQL stands in `queries/NAME.rq`; any of it can be copied, changed and asked with `kg query FILE`.

- A parameter for a concept takes its label, a synonym, its slug or its IRI; one for a design, intent or direction also the short
  form, such as `rct`. A paper is named by its id, PubMed id, DOI or IRI. Unset, a parameter narrows nothing.
- An outcome, cell, disease, transplantation or drug takes in all narrower ones, and a disease given as `outcome` takes in the
  outcomes that measure it: `chronic GVHD` finds its incidence and its organ forms; `incidence of chronic GVHD` finds just that.
- Whatever is said of a finding comes with paper, sentence and text kind. `digest` means: re-told by us for demonstration, no evidence.
- Papers that were retracted, or on which an expression of concern stands, are left out, whether their own record or a notice on them
  says so. `--include-retracted` keeps them in and `caution` marks them; the links and counts of the summary leave them out always.
- In a list inside a cell the parts are sorted and parted by semicolons.
- Findings of trials and meta-analyses come first, then controlled studies; among them significant ones, then the youngest.
- A table for reading joins what belongs together (a P value with its sign, an effect with its interval), names papers by author and
  year, and leaves empty columns out; `csv` and `json` keep every part in a column of its own.
- An answer without rows says: not in this corpus, and what would be there.

The queries use SPARQL 1.1 as it stands. Oxigraph, embedded or as a server, gives the same rows for every query and parameter (a test).
Virtuoso 7 does not follow `skos:broader*` from a variable that is bound elsewhere: what walks the hierarchy (the parameters outcome,
cell, source, condition, transplant, concept, drug and product, and the queries `aplastic-anemia-coinfusion`, `chronic-gvhd-response`,
`effect-by-grade`, `engraftment`, `haploidentical-trials`, `outside-trials` and `reviews-that-differ`) mostly fails there, and may come
back with too few rows. Ask these of Oxigraph.

A saved query begins with comment lines that say what it is; each parameter has a line `VALUES ?name { UNDEF }` of its own. Set, `UNDEF`
becomes the value as an RDF term; unset, the line is left out. A column `?outcome_label` is shown as `outcome`.

Example answers show the first row, without empty columns. They come from the sample digests, or, where no digest has such facts, from
made-up trials and reviews.
"""

_EXAMPLE = re.compile(r"```text\n.*?```\n", re.DOTALL)


def without_examples(page: str) -> str:
    """The page as far as it follows from the headers of the queries alone."""
    return _EXAMPLE.sub("", page)


def write_page(queries: tuple[SavedQuery, ...], examples: dict[str, str]) -> str:
    rows = "".join(f"| [`{each.name}`](#{each.name}) | {each.title} | {each.question or ''} |\n" for each in queries)
    contents = f"| query | answers | question |\n|---|---|---|\n{rows}"
    return "\n".join([INTRODUCTION, contents, *(f"{_section(each)}\n{examples.get(each.name, '')}" for each in queries)])


def _section(query: SavedQuery) -> str:
    rows = "".join(f"| `{each.name}` | {' or '.join(each.kinds).replace('_', ' ')} | {each.description} |\n" for each in query.parameters)
    return f"## {query.name}\n\n{query.title}. {query.description}\n\n| parameter | takes | |\n|---|---|---|\n{rows}"


def find_example(query: SavedQuery, stores: tuple[tuple[Store, str], ...], vocabulary: Vocabulary) -> str:
    """The first row of the first setting that has one; each store with a remark on what is in it."""
    settings = [{each.name: each.example} for each in query.parameters if each.name != "min_confidence"]
    for store, remark in stores:
        for parameters in [*settings, {}]:
            row = next(run(store, query, parameters, vocabulary=vocabulary).records(), None)
            if row is not None:
                command = f"kg query {query.name}" + "".join(f' --param {name}="{value}"' for name, value in parameters.items())
                cells = [f"{name.replace('_', ' ')}: {_plain(cell)}" for name, cell in row.items() if cell not in {None, ""}]
                lines = [line for cell in cells for line in textwrap.wrap(cell, 130, subsequent_indent="  ", break_on_hyphens=False)]
                return "\n".join(["```text", f"$ {command}{remark}", *lines, "```", ""])
    raise LookupError(f"no example row for {query.name}")


def _plain(cell: Cell) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def main() -> None:
    vocabulary, digests, small = load_vocabulary(ontologies_folder()), LocalStore.in_memory(), LocalStore.in_memory()
    fill(digests, gold_quads(sorted(read_lines(), key=lambda line: line["id"])[::2], vocabulary), vocabulary)
    fill(small, small_graphs(vocabulary), vocabulary)
    queries = list_queries(queries_folder())
    stores = ((digests, ""), (small, "      # the made-up trial"), (linked_store(vocabulary), "      # made-up reviews and trials"))
    examples = {each.name: find_example(each, stores, vocabulary) for each in queries}
    PAGE.write_text(write_page(queries, examples), encoding="utf-8")


if __name__ == "__main__":
    main()

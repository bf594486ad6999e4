"""``kg vocabulary``: look at concepts, find gaps, keep the files in form."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import FAILED, misuse, say, write
from kg.cli.options import Papers
from kg.cli.tables import RowFormat, render_rows

if TYPE_CHECKING:
    from kg.vocabulary import Concept

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Look at the vocabulary and keep its files in form.")

Form = Annotated[RowFormat, typer.Option("--format", "-f", help="How rows are written.")]
Folder = Annotated[
    Path | None,
    typer.Option("--folder", help="Folder with the Turtle files.", show_default="the one that ships", exists=True, file_okay=False),
]


@app.command()
def show(concept: Annotated[str, typer.Argument(help="Name of a concept, or any label or synonym of it.")], folder: Folder = None) -> None:
    """Show one concept: labels, definition, what stands above and below it, mappings."""
    from kg.queries import nearest
    from kg.vocabulary import load_vocabulary

    vocabulary = load_vocabulary(_folder(folder))
    found = vocabulary.concepts.get(concept) or vocabulary.find(concept)
    if found is None:
        near = nearest(vocabulary, concept)
        remedy = f"Did you mean {', '.join(near)}?" if near else f"Try: kg vocabulary search {concept!r}"
        misuse(f"no concept is called {concept!r}, or more than one is. {remedy}")
    facts = _facts(found) | {
        "above": [vocabulary[slug].label for slug in vocabulary.ancestors(found.slug)],
        "below": [vocabulary[slug].label for slug in vocabulary.descendants(found.slug)],
    }
    write("".join(f"{name + ':':<14}{'; '.join(values)}\n" for name, values in facts.items() if values))


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="Part of a label or synonym.")], form: Form = RowFormat.TABLE, folder: Folder = None
) -> None:
    """List concepts whose label or a synonym contains the words."""
    from kg.queries import nearest
    from kg.vocabulary import fold, load_vocabulary

    wanted = fold(words)
    vocabulary = load_vocabulary(_folder(folder))
    concepts = sorted(vocabulary.concepts.values(), key=lambda each: (each.kind, each.label))
    found = [each for each in concepts if any(wanted in fold(phrase) for phrase in each.phrases)]
    rows = [(each.slug, each.kind, each.label, "; ".join(each.synonyms)) for each in found]
    if not rows:
        near = nearest(vocabulary, words)
        say(f"No label or synonym contains {words!r}." + (f" Near it: {', '.join(near)}" if near else ""))
        if not form.is_data:
            return
    write(render_rows(("concept", "kind", "label", "synonyms"), rows, form))


@app.command()
def suggest(
    paths: Papers = None, form: Form = RowFormat.TABLE, limit: Annotated[int, typer.Option(min=1, help="Most rows to list.")] = 50
) -> None:
    """List phrases that papers use and the vocabulary lacks, the most frequent first."""
    from kg.build import collect
    from kg.cli.engine import default_extractor, name_failures, read_papers
    from kg.cli.parts import default_vocabulary
    from kg.vocabulary import unmapped_phrases

    vocabulary = default_vocabulary()
    read, failures = collect(read_papers(paths))
    extractor = default_extractor()
    phrases = unmapped_phrases((extractor.extract(each.paper) for each in read), known=vocabulary)
    write(render_rows(("kind", "phrase", "mentions"), phrases[:limit], form))
    if name_failures(failures):
        raise typer.Exit(FAILED)


@app.command()
def export(
    pairs: Annotated[bool, typer.Option("--pairs", help="CURIE and label of each mapped term, not SSSOM.")] = False, folder: Folder = None
) -> None:
    """Print the mappings to official terms as SSSOM TSV."""
    from kg.mappings import curie_pairs, sssom_table
    from kg.schemes import read_official_labels
    from kg.vocabulary import load_vocabulary

    place = _folder(folder)
    write(curie_pairs(read_official_labels(place / "official-terms.ttl")) if pairs else sssom_table(load_vocabulary(place)))


@app.command("format")
def format_files(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit with 1 where a file would change.")] = False,
    folder: Folder = None,
) -> None:
    """Write the vocabulary's files in canonical form and bring the mappings up to date."""
    from kg.mappings import repairs

    wrong = repairs(_folder(folder))
    for path, text in wrong.items():
        say(f"{'not in canonical form' if check else 'rewritten'}: {path}")
        if not check:
            path.write_text(text, encoding="utf-8")
    if wrong and check:
        raise typer.Exit(FAILED)


def _folder(folder: Path | None) -> Path:
    from kg.bundled import ontologies_folder

    return ontologies_folder() if folder is None else folder


def _facts(concept: "Concept") -> dict[str, list[str]]:
    return {
        "concept": [concept.slug],
        "kind": [concept.kind],
        "label": [concept.label],
        "synonyms": list(concept.synonyms),
        "definition": [concept.definition] if concept.definition else [],
        "desirable": [concept.desirable.value] if concept.desirable is not None else [],
        "measures": [concept.measures] if concept.measures is not None else [],
        "complement": [concept.complement] if concept.complement is not None else [],
        "mappings": [f"{match.curie} {match.label} ({match.relation})" for match in concept.matches],
    }

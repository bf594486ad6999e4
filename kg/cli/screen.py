"""``kg screen``: which papers go into a review, and why the others do not."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import FAILED, misuse, progress, say, write
from kg.cli.options import Papers, Quiet, Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import SearchRecord
    from kg.screen import Candidate, Criteria, Flow, Review, Screening

_MOST_SHOWN = 10


class ScreenFormat(StrEnum):
    """What goes to standard output."""

    TEXT = "text"
    JSON = "json"
    RIS = "ris"
    CSV = "csv"
    JSONL = "jsonl"


class Only(StrEnum):
    """Papers with one decision."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    MAYBE = "maybe"


def _several(name: str, words: str) -> object:
    return typer.Option(name, metavar="VALUE", help=f"{words} May be repeated; one is enough.")


def screen(
    paths: Papers = None,
    *,
    criteria: Annotated[Path | None, typer.Option("--criteria", help="TOML file, see docs/screening.md.", dir_okay=False)] = None,
    design: Annotated[list[str] | None, _several("--design", "Study design: rct, single_arm, …")] = None,
    species: Annotated[list[str] | None, _several("--species", "Species: human, mouse, …")] = None,
    population: Annotated[
        list[str] | None, _several("--population", "Condition or transplant of those studied, or pediatric, adult.")
    ] = None,
    intervention: Annotated[list[str] | None, _several("--intervention", "Cell, drug or procedure that was given.")] = None,
    language: Annotated[list[str] | None, _several("--language", "Language of the paper: en, de, …")] = None,
    from_year: Annotated[int | None, typer.Option("--from-year", help="First year of publication.")] = None,
    to_year: Annotated[int | None, typer.Option("--to-year", help="Last year of publication.")] = None,
    decisions: Annotated[
        list[Path] | None, typer.Option("--decisions", help="Decisions of persons: RIS, CSV or JSON lines. They hold.", dir_okay=False)
    ] = None,
    searches: Annotated[
        Path | None, typer.Option("--searches", help="Log of searches.", show_default="searches.jsonl beside the store", dir_okay=False)
    ] = None,
    form: Annotated[
        ScreenFormat, typer.Option("--format", "-f", help="text and json are the counts, the others the papers.")
    ] = ScreenFormat.TEXT,
    only: Annotated[Only | None, typer.Option("--only", help="Write only papers with this decision.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for all files: RIS, CSV, JSON lines, flow, report.", file_okay=False)
    ] = None,
    store: Store = None,
    quiet: Quiet = False,
) -> None:
    """Screen papers for a review: include, exclude with a reason, or maybe; and count them as PRISMA 2020 does.

    Without PATH the papers of the store are screened.

    Example: kg screen export.ris --design rct --species human --population "graft-versus-host disease" --output screening
    """
    from kg.cli.parts import default_vocabulary
    from kg.screen import apply_reviews, count_flow, screen_all

    options = {"design": design, "species": species, "population": population, "intervention": intervention, "language": language}
    asked = _criteria(criteria, {name: value for name, value in options.items() if value}, from_year, to_year)
    reviews = [review for path in decisions or [] for review in _reviews(path)]
    log = _searches(searches, store, has_paths=bool(paths))
    candidates, unread, notice = _candidates(paths, store, quiet=quiet)
    screenings, unmatched = apply_reviews(screen_all(candidates, asked, default_vocabulary()), reviews)
    flow = count_flow(screenings, searches=log, unread=unread)
    chosen = [each for each in screenings if only is None or each.decided == only.value]
    if output is not None:
        _write_all(output, screenings, chosen, flow, asked, notice=notice)
    write(_shown(chosen, flow, form))
    if not quiet:
        _tell(screenings, unmatched)
    if unread:
        raise typer.Exit(FAILED)


def _criteria(path: Path | None, options: dict[str, list[str]], first: int | None, last: int | None) -> "Criteria":
    """The criteria of the file, with the options in the place of its lists."""
    from kg.cli.parts import default_vocabulary
    from kg.screen import Criteria, parse_criteria, settle_criteria

    vocabulary = default_vocabulary()
    stated = Criteria() if path is None else parse_criteria(_bytes(path), location=str(path), vocabulary=vocabulary)
    given = settle_criteria({"include": options, "years": {"first": first, "last": last}}, location="options", vocabulary=vocabulary)
    include = stated.include.model_copy(update={name: getattr(given.include, name) for name in options})
    years = stated.years.model_copy(update={name: value for name, value in (("first", first), ("last", last)) if value is not None})
    together = stated.model_copy(update={"include": include, "years": years})
    if together.is_empty:
        misuse("say what to look for: --criteria FILE, or --design, --species, --population, --intervention")
    return together


def _candidates(paths: "Sequence[Path] | None", store: Path | None, *, quiet: bool) -> "tuple[list[Candidate], int, str | None]":
    """The candidates, how many records could not be read, and the notice where digests are among them."""
    from kg.cli.parts import default_vocabulary, open_store
    from kg.report import notice_for
    from kg.screen.stored import read_candidates

    if not paths:
        with open_store(store) as opened:
            found, unread = list(read_candidates(opened, vocabulary=default_vocabulary())), 0
    else:
        found, unread = _read(paths, quiet=quiet)
    return found, unread, notice_for(each.paper.text_kind for each in found)


def _read(paths: "Sequence[Path]", *, quiet: bool) -> "tuple[list[Candidate], int]":
    from kg.build import collect
    from kg.cli.engine import default_extractor, name_failures, read_papers
    from kg.cli.parts import default_vocabulary
    from kg.report import Trouble
    from kg.screen import from_paper, source_of

    read, failures = collect(read_papers(list(paths), takes_repeats=True))
    name_failures(failures, quiet=quiet)
    extractor, vocabulary, found = default_extractor(), default_vocabulary(), []
    with progress(quiet=quiet) as show:
        for done, each in enumerate(read, 1):
            source = source_of(each.paper.source_format, each.location)
            found.append(from_paper(each.paper, extractor.extract(each.paper), source=source, vocabulary=vocabulary))
            show("screen", done, len(read))
    return found, sum(failure.trouble is Trouble.FAILED for failure in failures)


def _reviews(path: Path) -> "list[Review]":
    from kg.screen import parse_reviews

    return parse_reviews(_bytes(path), location=str(path))


def _searches(path: Path | None, store: Path | None, *, has_paths: bool) -> "tuple[SearchRecord, ...]":
    """The log that is named; else the one beside the store, where the store is screened."""
    from kg.cli.parts import store_folder
    from kg.cli.search_log import FILE, read_log

    if path is not None:
        return read_log(path, must_exist=True)
    return () if has_paths else read_log(store_folder(store).parent / FILE)


def _bytes(path: Path) -> bytes:
    from kg.errors import CriteriaError

    try:
        return path.read_bytes()
    except OSError as exc:
        raise CriteriaError(f"cannot be read: {exc.strerror}", location=str(path)) from exc


def _shown(screenings: "Sequence[Screening]", flow: "Flow", form: ScreenFormat) -> str:
    from kg.screen import flow_json, flow_text, write_csv, write_jsonl, write_ris

    if form is ScreenFormat.TEXT:
        return flow_text(flow)
    if form is ScreenFormat.JSON:
        return flow_json(flow)
    return {ScreenFormat.RIS: write_ris, ScreenFormat.CSV: write_csv, ScreenFormat.JSONL: write_jsonl}[form](screenings)


def _write_all(
    folder: Path,
    screenings: "Sequence[Screening]",
    chosen: "Sequence[Screening]",
    flow: "Flow",
    criteria: "Criteria",
    *,
    notice: str | None,
) -> None:
    from kg.build import write_whole
    from kg.cli.parts import default_vocabulary
    from kg.screen import draw_flow, flow_json, flow_text, render_page, write_csv, write_jsonl, write_ris

    files = {
        "screening.ris": write_ris(chosen),
        "screening.csv": write_csv(chosen),
        "screening.jsonl": write_jsonl(chosen),
        "prisma.txt": flow_text(flow),
        "prisma.json": flow_json(flow),
        "prisma.svg": draw_flow(flow),
        "screening.html": render_page(screenings, flow, criteria, vocabulary=default_vocabulary(), notice=notice),
    }
    for name, content in files.items():
        write_whole(folder / name, content.encode())
    say("\n".join(str(folder / name) for name in files))


def _tell(screenings: "Sequence[Screening]", unmatched: "Sequence[Review]") -> None:
    """Decisions that stand against each other, and those on papers that are not here."""
    overruled = [each for each in screenings if each.is_overruled]
    for each in overruled[:_MOST_SHOWN]:
        say(f"{each.candidate.paper.id}: {_against(each)}")
    if len(overruled) > _MOST_SHOWN:
        say(f"and {len(overruled) - _MOST_SHOWN} more; see the column rules")
    if unmatched:
        say(f"{len(unmatched)} decisions are on papers that are not here: {', '.join(each.place for each in unmatched[:_MOST_SHOWN])}")


def _against(each: "Screening") -> str:
    from kg.screen.records import verdict_words

    said = verdict_words(each.decided, each.reason)
    who = f"persons disagree ({each.disagreement})" if each.disagreement is not None else f"{said} by {each.by}"
    return f"{who}; the rules said {verdict_words(each.rules_decided, each.rules_reason)}"

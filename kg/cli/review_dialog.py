"""Deciding on a terminal: a sentence, the finding read from it, and a question, one after the other.

Imported inside command functions only.
"""

import sys
from textwrap import fill

import typer

from kg.build.decisions import DecisionsFile, short_name
from kg.build.reviewed import open_claims
from kg.cli.console import misuse, say
from kg.cli.paper_names import named_paper
from kg.cli.parts import default_vocabulary, moment
from kg.curation import FIELDS, Word, check_orcid, parse_changes
from kg.errors import CurationError, ShapeError
from kg.model import Claim, Verdict
from kg.queries import read_claims
from kg.settings import Settings
from kg.store import Store
from kg.wording import against, claim_statistics, claim_values

_ASK = "[a]ccept  [r]eject  [c]orrect  [s]kip  [q]uit"
_VERDICTS = {"a": Verdict.ACCEPTED, "r": Verdict.REJECTED, "c": Verdict.CORRECTED}
_WIDTH = 100


def ask_about_findings(store: Store, file: DecisionsFile, *, paper: str | None, curator: str | None, settings: Settings) -> None:
    """Go through the findings that nobody has decided on, the least sure first, until the curator has enough."""
    if not sys.stdin.isatty():
        misuse("name a finding, or run kg review on a terminal, where it asks. kg review list --open lists findings")
    papers = None if paper is None else [named_paper(store, paper)]
    waiting = open_claims(read_claims(store, vocabulary=default_vocabulary(), papers=papers))
    if not waiting:
        say("Every finding has a decision.")
        return
    who = _ask_curator(curator)
    made = 0
    for number, claim in enumerate(waiting, 1):
        say(f"\n{number} of {len(waiting)}   {short_name(claim.finding)}\n{_words(claim)}")
        answer = _ask_verdict()
        if answer == "q":
            break
        made += answer != "s" and _decide(store, file, claim, verdict=_VERDICTS[answer], curator=who, settings=settings)
    say(f"{made} decided; {file.path}")


def _ask_curator(curator: str | None) -> str:
    while True:
        try:
            return check_orcid(curator if curator is not None else typer.prompt("Your ORCID iD", err=True))
        except CurationError as error:
            if curator is not None:
                raise
            say(str(error))


def _ask_verdict() -> str:
    while True:
        answer = str(typer.prompt(_ASK, default="s", show_default=False, err=True)).strip().lower()[:1]
        if answer in {*_VERDICTS, "s", "q"}:
            return answer


def _decide(store: Store, file: DecisionsFile, claim: Claim, *, verdict: Verdict, curator: str, settings: Settings) -> bool:
    """Ask what is missing and decide; false where the curator gives it up. A mistake is told, and asked about again."""
    while True:
        changes = _ask_changes() if verdict is Verdict.CORRECTED else []
        if verdict is Verdict.CORRECTED and not changes:
            return False
        reason = str(typer.prompt("Why", err=True))
        try:
            file.decide(store, claim.finding, Word(verdict, curator, moment(settings), reason, parse_changes(changes)))
        except (CurationError, ShapeError) as error:
            say(str(error))
            if verdict is not Verdict.CORRECTED:
                return False
        else:
            return True


def _ask_changes() -> list[str]:
    """Fields and values until an empty line."""
    say(f"What to put in its place, as field=value ({', '.join(FIELDS)}); an empty line ends")
    changes: list[str] = []
    while stated := str(typer.prompt("change", default="", show_default=False, err=True)).strip():
        changes.append(stated)
    return changes


def _words(claim: Claim) -> str:
    about = "; ".join(
        part for part in (against(claim.intervention, claim.comparator), claim_values(claim), *claim_statistics(claim)) if part
    )
    head = f"{claim.outcome_label}: {claim.direction.replace('_', ' ')}   (confidence {claim.confidence:.2f})"
    lines = [claim.title or claim.paper, f"“{claim.sentence}”", head, about]
    return "\n".join(fill(line, _WIDTH, initial_indent="  ", subsequent_indent="  ") for line in lines if line)

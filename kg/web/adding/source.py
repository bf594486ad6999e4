"""What a visitor gives: an identifier, a pasted abstract, or a file. Pure; nothing is read of it yet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from kg.errors import FetchError, ReadError, RefusedError
from kg.fetch.identifiers import Identifier, read_identifier
from kg.read.outcome import Failed, Outcome, Read, as_outcome
from kg.read.papers import read_stream

#: Papers that are taken at a time; more are a matter for ``kg add``, which shows its progress and can be broken off.
MOST_PAPERS = 20
#: Signs of a pasted text; an abstract has some two thousand.
LONGEST_TEXT, LONGEST_TITLE = 200_000, 1000
_PASTE_INSTEAD = "Try again later, or paste the abstract: that needs no network"


@dataclass(frozen=True)
class Named:
    """A paper to be asked for."""

    identifier: Identifier

    @property
    def label(self) -> str:
        """How it is spoken of."""
        return str(self.identifier)


@dataclass(frozen=True)
class Pasted:
    """An abstract, or a record in one of the formats that files have."""

    text: str
    title: str = ""

    @property
    def label(self) -> str:
        """How it is spoken of."""
        return self.title or "the pasted text"


@dataclass(frozen=True)
class Dropped:
    """A file."""

    name: str
    data: bytes

    @property
    def label(self) -> str:
        """How it is spoken of."""
        return self.name


Source = Named | Pasted | Dropped
#: Asks the services for an identifier.
Fetch = Callable[[Identifier], Sequence[Outcome]]


class UnfitError(Exception):
    """Something that was given cannot be used; the message says what to give."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        #: "identifier", "title", "text" or "file".
        self.field = field


def read_source(*, identifier: str = "", title: str = "", text: str = "", file: Dropped | None = None) -> Source:
    """What was given, of which there must be exactly one.

    Raises:
        UnfitError: nothing, several things, or something that cannot be read as what it is given for.
    """
    given = [name for name, is_given in (("identifier", identifier.strip()), ("text", text.strip()), ("file", file)) if is_given]
    if len(given) > 1:
        raise UnfitError(given[1], "Give one thing at a time: an identifier, a text, or a file.")
    if identifier.strip():
        return _named(identifier)
    if file is not None:
        if not file.data:
            raise UnfitError("file", "The file is empty.")
        return file
    if title.strip() or text.strip():
        return _pasted(title.strip(), text.strip())
    raise UnfitError("identifier", "Give an identifier, paste an abstract, or choose a file.")


def read_outcomes(source: Source, fetch: Fetch) -> list[Outcome]:
    """The papers that were given, or why there are none; not more than may be added at a time."""
    outcomes = list(islice(_found(source, fetch), MOST_PAPERS + 1))
    if len(outcomes) > MOST_PAPERS:
        too_many = ReadError(f"more than {MOST_PAPERS} papers", remedy="Add them on the command line with kg add FILE")
        return [as_outcome(too_many, location=source.label)]
    return outcomes


def _found(source: Source, fetch: Fetch) -> Iterator[Outcome]:
    match source:
        case Named():
            yield from map(_advised, fetch(source.identifier))
        case Pasted():
            pasted = read_stream(BytesIO(source.text.encode()), location="the pasted text")
            yield from (_titled(each, source.title) for each in pasted)
        case Dropped():
            yield from read_stream(BytesIO(source.data), location=source.name)


def _named(typed: str) -> Named:
    identifier = read_identifier(typed)
    if identifier is None:
        raise UnfitError(
            "identifier", "This is no PMID, DOI, PMCID or NCT number. Examples: 27400945, 10.1000/xyz, PMC3258128, NCT02923375."
        )
    return Named(identifier)


def _pasted(title: str, text: str) -> Pasted:
    if not text:
        raise UnfitError("text", "Paste the abstract too: findings are read from it, never from the title.")
    for field, given, longest in (("title", title, LONGEST_TITLE), ("text", text, LONGEST_TEXT)):
        if len(given) > longest:
            raise UnfitError(field, f"More than {longest:,} signs are too long for an abstract. Give a longer text as a file.")
    return Pasted(text=text, title=" ".join(title.split()))


def _advised(outcome: Outcome) -> Outcome:
    """With what helps here, where a service did not answer; the library's advice is for the command line."""
    if not isinstance(outcome, Failed):
        return outcome
    error = outcome.error
    if not isinstance(error.__cause__, FetchError) or isinstance(error.__cause__, RefusedError):
        return outcome
    return Failed(ReadError(error.message, location=error.location, record=error.record, remedy=_PASTE_INSTEAD))


def _titled(outcome: Outcome, title: str) -> Outcome:
    if not title or not isinstance(outcome, Read):
        return outcome
    return Read(outcome.paper.model_copy(update={"title": title}), outcome.location, outcome.record)

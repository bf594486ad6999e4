"""Every error GraftGraph raises on purpose.

* GraftGraphError
    x ReadError            a file or record that cannot be read as a paper
      · NotAPaperError     readable, but no paper: a search answer, a link list
    x FetchError           a service that did not answer, or whose answers do not add up
      · RefusedError       it answered that it will not do this
    x VocabularyError      an ontology file that breaks its own rules
    x ExtractionError      an engine that did not answer, or answered out of form
    x ShapeError           a paper graph that breaks the shapes; not stored
    x StoreError           a store that cannot be opened, read or written
    x QueryError           an unknown query, a wrong parameter, bad SPARQL
    x GoldError            a gold file that cannot be scored
    x CurationError        a decision that cannot be made, read or applied
      · UnknownFindingError  it is on a finding that the store does not have
    x CriteriaError        screening criteria or decisions that cannot be used
    x SettingsError        a setting that is missing or out of range

Each says where (``location``, ``record``) and what to do (``remedy``). Foreign errors become one of these once, at the
border, with ``raise … from exc``.
"""


class GraftGraphError(Exception):
    """The root: catch this to catch everything GraftGraph raises on purpose."""

    def __init__(self, message: str, *, location: str | None = None, record: str | None = None, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        #: File, URL or query the error is about.
        self.location = location
        #: The record inside it: "article 3", "line 17".
        self.record = record
        #: One sentence that says what to do.
        self.remedy = remedy

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.location, self.record) if part is not None)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}. {self.remedy}" if self.remedy is not None else text


class ReadError(GraftGraphError):
    """A file or record cannot be read as a paper."""


class NotAPaperError(ReadError):
    """The file is readable but holds no paper, such as a search answer or a link list."""


class FetchError(GraftGraphError):
    """A service did not answer in time or at all, or its answers do not add up."""


class RefusedError(FetchError):
    """A service answered that it will not do this; asking again changes nothing."""


class VocabularyError(GraftGraphError):
    """An ontology file breaks its own rules."""


class ExtractionError(GraftGraphError):
    """An extraction engine did not answer, or answered out of form."""


class ShapeError(GraftGraphError):
    """A paper graph breaks the SHACL shapes and is not stored."""


class StoreError(GraftGraphError):
    """A store cannot be opened, read or written."""


class QueryError(GraftGraphError):
    """A query is unknown, has a wrong parameter, or is not valid SPARQL."""


class GoldError(GraftGraphError):
    """A gold file cannot be scored."""


class CurationError(GraftGraphError):
    """A curator's decision cannot be made, read or applied."""


class UnknownFindingError(CurationError):
    """The store does not have the finding to decide on."""


class CriteriaError(GraftGraphError):
    """Screening criteria, or decisions on papers, cannot be used."""


class SettingsError(GraftGraphError):
    """A setting is missing or out of range."""

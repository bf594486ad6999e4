"""What the web server adds papers with: the engine, services and store of the settings.

Imported inside command functions only; goes to the process that reads papers.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from kg.build import Pipeline, Progress
from kg.cli.engine import DefaultPipeline
from kg.cli.ingest import ingest_papers
from kg.cli.parts import moment, open_store, store_to_write
from kg.cli.services import open_services
from kg.fetch.identifiers import Identifier
from kg.fetch.lookup import look_up
from kg.fetch.patience import Patience
from kg.read.outcome import Outcome
from kg.report import BuildReport
from kg.settings import Settings
from kg.store import LocalStore

#: Somebody waits before a page; the command line has the patience for a service that is down.
_PATIENCE = Patience(requests=3)
_LONGEST_WAIT_S = 20.0


@dataclass(frozen=True)
class Intake:
    """Adds as ``kg add`` does."""

    store: Path
    settings: Settings

    def pipeline(self) -> Pipeline:
        """The default engine with the ontologies that ship."""
        return DefaultPipeline(self.settings.run_time)()

    def fetch(self, identifier: Identifier) -> Sequence[Outcome]:
        """From PubMed or Europe PMC.

        Raises:
            SettingsError: no e-mail address is set.
        """
        settings = self.settings.model_copy(update={"fetch_timeout_s": min(self.settings.fetch_timeout_s, _LONGEST_WAIT_S)})
        with open_services(settings, patience=_PATIENCE) as services:
            return list(look_up([identifier], services))

    def open_store(self) -> AbstractContextManager[LocalStore]:
        """The store, to read."""
        return open_store(self.store)

    def add(self, outcomes: Sequence[Outcome], show: Progress) -> BuildReport:
        """Into the store, with curators' decisions laid over what is read."""
        with store_to_write(self.store) as store:
            return ingest_papers(outcomes, store, self.settings, now=moment(self.settings), workers=1, show=show)

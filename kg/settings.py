"""What the surroundings set: paths and limits from ``GRAFTGRAPH_*`` variables, the clock from ``SOURCE_DATE_EPOCH``.

Made once, in a command or in the web application, and passed on as a value.
"""

from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kg.errors import SettingsError


class Settings(BaseSettings):
    """Defaults of every command; an option on the command line wins."""

    model_config = SettingsConfigDict(env_prefix="GRAFTGRAPH_", frozen=True, populate_by_name=True)

    #: Where builds write; ``kg build --output`` wins.
    output: Path = Path("output")
    #: The store that commands read; unset, it is ``store`` inside ``output``.
    store: Path | None = None
    #: Processes that read papers in a large build.
    workers: int = Field(default=2, ge=1, le=256)
    #: ORCID iD of whoever decides with ``kg review``; ``--orcid`` wins.
    orcid: str | None = None
    #: Key of the language model's endpoint; none is sent where it is unset.
    llm_key: SecretStr | None = None
    #: How long the endpoint may take for one paper; local models are slow.
    llm_timeout_s: float = Field(default=120.0, gt=0, le=3600)
    #: Sent with every request: NCBI asks for it, and writes there before it blocks an address.
    email: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+$")
    #: Name of this program at the services; change it where another program asks through this one.
    tool: str = Field(default="graftgraph", pattern=r"^\S+$")
    #: Allows 10 requests a second at NCBI in place of 3.
    ncbi_api_key: SecretStr | None = None
    #: Requests a second to each service, where it was agreed with the service; unset, what it allows everybody.
    requests_per_second: float | None = Field(default=None, gt=0, le=1000)
    #: How long a service may take for one answer, from asking to the last byte.
    fetch_timeout_s: float = Field(default=120.0, gt=0, le=3600)
    eutils_url: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    europepmc_url: str = "https://www.ebi.ac.uk/europepmc/webservices/rest"
    #: Folder of the answers that are kept; unset, it is ``cache`` beside the store.
    cache: Path | None = None
    #: What whoever changes the graph through the web server must know; unset, only this machine may.
    token: SecretStr | None = Field(default=None, min_length=16)
    #: https://reproducible-builds.org/docs/source-date-epoch/: seconds since 1970, UTC.
    source_date_epoch: int | None = Field(default=None, ge=0, le=253402300799, validation_alias="SOURCE_DATE_EPOCH")

    @property
    def store_path(self) -> Path:
        """The store's folder."""
        return self.store if self.store is not None else self.output / "store"

    @property
    def cache_path(self) -> Path:
        """The folder of the answers that are kept."""
        return self.cache if self.cache is not None else self.store_path.parent / "cache"

    @property
    def run_time(self) -> str | None:
        """The moment to write into graphs, ISO 8601; nothing unless it is set, so that builds repeat."""
        return None if self.source_date_epoch is None else datetime.fromtimestamp(self.source_date_epoch, tz=UTC).isoformat()


def load_settings() -> Settings:
    """Read the environment.

    Raises:
        SettingsError: a variable is out of range or of the wrong kind; all such are named.
    """
    try:
        return Settings()
    except ValidationError as exc:
        wrong = [f"{_variable(error['loc'])}: {error['msg'].lower()}" for error in exc.errors()]
        raise SettingsError("; ".join(wrong), location="environment", remedy="Mend or unset it") from exc


def _variable(place: tuple[int | str, ...]) -> str:
    name = str(place[0])
    return name if name.isupper() else f"GRAFTGRAPH_{name.upper()}"

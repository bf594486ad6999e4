"""Who may write at a server, by how it was started."""

import pytest
import typer

from kg.cli.serve import access_at
from kg.settings import Settings
from kg.web import Access

LONG, OTHER = "a-token-of-some-length", "another-token-of-length"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRAFTGRAPH_TOKEN", raising=False)


@pytest.mark.parametrize(("address", "is_closed"), [("127.0.0.1", False), ("10.0.0.7", True), ("0.0.0.0", True)])  # noqa: S104
def test_without_a_token_only_a_loopback_address_takes_changes(address: str, is_closed: bool) -> None:
    assert access_at(address, None, Settings()).is_closed is is_closed


def test_the_token_of_the_command_wins_over_that_of_the_surroundings() -> None:
    settings = Settings(token=OTHER)
    assert access_at("10.0.0.7", None, settings) == Access(token=OTHER)
    assert access_at("10.0.0.7", LONG, settings) == Access(token=LONG)


def test_a_token_that_is_soon_guessed_is_misuse() -> None:
    with pytest.raises(typer.Exit):
        access_at("127.0.0.1", "short", Settings())

from pathlib import Path

import pytest

from kg.errors import SettingsError
from kg.settings import load_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    for name in ("GRAFTGRAPH_OUTPUT", "GRAFTGRAPH_STORE", "GRAFTGRAPH_WORKERS", "GRAFTGRAPH_LLM_KEY", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


def test_the_store_lies_in_the_output_folder():
    assert load_settings().store_path == Path("output/store")


def test_variables_are_read(monkeypatch):
    monkeypatch.setenv("GRAFTGRAPH_OUTPUT", "elsewhere")
    assert load_settings().store_path == Path("elsewhere/store")
    monkeypatch.setenv("GRAFTGRAPH_STORE", "kept")
    assert load_settings().store_path == Path("kept")


def test_no_clock_unless_one_is_given(monkeypatch):
    assert load_settings().run_time is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert load_settings().run_time == "1970-01-01T00:00:00+00:00"


def test_every_wrong_variable_is_named(monkeypatch):
    monkeypatch.setenv("GRAFTGRAPH_WORKERS", "0")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(SettingsError, match=r"environment: .*GRAFTGRAPH_WORKERS.*SOURCE_DATE_EPOCH|SOURCE_DATE_EPOCH.*GRAFTGRAPH_WORKERS"):
        load_settings()


def test_the_key_of_the_language_model_is_not_shown(monkeypatch):
    monkeypatch.setenv("GRAFTGRAPH_LLM_KEY", "sk-1")
    settings = load_settings()
    assert settings.llm_key is not None
    assert settings.llm_key.get_secret_value() == "sk-1"
    assert "sk-1" not in repr(settings)


def test_a_token_that_is_soon_guessed_is_refused_and_a_long_one_is_not_shown(monkeypatch):
    monkeypatch.setenv("GRAFTGRAPH_TOKEN", "short")
    with pytest.raises(SettingsError, match=r"GRAFTGRAPH_TOKEN.*16"):
        load_settings()
    monkeypatch.setenv("GRAFTGRAPH_TOKEN", "long-enough-to-be-taken")
    assert "long-enough" not in repr(load_settings())

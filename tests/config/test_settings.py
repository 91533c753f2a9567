"""Settings: each place they come from, which one outranks which, and what is refused."""

from dataclasses import fields
from pathlib import Path

import pytest

from warledger.config import SETTINGS, Settings, load
from warledger.errors import ConfigError


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_table_and_the_fields_are_the_same_settings() -> None:
    assert [s.name for s in SETTINGS] == [f.name for f in fields(Settings)]
    for setting, field in zip(SETTINGS, fields(Settings), strict=True):
        assert setting.type.__name__ == field.type
        assert isinstance(setting.default, setting.type)
        assert setting.doc.endswith(".")


def test_without_anything_every_value_is_its_default() -> None:
    config = load(environment={})
    assert config.settings.ledger == Path("warledger.db")
    assert set(config.where.values()) == {"default"}
    assert len(config.rows()) == len(SETTINGS)


def test_arguments_outrank_the_environment_which_outranks_the_file() -> None:
    Path("warledger.toml").write_text('jobs = 2\nledger = "from-file.db"\nuser = "file"\n')
    environment = {"WARLEDGER_JOBS": "3", "WARLEDGER_LEDGER": "from-environment.db"}
    config = load({"jobs": 4, "user": None}, environment=environment)
    assert config.settings.jobs == config.settings.processes == 4
    assert config.settings.ledger == Path("from-environment.db")
    assert config.settings.user == "file"
    rows = {setting.name: where for setting, _, where in config.rows()}
    assert (rows["jobs"], rows["ledger"], rows["user"], rows["busy_timeout_s"]) == (
        "--jobs",
        "WARLEDGER_LEDGER",
        "warledger.toml",
        "default",
    )


def test_a_relative_path_counts_from_the_folder_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "team" / "settings.toml"
    file.parent.mkdir()
    file.write_text('ledger = "war.db"\ncache_dir = "/var/cache/w"\n')
    settings = load(environment={"WARLEDGER_CONFIG": str(file)}).settings
    assert settings.ledger == tmp_path / "team" / "war.db"
    assert settings.cache_dir == Path("/var/cache/w")


def test_the_cache_follows_xdg_cache_home() -> None:
    assert load(environment={"XDG_CACHE_HOME": "/x"}).settings.cache_dir == Path("/x/warledger")
    assert load(environment={"XDG_CACHE_HOME": "relative"}).settings.cache_dir == Path.home() / ".cache" / "warledger"


def test_no_jobs_is_one_for_each_processor() -> None:
    assert load(environment={}).settings.processes >= 1


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("jobs", "-1", "a whole number from 0 to 1024"),
        ("jobs", "two", "a whole number"),
        ("jobs", 1.5, "a whole number"),
        ("jobs", True, "a whole number"),
        ("jobs", "9" * 5000, "a whole number"),
        ("max_file_bytes", 0, "from 1"),
        ("busy_timeout_s", "nan", "a number from 0 to 86400 (seconds)"),
        ("busy_timeout_s", 10**400, "a number"),
        ("busy_timeout_s", [], "a number"),
        ("ledger", "  ", "a path"),
        ("ledger", "a\0b", "a path"),
        ("user", 7, "words"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_name_and_place(name: str, value: object, wanted: str) -> None:
    with pytest.raises(ConfigError) as error:
        load({name: value}, environment={})
    assert name in str(error.value)
    assert wanted in str(error.value)
    assert f"--{name.replace('_', '-')}" in str(error.value)
    assert len(str(error.value)) < 250


def test_a_number_of_the_file_may_be_whole_for_a_broken_one() -> None:
    Path("warledger.toml").write_text("busy_timeout_s = 2\n")
    assert load(environment={}).settings.busy_timeout_s == 2.0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jbos = 2", "did you mean jobs?"),
        ("zzzz = 2", "there are: ledger"),
        ("jobs = ", "is not TOML"),
        ("# " + "x" * (1 << 20), "no settings file"),
    ],
)
def test_a_broken_file_is_refused(text: str, said: str) -> None:
    Path("warledger.toml").write_text(text)
    with pytest.raises(ConfigError, match=r"warledger\.toml") as error:
        load(environment={})
    assert said in str(error.value)


def test_bytes_that_are_no_text_and_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'user = "\xff"')
    with pytest.raises(ConfigError, match="is not TOML"):
        load(file=tmp_path / "latin.toml", environment={})
    with pytest.raises(ConfigError, match="cannot be read"):
        load(file=tmp_path, environment={})
    with pytest.raises(ConfigError, match="there is no settings file"):
        load(file=tmp_path / "absent.toml", environment={})

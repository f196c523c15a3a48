"""Settings: arguments before the environment before the file before defaults."""

import json
from pathlib import Path

import pytest

from marketer_desktop.settings.data_dir import APPLICATION, default_data_dir
from marketer_desktop.settings.settings import (
    FILE_NAME,
    BadSettings,
    load_settings,
    store_setting,
)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA_DIR", "MODEL", "DATABASE_URL", "POOL_SIZE"):
        monkeypatch.delenv(f"MARKETER_{name}", raising=False)


def test_a_new_folder_has_defaults_and_is_not_made(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "new")
    assert (settings.model, settings.database_url, settings.pool_size) == (None, None, 10)
    assert not (tmp_path / "new").exists()


def test_the_file_is_read_and_the_environment_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_setting(tmp_path, "model", "ollama:stored")
    store_setting(tmp_path, "database_url", "postgresql://stored/db")
    monkeypatch.setenv("MARKETER_MODEL", "starter")
    monkeypatch.setenv("MARKETER_POOL_SIZE", "3")
    settings = load_settings(tmp_path)
    assert settings.model == "starter"
    assert settings.database_url == "postgresql://stored/db"
    assert settings.pool_size == 3


def test_a_run_has_ten_minutes_unless_its_model_has_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_settings(tmp_path).seconds_for("starter") == 600
    (tmp_path / FILE_NAME).write_text(
        json.dumps({"run_seconds_by_model": {"ollama:big": 1800}}), "utf-8"
    )
    monkeypatch.setenv("MARKETER_RUN_SECONDS", "300")
    settings = load_settings(tmp_path)
    assert [settings.seconds_for(model) for model in ("starter", "ollama:big")] == [300, 1800]
    monkeypatch.setenv("MARKETER_RUN_SECONDS", "0")
    with pytest.raises(BadSettings, match="run_seconds"):
        load_settings(tmp_path)


def test_the_folder_is_the_named_one_then_that_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKETER_DATA_DIR", str(tmp_path / "environment"))
    store_setting_in(tmp_path / "environment", "ollama:there")
    assert load_settings().data_dir == tmp_path / "environment"
    assert load_settings().model == "ollama:there"
    assert load_settings(tmp_path / "named").data_dir == tmp_path / "named"
    assert load_settings(tmp_path / "named").model is None


def store_setting_in(folder: Path, model: str) -> None:
    folder.mkdir()
    store_setting(folder, "model", model)


def test_a_file_cannot_move_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(json.dumps({"data_dir": "/elsewhere"}), "utf-8")
    assert load_settings(tmp_path).data_dir == tmp_path


def test_paths_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert load_settings(Path("data")).data_dir == tmp_path / "data"
    assert load_settings(Path("~/data")).data_dir == tmp_path / "home" / "data"


def test_the_default_folder_is_not_in_roots_home() -> None:
    assert default_data_dir().name == APPLICATION
    assert not default_data_dir().is_relative_to("/root")


def test_one_setting_is_changed_and_the_others_stay(tmp_path: Path) -> None:
    store_setting(tmp_path, "model", "starter")
    store_setting(tmp_path, "database_url", "postgresql://host/db")
    store_setting(tmp_path, "database_url", None)
    assert (load_settings(tmp_path).model, load_settings(tmp_path).database_url) == (
        "starter",
        None,
    )
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


def test_a_number_that_is_none_names_its_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKETER_POOL_SIZE", "many")
    with pytest.raises(BadSettings, match="pool_size"):
        load_settings(tmp_path)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{bad", "utf-8")
    with pytest.raises(BadSettings, match=FILE_NAME):
        load_settings(tmp_path)

"""Settings from the environment (`MARKETER_*`) and from `settings.json` in the data folder."""

import json
from pathlib import Path
from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt
from pydantic_settings import (
    BaseSettings,
    JsonConfigSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from marketer_desktop.settings.data_dir import chosen_data_dir

FILE_NAME = "settings.json"
Stored = Literal[
    "model",
    "database_url",
    "keyring_providers",
    "local_api",
    "local_api_port",
    "lend_to",
    "daily_backup",
]


class BadSettings(ValueError):
    """The stored settings or the variables make no sense; the message says which."""


class Settings(BaseSettings):
    """Everything a user can decide; each field is `MARKETER_<NAME>` in the environment."""

    model_config = SettingsConfigDict(env_prefix="MARKETER_", extra="ignore")

    data_dir: Path
    model: str | None = None
    database_url: str | None = None
    # A Chroma that runs as a server, such as http://chroma:8000: several processes share it.
    chroma_url: str | None = None
    pool_size: int = 10
    # How long a run may take (specification: ten minutes), for models named here another time.
    run_seconds: PositiveInt = 600
    run_seconds_by_model: dict[str, PositiveInt] = {}
    # What access tokens are signed with: the same for all processes of a team server.
    token_secret: str | None = None
    # Whose JWTs are taken besides our own; all three, or none.
    clerk_jwks_url: str | None = None
    clerk_issuer: str | None = None
    clerk_audience: str | None = None
    # What that issuer knows desktops as, if they may sign in there (OpenID Connect).
    clerk_client_id: str | None = None
    # How often an account may ask in a minute of one process, and how often passwords may be
    # offered from one address; 0 is any number.
    requests_per_minute: NonNegativeInt = 6000
    logins_per_minute: NonNegativeInt = 10
    # Where browsers and agents find this server: what links in invitations begin with.
    public_url: str = "http://localhost:8000"
    # Where mails are handed in; without a host none are sent, and links are handed over by hand.
    smtp_host: str | None = None
    smtp_port: PositiveInt = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: str | None = None
    smtp_sender: str = "marketer@localhost"
    # Stripe: what its webhook is signed with, and the plan that each price pays for, as JSON:
    # {"price_1": "pro", "price_2": "enterprise"}.
    stripe_webhook_secret: str | None = None
    stripe_prices: dict[str, Literal["pro", "enterprise"]] = {}
    # Where people change their plan and pay, such as Stripe's customer portal.
    billing_url: str | None = Field(default=None, pattern=r"^https://[\x21-\x7e]+$")
    # What keys of clouds that organizations give are sealed with: the same for all processes.
    provider_keys_secret: str | None = None
    # Clouds that a contract is in place for, by compliance mode, as JSON: {"gdpr": ["mistral"]}.
    covered_providers: dict[
        Literal["hipaa", "gdpr"], list[Literal["openai", "anthropic", "mistral"]]
    ] = {}
    # Whether other programs of this computer are let in by the window's engine, and where.
    local_api: bool = False
    local_api_port: int = Field(default=8750, ge=1, le=65535)
    # The server whose organization may use the models of this machine; the key is in the keyring.
    lend_to: str | None = None
    # The keyring is only asked about these: a locked one asks its user to unlock it.
    keyring_providers: list[str] = []

    # Whether the window's engine makes an archive of everything once a day.
    daily_backup: bool = True

    def seconds_for(self, model: str) -> int:
        """How long a run with this model may take."""
        return self.run_seconds_by_model.get(model, self.run_seconds)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the file in the data folder."""
        folder = Path(init_settings()["data_dir"])
        stored = JsonConfigSettingsSource(settings_cls, json_file=folder / FILE_NAME)
        return init_settings, env_settings, stored


def load_settings(data_dir: Path | None = None) -> Settings:
    """Read the settings of `data_dir`, of `MARKETER_DATA_DIR`, or of the default data folder.

    Raises `BadSettings`.
    """
    folder = chosen_data_dir(data_dir)
    try:
        return Settings(data_dir=folder)
    except (ValueError, OSError) as error:
        raise BadSettings(
            f"The settings in {folder / FILE_NAME} or in the MARKETER_ variables cannot be used: "
            f"{error}"
        ) from error


def store_setting(data_dir: Path, name: Stored, value: str | list[str] | int | None) -> None:
    """Keep one choice in the data folder, written in one piece."""
    path = data_dir / FILE_NAME
    stored = json.loads(path.read_text("utf-8")) if path.exists() else {}
    stored[name] = value
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(stored, indent=2) + "\n", "utf-8")
    draft.replace(path)

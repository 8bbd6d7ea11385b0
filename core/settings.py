"""All configuration, read once from the environment (`SIPONCEGA_*`); listed in `.env.example`."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Mode(StrEnum):
    demo = "demo"
    production = "production"


class Settings(BaseSettings):
    """One object for the whole process. Paths under `home` unless set otherwise."""

    model_config = SettingsConfigDict(env_prefix="SIPONCEGA_", env_file=None, extra="ignore")

    mode: Mode = Mode.demo
    home: Path = Path(".local")
    database_url: str = ""
    redis_url: str = ""
    public_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    city: str = "tebing_tinggi"
    timezone: str = "Asia/Jakarta"
    # In a demo, `siponcega up` also plays example callers and crews.
    demo_traffic: bool = True

    pool_min: int = Field(default=4, ge=1)
    pool_max: int = Field(default=16, ge=1)
    statement_timeout_ms: int = 15_000
    session_hours: int = 12
    # Retention: numbers, words and photos of contacts; numbers and words of messages sent.
    contact_days: int = Field(default=365, ge=1)
    message_days: int = Field(default=90, ge=1)
    log_level: str = "INFO"
    log_file: Path | None = None

    keys_dir_override: Path | None = Field(default=None, alias="SIPONCEGA_KEYS_DIR")
    uploads_dir_override: Path | None = Field(default=None, alias="SIPONCEGA_UPLOADS_DIR")

    gateways: str = "simulator"
    inbound_phone_secret: str = ""
    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    twilio_from: str = ""
    twilio_whatsapp_from: str = ""
    twilio_api_base: str = "https://api.twilio.com"
    sms_daily_limit: int = 2_000
    # Times by another routing server (osrm, valhalla); empty: nobody is asked. docs/roads.md.
    router_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    router_kind: Literal["osrm", "valhalla"] = "osrm"
    router_timeout_ms: int = Field(default=800, ge=50, le=5_000)
    # Where residents may send an SMS, printed on /lapor; empty: their phone asks for a recipient.
    sms_number: str = ""

    @property
    def demo(self) -> bool:
        return self.mode is Mode.demo

    @property
    def keys_dir(self) -> Path:
        """Folder of the encryption keys; kept apart from the database and its backups."""
        return self.keys_dir_override or self.home / "keys"

    @property
    def uploads_dir(self) -> Path:
        return self.uploads_dir_override or self.home / "uploads"

    @property
    def gateway_names(self) -> tuple[str, ...]:
        """Configured gateways in order of preference, e.g. ('twilio', 'log')."""
        return tuple(name.strip() for name in self.gateways.split(",") if name.strip())


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read on first use."""
    return Settings()

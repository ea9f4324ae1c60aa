"""The production settings: safe as they are, and clear about what is missing."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "x7" * 32 + "!åäö",
    "ALLOWED_HOSTS": "www.example.se",
    "DATABASE_URL": "sqlite:///:memory:",
    "BASE_URL": "https://www.example.se",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**clean, "DJANGO_SETTINGS_MODULE": "site_core.settings.production", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_deployment_check_finds_nothing() -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_setting_stops_the_start_with_one_line_that_names_it(name: str) -> None:
    result = manage("check", **{key: value for key, value in COMPLETE.items() if key != name})
    assert result.returncode != 0
    assert name in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TLS", "kanske"),
        ("DATABASE_URL", "mysql://site@db/site"),
        ("DATABASE_URL", "db:5432"),
        ("BASE_URL", "www.example.se"),
        ("CONN_MAX_AGE", "en timme"),
        ("DIGEST_TIME", "sju"),
        ("GRACE_MINUTES", "tio"),
        ("SESSION_IDLE_MINUTES", "0"),
        ("SESSION_LONGEST_HOURS", "169"),
        ("SESSION_LONGEST_HOURS", "en dag"),
        ("BOUNCE_MAILBOX", "mail.example.se"),
        ("BOUNCE_MAILBOX", "imaps://studsar:hem#ligt@mail.example.se/INBOX"),
        ("BOUNCE_MAILBOX", "pop3://studsar:hemligt@mail.example.se"),
    ],
)
def test_a_malformed_setting_stops_the_start_with_one_line_that_names_it(name: str, value: str) -> None:
    result = manage("check", **{**COMPLETE, name: value})
    assert result.returncode != 0
    assert name in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_mailbox_is_read_from_an_address_whose_password_may_hold_anything() -> None:
    show = "from django.conf import settings; print(settings.BOUNCE_MAILBOX)"
    address = "imaps://studsar%40example.se:hem%2Fligt%23@mail.example.se"
    result = manage("shell", "--no-imports", "-c", show, **COMPLETE, BOUNCE_MAILBOX=address)
    assert ast.literal_eval(result.stdout) == {
        "HOST": "mail.example.se",
        "PORT": 993,
        "USER": "studsar@example.se",
        "PASSWORD": "hem/ligt#",
        "FOLDER": "INBOX",
        "TLS": True,
    }


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret_key"
    secret.write_text(COMPLETE["SECRET_KEY"])
    settings = {key: value for key, value in COMPLETE.items() if key != "SECRET_KEY"}
    assert manage("check", **settings, SECRET_KEY_FILE=str(secret)).returncode == 0


def test_a_mail_provider_is_chosen_by_name_and_needs_its_secrets() -> None:
    provider = {"EMAIL_PROVIDER": "mailgun", "EMAIL_PROVIDER_SETTINGS": '{"MAILGUN_API_KEY": "x"}'}
    result = manage("check", **COMPLETE, **provider)
    assert result.returncode != 0
    assert "EMAIL_WEBHOOK_SECRET" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    show = "from django.urls import resolve; print(resolve('/anymail/mailgun/tracking/').url_name)"
    result = manage("shell", "--no-imports", "-c", show, **COMPLETE, **provider, EMAIL_WEBHOOK_SECRET="anna:hemligt")
    assert "mailgun_tracking_webhook" in result.stdout, result.stderr


def test_any_host_is_refused() -> None:
    result = manage("check", **{**COMPLETE, "ALLOWED_HOSTS": "*"})
    assert result.returncode != 0
    assert "ALLOWED_HOSTS" in result.stderr

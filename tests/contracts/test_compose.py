"""What compose.yaml promises the administrator."""

from pathlib import Path
from typing import Any

import pytest
import yaml

SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "compose.yaml").read_text(encoding="utf-8")
)["services"]
OURS = [name for name, service in SERVICES.items() if "build" in service]


def test_every_process_of_the_site_is_among_them() -> None:
    assert {"migrate", "web", "worker", "scheduler"} <= set(OURS)


@pytest.mark.parametrize("name", [*OURS, "cache"])
def test_whoever_gets_into_a_container_can_change_nothing_in_it(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "devices", "pid", "network_mode"} & set(service)


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_of_the_host_is_within_reach_and_nothing_listens_outside_it(name: str) -> None:
    service = SERVICES[name]
    assert not [volume for volume in service.get("volumes", []) if volume.startswith((".", "/", "~"))]
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    assert service["image"].rpartition(":")[2] != "latest"


@pytest.mark.parametrize("name", OURS)
def test_a_process_comes_back_when_it_has_died_and_none_migrates_but_one(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")
    assert (service.get("command") == ["prepare"]) is (name == "migrate")

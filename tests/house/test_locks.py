"""Locked, with hashes, and without naming the host a package came from."""

import json

import pytest

from .source import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-node.lock", "bench/peer.lock", "bench/engines.lock"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name):
    assert [line for line in (ROOT / name).read_text().splitlines() if "://" in line] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_hashes(name):
    entries = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
    assert [line for line in entries if "==" in line and "#" not in line.split("==")[0] and "--hash=sha256:" not in line] == []


def test_the_front_ends_lock_names_no_host():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "://" in json.dumps(package)] == []
    assert all(package.get("integrity") for name, package in packages.items() if name)


def test_what_runs_is_tested_with_the_same_versions():
    tested = set(pins(ROOT / "requirements-dev.lock"))
    assert set(pins(ROOT / "requirements.lock")) - tested == set()


def pins(lock):
    return [line.split(";")[0].strip(" \\") for line in lock.read_text().splitlines() if "==" in line and line[0].isalnum()]

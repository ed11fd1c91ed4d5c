"""The floors and rooms of docs/house.md: the import contracts are kept, and every package has its rooms watched."""

import tomllib

from importlinter.cli import lint_imports

from .source import ROOT, SOURCE

CONTRACTS = {
    contract["name"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
FLAT = {"base", "clock", "eligibility", "texts", "demo", "site", "locale", "__pycache__"}  # without rooms, or above all
MECHANISMS = {"consultation", "support", "policy", "integrity", "evaluation"}


def packages():
    return {folder.name for folder in SOURCE.iterdir() if folder.is_dir()}


def test_the_contracts_are_kept(capsys):
    kept = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0
    assert kept, capsys.readouterr().out


def test_every_package_with_rooms_is_under_the_contract_of_rooms():
    watched = {container.removeprefix("qinqing.") for container in CONTRACTS["2 rooms"]["containers"]}
    assert watched == packages() - FLAT


def test_every_mechanism_keeps_its_models_and_actions_to_itself():
    fenced = [contract for name, contract in CONTRACTS.items() if name.startswith("4")]
    protected = {module for contract in fenced for module in contract["protected_modules"]}
    assert protected == {f"qinqing.{name}.{room}" for name in MECHANISMS & packages() for room in ("models", "actions")}

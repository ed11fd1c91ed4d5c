"""`python -m tests`: the suite on SQLite, then what uses the database on PostgreSQL; it says what it leaves out and why.

With CI=true or QINQING_NO_SKIPS=1 nothing may be left out. `--nightly` runs only the tests marked slow; what else is
given goes to pytest: `python -m tests tests/ledger -x`.
"""

import os
import subprocess
import sys

import psycopg
import pytest

LOCAL_POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/postgres"
WORKERS = "2"


def main(arguments):
    strict = os.environ.get("CI") == "true" or os.environ.get("QINQING_NO_SKIPS") == "1"
    nightly = "--nightly" in arguments
    chosen = ["-m", "slow" if nightly else "not slow", *(argument for argument in arguments if argument != "--nightly")]
    url = os.environ.pop("DATABASE_URL", LOCAL_POSTGRESQL)
    missing = unreachable(url)
    if missing and strict:
        sys.exit(f"PostgreSQL is not reachable, and nothing may be skipped: {missing}")
    if strict:
        chosen.append("--no-skips")
    failed = run("SQLite", chosen)
    if missing:
        print(f"\nskipped: the run on PostgreSQL, since no server answers ({missing}); set DATABASE_URL to name one")
        return failed
    return run("PostgreSQL", [*chosen, "--database-only"], DATABASE_URL=url) or failed


def unreachable(url):
    """Why no connection can be had, in one line; empty when one can."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return str(error).splitlines()[0]
    return ""


def run(database, options, **environment):
    print(f"\n== {database}: pytest {' '.join(options)}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-rfEs", "-n", WORKERS, *options]
    code = subprocess.run(command, env={**os.environ, **environment}, check=False).returncode
    return 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED and "--database-only" in options else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The one command, `qinqing`: every subcommand of the contract is a management command of the same name."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinqing.site.settings")
    arguments = sys.argv[1:]
    if arguments[:1] == ["manage"]:
        arguments = arguments[1:]
    _run(["qinqing", *arguments])


def _run(words: list[str]) -> None:
    """What fails because the database is not ready ends in one line."""
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(words)
    except DatabaseError:
        from qinqing.site.starting import WRONG_USE, database_objection

        objection = database_objection()
        if objection is None:
            raise
        sys.stderr.write(f"qinqing: {objection}\n")
        sys.exit(WRONG_USE)


if __name__ == "__main__":
    main()

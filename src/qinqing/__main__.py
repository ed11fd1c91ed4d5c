"""The one command, `qinqing`: every subcommand of the contract is a management command of the same name."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinqing.site.settings")
    from django.core.management import execute_from_command_line

    arguments = sys.argv[1:]
    if arguments[:1] == ["manage"]:
        arguments = arguments[1:]
    execute_from_command_line(["qinqing", *arguments])


if __name__ == "__main__":
    main()

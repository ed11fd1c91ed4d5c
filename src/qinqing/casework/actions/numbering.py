"""Numbers of matters: city prefix, day, and a running number of the day, GY-2026-1112-0032."""

from datetime import date

from django.db import connection

from qinqing.parties import queries as parties

_NEXT = """
    INSERT INTO casework_sequence (day, "last") VALUES (%s, 1)
    ON CONFLICT (day) DO UPDATE SET "last" = casework_sequence."last" + 1 RETURNING "last"
"""


def next_number(day: date) -> str:
    """The next number of the day; the row lock makes it unique, the surrounding act gives it back on failure."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [connection.ops.adapt_datefield_value(day)])
        (last,) = cursor.fetchone()
    return f"{parties.city().number_prefix}-{day:%Y-%m%d}-{last:04d}"

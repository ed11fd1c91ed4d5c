"""A row as it stands when its turn comes: what the page loaded may be old by then."""

from ..models import Account, Mandate, Post


def hold(row: Account | Mandate | Post) -> None:
    """Read the row anew and hold it until the act ends. Others may go on referring to it meanwhile."""
    kind = row.__class__  # of whoever is signed in, the request holds a stand-in: its type() is another
    row.refresh_from_db(from_queryset=kind.objects.select_for_update(no_key=True))

"""The write side of the calendar: every import is a new version, whole or not at all, with one ledger entry."""

from collections.abc import Iterable, Mapping, Sequence

from qinqing import base
from qinqing.base.words import say
from qinqing.ledger import actions as ledger

from . import access, published, queries, rules
from .models import CalendarDay, CalendarVersion
from .rules import Fault, Row
from .terms import SOURCE_LENGTH


@ledger.act
def import_year(
    *, actor: base.Actor, year: int, rows: Iterable[Mapping[str, str]], source: str, new_edition: bool = False,
) -> CalendarVersion:
    """Take in one year's notice: rows with `date`, `kind` and `name` (see `rules.read_csv`), `source` names the document.

    A year that is there already is refused unless this is meant as a `new_edition` and differs from the old one.
    """
    base.require(access.may_import(actor))
    read, faults = rules.checked(rows, year)
    if faults:
        raise _refusal(faults)
    _check_edition(year, read, new_edition=new_edition)
    return _import(actor, [year], read, _checked_source(source))


@ledger.act
def fill_from_package(*, actor: base.Actor) -> CalendarVersion:
    """Take in, as one version, every published year that is not there yet; with nothing to take in, the last version."""
    base.require(access.may_import(actor))
    versions = queries.editions()
    missing = set(published.years()).difference(*(version.years for version in versions))
    if not missing:
        return versions[-1]
    rows = [row for row in published.rows() if row.day.year in missing]
    return _import(actor, sorted(missing), rows, published.SOURCE)


def _refusal(faults: Sequence[Fault]) -> base.Refused:
    first = faults[0].sentence
    if len(faults) == 1:
        return base.Refused(first, field="file")
    return base.Refused(say("%(first)s；另有 %(n)s 处错误", first=first, n=len(faults) - 1), field="file")


def _checked_source(source: str) -> str:
    if not 0 < len(source.strip()) <= SOURCE_LENGTH:
        raise base.Refused(say("请写依据文件的名称，最多 %(n)s 个字", n=SOURCE_LENGTH), field="source")
    return source.strip()


def _check_edition(year: int, rows: Sequence[Row], *, new_edition: bool) -> None:
    standing = queries.edition_of(year)
    if standing is None:
        return
    if not new_edition:
        raise base.Refused(say("%(year)s 年的日历已经导入，要改请选“导入新版”", year=year), field="year")
    if sorted(rows) == [Row(day.day, day.kind, day.name) for day in queries.days_of(year)]:
        raise base.Refused(say("与现行的 %(year)s 年日历完全相同，不用导入", year=year), field="file")


def _import(actor: base.Actor, years: list[int], rows: Sequence[Row], source: str) -> CalendarVersion:
    last = CalendarVersion.objects.select_for_update().order_by("number").last()
    version = CalendarVersion.objects.create(
        number=last.number + 1 if last else 1, years=years, source=source, sha256=rules.digest(rows),
        imported_at=base.now(), imported_by=actor.ref,
    )
    CalendarDay.objects.bulk_create(CalendarDay(version=version, day=row.day, kind=row.kind, name=row.name) for row in rows)
    facts = {"version": version.number, "years": years, "days": len(rows), "sha256": version.sha256}
    ledger.record("calendar.imported", actor, f"calendar:{version.number}", facts)
    return version

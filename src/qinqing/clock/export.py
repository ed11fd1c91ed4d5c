"""A deadline as plain values, for the command and the API."""

from datetime import date
from typing import Any

from . import wording
from .limits import Unit
from .steps import Deadline, Step, StepKind


def as_values(deadline: Deadline) -> dict[str, Any]:
    """`date` (with the time for a limit in working hours; None while a pause is open), `provisional`, `derivation`."""
    said = {id(line.step): line for line in wording.lines(deadline)}
    return {
        "date": _date(deadline),
        "provisional": deadline.provisional,
        "calendar": deadline.calendar_version,
        "derivation": [_step(step, said.get(id(step))) for step in deadline.derivation],
    }


def _date(deadline: Deadline) -> str | None:
    if deadline.at is None or deadline.on is None:
        return None
    in_hours = deadline.derivation[0].unit is Unit.WORKING_HOUR
    return f"{deadline.at:%Y-%m-%dT%H:%M}" if in_hours else deadline.on.isoformat()


def _step(step: Step, line: wording.Line | None) -> dict[str, Any]:
    values: dict[str, Any] = {
        "step": str(step.kind), "from": step.first_on.isoformat(), "to": step.last_on.isoformat(),
        "count": step.count, "total": step.total, "unit": _unit(step),
    }
    if step.kind is not StepKind.RECEIVED and step.days and step.unit is Unit.WORKING_DAY:
        values["days"] = _isoformat(step.days)
    if step.spans:
        values["times"] = [[f"{start:%Y-%m-%dT%H:%M}", f"{end:%Y-%m-%dT%H:%M}"] for start, end in step.spans]
    if step.names:
        values["names"] = [str(name) for name in step.names]
    if line:
        values["text"] = f"{line.title}。{line.detail or ''}"
    return values


def _unit(step: Step) -> str:
    return "minute" if step.unit is Unit.WORKING_HOUR else str(step.unit)


def _isoformat(days: tuple[date, ...]) -> list[str]:
    return [day.isoformat() for day in days]

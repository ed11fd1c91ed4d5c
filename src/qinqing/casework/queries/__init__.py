"""The read side of matters, and the only door to them for neighbours."""

from .course import Event, attachments, statements, timeline
from .deadlines import (
    Pauses,
    answer_due,
    asked_extension,
    calendar,
    clocks_of,
    deadline_of,
    deadline_with,
    latest,
    pauses_of,
    solution_days,
)
from .desk import Suggestion, awaits, former, listed_standing, of_caller, suggested_units
from .durations import Durations, durations, years
from .figures import YearFigures, year_figures
from .invariants import broken, stuck
from .limits import limit_of, limits_of
from .matter import brought_by, erased, find, kept_subjects, may_read_files, similar
from .overview import Overview, Standing, overview
from .portal import waiting_for, waits_for_enterprise
from .receipts import may_read_receipt, original_of, receipt_of, receipt_source
from .redated import redated
from .satisfaction import (
    OfUnit,
    SatisfactionTotals,
    satisfaction_answers,
    satisfaction_by_unit,
    satisfaction_of_year,
    satisfaction_totals,
    satisfaction_with,
)
from .standing import current_reply, facts, options, shown_enterprise, standing
from .status import asked_of_office, light, status
from .whereabouts import Whereabouts, ending, whereabouts
from .worklist import NOBODY, Filter, Page, Tab, numbered, worklist

__all__ = [
    "NOBODY", "Durations", "Event", "Filter", "OfUnit", "Overview", "Page", "Pauses", "SatisfactionTotals", "Standing",
    "Suggestion", "Tab", "Whereabouts", "YearFigures", "answer_due", "asked_extension", "asked_of_office", "attachments",
    "awaits", "broken", "brought_by", "calendar", "clocks_of", "current_reply", "deadline_of", "deadline_with", "durations",
    "ending", "erased", "facts", "find", "former", "kept_subjects", "latest", "light", "limit_of", "limits_of",
    "listed_standing", "may_read_files", "may_read_receipt", "numbered", "of_caller", "options", "original_of", "overview",
    "pauses_of", "receipt_of", "receipt_source", "redated", "satisfaction_answers", "satisfaction_by_unit",
    "satisfaction_of_year", "satisfaction_totals", "satisfaction_with", "shown_enterprise", "similar", "solution_days",
    "standing", "statements", "status", "stuck", "suggested_units", "timeline", "waiting_for", "waits_for_enterprise",
    "whereabouts", "worklist", "year_figures", "years",
]

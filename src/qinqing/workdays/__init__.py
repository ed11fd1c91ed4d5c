"""The calendar of working days: its versions, its import, and the calendar that the pure clock is given."""

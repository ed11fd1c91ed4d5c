"""The calendar of working days: its versions, and the days that differ from an ordinary week."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .terms import NAME_LENGTH, SOURCE_LENGTH, Kind


class CalendarVersion(models.Model):
    """One import. A year is as the latest version that holds it says; versions are never changed."""

    number = models.PositiveIntegerField(_("版本"), unique=True)
    years = models.JSONField(_("年份"))
    source = models.CharField(_("依据文件"), max_length=SOURCE_LENGTH)
    sha256 = models.CharField(_("校验码"), max_length=64)
    imported_at = models.DateTimeField(_("导入时间"))
    imported_by = models.CharField(_("导入人"), max_length=40)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number}: {self.source}"


class CalendarDay(models.Model):
    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="days")
    day = models.DateField(_("日期"))
    kind = models.CharField(_("类型"), max_length=8, choices=Kind)
    name = models.CharField(_("节日"), max_length=NAME_LENGTH)

    class Meta:
        ordering = ("day",)
        constraints = (
            models.UniqueConstraint(fields=("version", "day"), name="calendar_day_once"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="calendar_day_kind"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

"""Published figures: a measure, and its value of each year with the source it stands in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .terms import CODE_LENGTH, DIGITS, NAME_LENGTH, PLACES, REASON_LENGTH, SOURCE_LENGTH, UNIT_LENGTH


class Measure(models.Model):
    """What is counted, by whom the city has it, and the line whose first crossing is marked."""

    code = models.SlugField(_("代码"), max_length=CODE_LENGTH, unique=True)
    name = models.CharField(_("名称"), max_length=NAME_LENGTH, unique=True)
    unit = models.CharField(_("单位"), max_length=UNIT_LENGTH)
    line = models.DecimalField(_("标志线"), max_digits=DIGITS, decimal_places=PLACES, null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Value(models.Model):
    """One year's value as its source published it. A correction is a new row; the old one stays, with the reason."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="values")
    year = models.PositiveSmallIntegerField(_("年份"))
    value = models.DecimalField(_("数值"), max_digits=DIGITS, decimal_places=PLACES)
    source = models.CharField(_("来源"), max_length=SOURCE_LENGTH)
    published_on = models.DateField(_("发布日期"), null=True)
    entered_by = models.CharField(_("录入人"), max_length=40)
    entered_at = models.DateTimeField(_("录入时间"))
    replaced_at = models.DateTimeField(_("更正时间"), null=True)
    reason = models.CharField(_("更正原因"), max_length=REASON_LENGTH, blank=True)

    class Meta:
        ordering = ("year", "id")
        constraints = (
            models.UniqueConstraint(fields=("measure", "year"), condition=models.Q(replaced_at=None), name="value_once_a_year"),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.year}: {self.value}"

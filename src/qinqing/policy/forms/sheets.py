"""What comes in as a file: CSV or XLSX as rows, each fault by row and column, sums in 元 and nothing else."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qinqing import base
from qinqing.base import say
from qinqing.ui import sheets

LARGEST = 5_000_000  # bytes of a file
TOLD = 5             # faults of a file that are named; of the others only the number
FIRST_ROW = 2        # the first line holds the headings
FEN = 100
AMOUNT = "金额（元）"
REQUIRED = {"required": gettext_lazy("这一项要填。")}
SERIAL, FIRST_OF_SERIALS = re.compile(r"[1-9]\d{4}"), date(1899, 12, 30)


class YuanField(forms.DecimalField):
    """Typed in 元, kept in 分."""

    def __init__(self, **options: Any) -> None:
        wrong = {"invalid": gettext_lazy("请填金额，单位元，最多两位小数。"), **REQUIRED}
        super().__init__(min_value=Decimal("0.01"), max_digits=15, decimal_places=2, error_messages=wrong, **options)

    def clean(self, value: Any) -> int | None:
        yuan = super().clean(value)
        return None if yuan is None else int(yuan * FEN)


class Day(forms.DateField):
    """As people write it, or the number by which a workbook keeps it."""

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and SERIAL.fullmatch(value):
            return FIRST_OF_SERIALS + timedelta(days=int(value))
        return super().to_python(value)


class SheetField(forms.FileField):
    """An uploaded CSV or XLSX as its rows; `columns` are those that must be there, `amounts` sums that may be."""

    def __init__(self, columns: tuple[str, ...], *, amounts: tuple[str, ...] = (), **options: Any) -> None:
        wrong = {"required": gettext_lazy("请选择文件。"), "empty": gettext_lazy("文件是空的。")}
        super().__init__(error_messages=wrong, widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}), **options)
        self.columns, self.amounts = columns, amounts

    def clean(self, data: Any, initial: Any = None) -> list[dict[str, str]]:
        file = super().clean(data, initial)
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件太大，不超过 5 MB。"))
        content = file.read()
        try:
            self._refuse_ten_thousands(sheets.rows_of(content, ())[0])
            rows = sheets.rows_of(content, self.columns)
        except base.Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if not (lines := [row for row in rows if not _is_total(row)]):
            raise forms.ValidationError(_("文件里没有数据行。"))
        return lines

    def _refuse_ten_thousands(self, row: dict[str, str]) -> None:
        """A sum in 万元 is not taken for one in 元, and not silently turned into one."""
        asked = [column for column in (*self.columns, *self.amounts) if column.endswith("（元）") and column not in row]
        for column in asked:
            stem = column.removesuffix("（元）")
            if other := next((heading for heading in row if re.fullmatch(rf"{stem}[（(]万元[）)]", heading)), None):
                raise base.Refused(say("“%(other)s”写的是万元，这里按元收：请换算成元，列名写“%(column)s”。", other=other,
                                       column=column), field="file")


def _is_total(row: dict[str, str]) -> bool:
    """The last line of many a file: it is about nobody."""
    return "合计" in row.values() and not row.get("信用代码")


class Faults:
    """What is wrong in a file, by row and column; nothing of it is taken when there is anything."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, row: int, column: str, what: Any) -> None:
        self.found.append(str(say("第 %(row)s 行“%(column)s”：%(what)s", row=row, column=column, what=what)))

    def raise_any(self) -> None:
        if self.found:
            more = len(self.found) - TOLD
            told = [*self.found[:TOLD], _("还有 %(n)s 处。") % {"n": more}] if more > 0 else self.found
            raise forms.ValidationError(told)


def chosen(choices: Any, given: str) -> Any | None:
    """By its code or by the word that people see, in either language."""
    return next((one for one in choices if given in (one.value, str(one.label))), None)


def once(rows: list[dict[str, str]], column: str, faults: Faults) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their numbers in the file; a code that stands twice is a fault."""
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, FIRST_ROW):
        code = row[column].upper()
        if code in seen:
            faults.add(number, column, say("和第 %(row)s 行重复", row=seen[code]))
        seen.setdefault(code, number)
        yield number, row | {column: code}


def day(row: dict[str, str], column: str, number: int, faults: Faults) -> date:
    try:
        return Day().clean(row[column])
    except forms.ValidationError:
        faults.add(number, column, say("“%(given)s”不是日期，应写成 2020-12-31", given=row[column]))
        return date.min


def fen(row: dict[str, str], column: str, number: int, faults: Faults) -> int:
    try:
        return YuanField().clean(row[column].replace(",", "")) or 0
    except forms.ValidationError as wrong:
        faults.add(number, column, wrong.messages[0])
        return 0

"""Numbers as people read them: 1,286, 93.4 %, 1,500 元, 38.6 万元; never rounded into a claim that is not true."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from .dates import english

KILOBYTE, MEGABYTE = 1024, 1024 * 1024
UNITS = ((Decimal(10**8), "亿元"), (Decimal(10**4), "万元"))  # the largest that shows the amount exactly wins


def number(value: int | Decimal) -> str:
    """Thousands in groups; the digits behind the point as given."""
    return f"{value:,}"


def percent(share: Fraction | Decimal, places: int = 1) -> str:
    """A share of 1 in per cent. Neither 0 nor 100 is written unless it is exactly that."""
    exact = Decimal(share.numerator) / share.denominator * 100 if isinstance(share, Fraction) else share * 100
    step = Decimal(1).scaleb(-places)
    shown = exact.quantize(step, ROUND_HALF_UP)
    if exact not in (0, 100):
        shown = min(max(shown, step), 100 - step)
    return f"{shown.normalize() if shown in (0, 100) else shown:f}%"


def amount(value: int | Decimal) -> str:
    """Money. A whole number is 分; a Decimal is 元. Always exact: 386,000 元 is 38.6 万元, 386,001 元 stays in 元."""
    yuan = Decimal(value) / 100 if isinstance(value, int) else value
    if english():
        return f"CNY {in_yuan(yuan)}"
    for size, unit in UNITS:
        if abs(yuan) >= size and exact(yuan / size):
            return f"{(yuan / size).normalize():f} {unit}"
    return f"{in_yuan(yuan)} 元"


def exact(value: Decimal) -> bool:
    """Whether two places behind the point say it all."""
    return value == value.quantize(Decimal("0.01"))


def in_yuan(yuan: Decimal) -> str:
    """1,500 and 12.50: 分 are written when there are any."""
    return f"{yuan:,.0f}" if yuan == yuan.to_integral_value() else f"{yuan:,.2f}"


def file_size(size: int) -> str:
    """How large a file is, rounded up: 不到 1 KB, 312 KB, 1.3 MB."""
    if size < KILOBYTE:
        return _("不到 1 KB")
    kilobytes = -(-size // KILOBYTE)
    return f"{kilobytes} KB" if kilobytes < KILOBYTE else f"{megabytes(size)} MB"


def megabytes(size: int) -> str:
    """Rounded up to a tenth, so that what is over a limit never reads as the limit itself."""
    tenths = -(-size * 10 // MEGABYTE)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"

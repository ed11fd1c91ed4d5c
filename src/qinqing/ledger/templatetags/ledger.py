"""{% load ledger %}: the box that checks a receipt in the visitor's browser."""

from django import template

from ..rules.receipts import NAMES, WORDS

register = template.Library()


@register.inclusion_tag("ledger/_check.html")
def receipt_check(url: str) -> dict[str, object]:
    """{% receipt_check url %}: `url` gives the receipt as JSON. The page loads `ledger/check.js` with defer."""
    return {"url": url, "words": WORDS, "names": NAMES}

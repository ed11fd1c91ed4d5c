"""The ledger before everybody's eyes: the newest checkpoint, and a receipt that somebody brings along (M0-001)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qinqing.ledger import queries

from ..forms import ReceiptForm


def ledger(request: HttpRequest) -> HttpResponse:
    """What anybody can check."""
    form = ReceiptForm(request.POST or None, request.FILES or None) if request.method == "POST" else ReceiptForm()
    report = queries.check_receipt(form.cleaned_data["receipt"]) if form.is_bound and form.is_valid() else None
    context = {"form": form, "report": report, "checkpoint": queries.last_checkpoint(), "size": queries.size()}
    return render(request, "site/ledger.html", context, status=422 if form.errors else 200)

"""The calendar for staff: its versions, a year's days, and the import of the next one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qinqing import base
from qinqing.parties.views.pages import found_by

from . import access, actions, published, queries
from .forms import ImportForm

HTTP_UNPROCESSABLE = 422


@found_by(access.may_see)
def calendar(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() else base.today().year
    context = {
        "year": year, "edition": queries.edition_of(year), "days": queries.days_of(year),
        "editions": list(reversed(queries.editions())), "may_import": access.may_import(request.actor),
        "package": published.SOURCE,
    }
    return render(request, "workdays/calendar.html", context)


@found_by(access.may_import)
def take_in(request: HttpRequest) -> HttpResponse:
    """Import one year; what is wrong names its row and column, and nothing is half-written."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_bound and _taken_in(request, form):
        messages.success(request, _("日历已导入。未结事项正在重算，变了的会告诉企业。"))
        return redirect("calendar")
    status = HTTP_UNPROCESSABLE if form.errors else 200
    return render(request, "workdays/calendar_import.html", {"form": form}, status=status)


def _taken_in(request: HttpRequest, form: ImportForm) -> bool:
    try:
        if not form.is_valid():
            return False
        read = form.cleaned_data
        actions.import_year(actor=request.actor, year=read["year"], rows=read["file"], source=read["source"],
                            new_edition=read["new_edition"])
    except base.Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else "file", str(refusal))
        return False
    return True

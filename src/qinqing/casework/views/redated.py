"""What a new calendar moved: every deadline before and after, for the last imports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .. import queries
from .desk import staff


@staff
def redated(request: HttpRequest) -> HttpResponse:
    return render(request, "casework/redated.html", {"batches": queries.redated(request.actor)})

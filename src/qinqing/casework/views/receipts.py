"""The receipt an enterprise can check, and the slip it can print (M0-001)."""

import base64
import io
from datetime import datetime
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from qinqing import base
from qinqing.clock.limits import Limit
from qinqing.ui import dates, figures

from .. import queries
from ..models import Clock, Matter
from ..terms import Timer
from . import case, secrecy, timeline

FOUR = 4


def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt for people above, for machines below the tear line."""
    matter = _open_to(request, number)
    slip = queries.receipt_of(matter)
    clock, promised = _solution(matter), _promised(slip)
    context = {
        "matter": matter, "receipt": slip, "place": slip["proof"]["index"] + 1 if "proof" in slip else None,
        "fingerprint": _in_fours(slip["promise"]["hash"]), "chain": _chain(matter, slip), "clock": clock,
        "promised": promised, "moved": promised and clock and clock.due_at != promised,
        "limit": Limit.parse(clock.limit) if clock else None, "original": queries.original_of(matter),
        "asked_for": secrecy.asked_for(request.actor, matter),
        "files": sum(path.startswith("files.") for path in slip["disclosures"]),
        "code": _code(request, reverse("case", args=[number])),
    }
    return render(request, "casework/receipt.html", context)


def _solution(matter: Matter) -> Clock | None:
    return next((clock for clock in queries.clocks_of(matter) if clock.timer == Timer.SOLUTION), None)


def _promised(slip: dict[str, Any]) -> datetime | None:
    """The day of the solution as the entry holds it; entries of former versions hold none."""
    day = slip["entry"]["facts"].get("deadlines", {}).get(Timer.SOLUTION)
    return datetime.fromisoformat(day) if day else None


def _in_fours(fingerprint: str) -> str:
    """As people compare it: 9f2c 41b7 …"""
    return " ".join(fingerprint[place:place + FOUR] for place in range(0, len(fingerprint), FOUR))


def _chain(matter: Matter, slip: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """From the words to what lies outside the platform: (icon, step, what it is)."""
    said = ("file-text", _("您的诉求"), _("%(at)s登记，算出指纹") % {"at": dates.moment(matter.opened_at)})
    kept = ("file-download", _("留在您手里"), _("存下凭证文件，以后拿它对照，改没改一看便知"))
    if "proof" not in slip:
        return [said, ("writing-sign", _("平台签名收件"), _("承诺写入账本，几秒后封存")), kept]
    size, number = _checkpoint(slip["proof"]["checkpoint"])
    steps = _("证明 %(n)s 步") % {"n": len(slip["proof"]["hashes"])}
    return [said, ("git-branch", _("和账本里的 %(n)s 条合成一棵树") % {"n": figures.number(size)}, steps),
            ("lock", _("树根签名封存"), _("第 %(n)s 号检查点") % {"n": number}), kept]


def _checkpoint(note: str) -> tuple[int, str]:
    """Size of the tree and number, out of the signed text (docs/ledger.md)."""
    lines = note.splitlines()
    return int(lines[1]), next(line.removeprefix("number ") for line in lines if line.startswith("number "))


def receipt_file(request: HttpRequest, number: str) -> HttpResponse:
    """The same as a file, to be kept and checked anywhere."""
    matter = _open_to(request, number)
    answer = JsonResponse(queries.receipt_of(matter), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{number}.json"'
    return answer


def slip(request: HttpRequest, number: str) -> HttpResponse:
    """办理进度告知单: number, course, code and time of print; whoever prints it, it says what the enterprise may read."""
    matter = case.found(request, number)
    context = {
        **case.head(request.actor, matter), "who": case.who(matter), "clocks": case.counted(matter, queries.clocks_of(matter)),
        "events": reversed(timeline.happened(base.PUBLIC, matter)), "printed_at": base.now(),
        "fingerprint": queries.receipt_of(matter)["promise"]["hash"], "code": _code(request, reverse("case", args=[number])),
    }
    return render(request, "casework/slip.html", context)


def _open_to(request: HttpRequest, number: str) -> Matter:
    """Who may not read it does not learn that it is there."""
    matter = case.found(request, number)
    if not queries.may_read_receipt(request.actor, matter):
        raise Http404
    return matter


def _code(request: HttpRequest, address: str) -> str:
    """A QR code of the address as base64 of an SVG."""
    drawn = io.BytesIO()
    segno.make(request.build_absolute_uri(address), error="m").save(drawn, kind="svg", scale=4, border=2)
    return base64.b64encode(drawn.getvalue()).decode()



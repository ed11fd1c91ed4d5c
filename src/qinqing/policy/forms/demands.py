"""The form for the demands that a policy answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from qinqing.base import say
from qinqing.casework.models import Matter

from ..models import Policy
from ..queries import demands
from .desk import AboutForm, text_field

MOST = 200
NUMBER_LENGTH = 24


class DemandsForm(AboutForm):
    matters = text_field(
        gettext_lazy("诉求编号"), MOST * NUMBER_LENGTH, rows=6, required=False,
        help_text=gettext_lazy("推动这项政策的企业诉求，一行一个编号。公开页只写件数，不写编号。"))

    def starting(self, subject: Policy | None) -> dict[str, Any]:
        return {"matters": "\n".join(demands.numbers(self.actor, subject))} if subject else {}

    def clean_matters(self) -> list[Matter]:
        wanted = dict.fromkeys(self.cleaned_data["matters"].upper().replace("，", " ").replace(",", " ").split())
        found, missing = demands.find(self.actor, list(wanted))
        if missing:
            raise forms.ValidationError(str(say("没有找到这些编号，或者您看不到：%(numbers)s。", numbers="、".join(missing))))
        return found

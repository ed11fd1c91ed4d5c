"""The one verb of the demo."""

from django.utils.translation import gettext_lazy as _

VERBS = {"demo.loaded": _("载入演示数据")}

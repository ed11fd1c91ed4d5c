"""Taking in a year's notice: the year, the document it stands in, and the days as a CSV file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import rules
from .terms import SOURCE_LENGTH

LARGEST = 200_000  # bytes: a year has some forty rows


class ImportForm(forms.Form):
    year = forms.IntegerField(label=_("年份"), min_value=2004, max_value=2100)
    source = forms.CharField(
        label=_("依据文件"), help_text=_("例如：国务院办公厅关于 2027 年部分节假日安排的通知"), max_length=SOURCE_LENGTH,
        error_messages={"required": _("请写依据的文件。")})
    file = forms.FileField(
        label=_("日历文件"), help_text=_("CSV，三列：date、kind（holiday 或 workday）、name。只写和平常不同的日子。"),
        error_messages={"required": _("请选择日历文件。"), "empty": _("文件是空的。")})
    new_edition = forms.BooleanField(
        label=_("这一年已经导入过，这是新的版本"), required=False, help_text=_("旧版本保留，未结事项按新版本重算。"))

    def clean_file(self) -> list[dict[str, str]]:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件太大，日历文件不会超过 200 KB。"))
        return rules.read_csv(file.read())

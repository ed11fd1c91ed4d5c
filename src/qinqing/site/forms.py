"""What visitors bring along."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qinqing.ledger import queries as ledger

LARGEST_RECEIPT = 1024 * 1024


class ReceiptForm(forms.Form):
    """A receipt file; clean, it is the receipt."""

    receipt = forms.FileField(
        label=_("凭证文件"), help_text=_("提交后在“收件凭证”页存下的 .json 文件"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json", "data-megabytes": 1}),
        error_messages={"required": _("请选择凭证文件，凭证不超过 1 MB。"), "empty": _("请选择凭证文件，凭证不超过 1 MB。")})

    def clean_receipt(self) -> dict:
        file = self.cleaned_data["receipt"]
        if file.size > LARGEST_RECEIPT:
            raise forms.ValidationError(_("请选择凭证文件，凭证不超过 1 MB。"))
        try:
            return ledger.read_receipt(file.read())
        except ValueError as error:
            raise forms.ValidationError(_("这不是本平台的凭证文件。请选择“存凭证文件”得到的 .json 文件。")) from error

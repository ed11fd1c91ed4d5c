"""The gallery's invented contents, out of `samples.yaml`, and a form with every kind of control."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from django import forms

RAW = yaml.safe_load((Path(__file__).parent / "samples.yaml").read_text())
MAPS = ("topics", "topic_icons", "units", "unit_hints", "grades")  # keyed by a choice's value


def as_objects(value: Any) -> Any:
    """Maps become objects with attributes, as the components meet them in earnest."""
    if isinstance(value, dict):
        return SimpleNamespace(**{name: as_objects(part) for name, part in value.items()})
    return [as_objects(part) for part in value] if isinstance(value, list) else value


CONTENTS = {name: part if name in MAPS else as_objects(part) for name, part in RAW.items()}


class DifficultyForm(forms.Form):
    """Bound with nothing, it shows every kind of error."""

    title = forms.CharField(label="一句话概括", help_text="例如：二期扩建缺 15 亩工业用地，设备 12 月到厂没地方放")
    topic = forms.ChoiceField(
        label="属于哪一类",
        help_text="不确定就选“其他”，我们来分",
        choices=list(RAW["topics"].items()),
        widget=forms.RadioSelect,
    )
    detail = forms.CharField(
        label="详细情况",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "“详细情况”还没写：请写明从什么时候开始、影响了什么"},
    )
    wish = forms.CharField(label="您希望怎么解决", required=False)
    county = forms.ChoiceField(label="所在县区", choices=[("", "请选择"), ("1", "演示县")])
    files = forms.FileField(label="附材料", required=False, help_text="图片、PDF、Word、表格都可以，单个不超过 20 MB")
    unit = forms.ChoiceField(label="交办给", choices=list(RAW["units"].items()), widget=forms.RadioSelect)
    grade = forms.ChoiceField(label="您满不满意", choices=list(RAW["grades"].items()), widget=forms.RadioSelect)
    publish = forms.BooleanField(
        label="办结后公开处理结果，帮到别的企业",
        required=False,
        help_text="企业名称、联系人、金额都会隐去，公开前给您看一遍",
    )

"""Typesetting: no fonts but those that come with it, texts that are never markup, glyphs that are there."""

import re

import pytest
import typst

from qinqing.ui import typesetting

MARKUP = "# * _ @ $ [ ] { } < > ` \\ ~ // /* */ = - + 'a' \"b\" #panic(\"x\") #import \"@preview/x:1.0.0\" @ref <label> $x^2$"


@pytest.fixture
def template(tmp_path):
    def written(body):
        file = tmp_path / "template.typ"
        head = '#let data = json(bytes(sys.inputs.data))\n#set document(title: "T")\n#set text(font: "Noto Sans SC")\n'
        file.write_text(head + body, "utf-8")
        return file

    return written


def test_chinese_is_set_in_the_fonts_that_come_with_it_without_a_warning(template):
    file = template("#set page(width: 360pt, height: auto)\n#data.text")
    for kind, beginning in (("png", b"\x89PNG"), ("pdf", b"%PDF-")):
        content, warnings = typesetting.with_warnings(file, {"text": "广元〔2020〕3号，不少于 12 个月：50% × 30万元 䶮"}, kind)
        assert content.startswith(beginning)
        assert warnings == []


def test_a_font_of_the_system_is_not_there(template):
    _, warnings = typesetting.with_warnings(template('#set text(font: "DejaVu Sans")\n#data.text'), {"text": "a"}, "png")
    assert any("unknown font family" in warning for warning in warnings)


def test_what_looks_like_markup_is_text(template):
    file = template("#context assert.eq(data.text.len(), int(data.length))\n#data.text")
    content, warnings = typesetting.with_warnings(file, {"text": MARKUP, "length": len(MARKUP.encode())}, "pdf")
    assert content.startswith(b"%PDF-")
    assert warnings == []


def test_a_character_without_a_glyph_is_refused_where_it_is_tried_and_a_box_where_it_is_read(template):
    file = template("#data.text")
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        typesetting.with_warnings(file, {"text": "好\U0001f600"}, "pdf")
    assert typesetting.typeset(file, {"text": "好\U0001f600"}, "pdf").startswith(b"%PDF-")
    assert typesetting.typeset(file, {"text": "好\U0001f600"}, "png").startswith(b"\x89PNG")


def test_a_broken_template_is_an_error(template):
    with pytest.raises(typst.TypstError):
        typesetting.typeset(template("#nothing"), {}, "pdf")


def test_an_icon_is_a_drawing_of_its_own_in_one_colour():
    drawn = typesetting.icon("gift", "#125A8C")
    assert drawn.startswith("<svg xmlns=")
    assert re.search(r'stroke="#125A8C"', drawn)

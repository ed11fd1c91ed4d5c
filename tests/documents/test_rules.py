"""Which file is taken, and what is said when it is not."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing import base
from qinqing.documents import rules, terms
from qinqing.documents.terms import MEGABYTE
from qinqing.ui import figures
from tests.documents import samples


def refusal(call, *arguments):
    with pytest.raises(base.Refused) as refused:
        call(*arguments)
    assert refused.value.field == "files"
    return str(refused.value)


# —— size ——


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (32 * MEGABYTE, "没传上：文件 32 MB，超过 20 MB 上限。可导出为 PDF 再传"),
        (21 * MEGABYTE, "没传上：文件 21 MB，超过 20 MB 上限。可导出为 PDF 再传"),
        (20 * MEGABYTE + 1, "没传上：文件 20.1 MB，超过 20 MB 上限。可导出为 PDF 再传"),
        (0, "没传上：文件是空的。请检查后重新选择"),
    ],
)
def test_a_size_that_is_refused(size, said):
    assert refusal(rules.check_size, size) == said


def test_twenty_megabytes_are_taken():
    rules.check_size(20 * MEGABYTE)
    rules.check_size(1)


@given(st.integers(terms.MAX_BYTES + 1, 2**40))
def test_what_is_over_the_limit_never_reads_as_the_limit(size):
    assert float(figures.megabytes(size)) > 20


def test_nine_files_for_one_statement():
    rules.check_count(8)
    rules.check_count(0, 9)
    assert refusal(rules.check_count, 9) == "没传上：一次最多 9 个附件。可合并成一个 PDF 再传"
    assert refusal(rules.check_count, 1, 9)


# —— kind ——

TAKEN = [
    ("合同.pdf", samples.PDF, "pdf"),
    ("通知.ofd", samples.archive({"OFD.xml": "<x/>", "Doc_0/Document.xml": "<x/>"}), "ofd"),
    ("说明.docx", samples.open_xml("word"), "docx"),
    ("台账.xlsx", samples.open_xml("xl"), "xlsx"),
    ("汇报.pptx", samples.open_xml("ppt"), "pptx"),
    ("说明.doc", samples.ole("Root Entry", "WordDocument"), "doc"),
    ("说明.wps", samples.ole("Root Entry", "WordDocument"), "doc"),
    ("台账.xls", samples.ole("Root Entry", "Workbook"), "xls"),
    ("台账.et", samples.ole("Root Entry", "Workbook"), "xls"),
    ("汇报.ppt", samples.ole("Root Entry", "PowerPoint Document"), "ppt"),
    ("汇报.dps", samples.ole("Root Entry", "PowerPoint Document"), "ppt"),
    ("照片.JPG", samples.picture("JPEG"), "jpeg"),
    ("照片.jpeg", samples.picture("JPEG"), "jpeg"),
    ("截图.png", samples.picture("PNG"), "png"),
    ("图.webp", samples.picture("WEBP"), "webp"),
    ("图.gif", samples.picture("GIF"), "gif"),
    ("录音.mp3", samples.MP3_TAGGED, "mp3"),
    ("录音.mp3", samples.MP3_OF_A_RECORDER, "mp3"),
    ("录音.m4a", samples.M4A, "m4a"),
    ("录音.wav", samples.WAV, "wav"),
    ("录音.amr", samples.AMR, "amr"),
]


@pytest.mark.parametrize(("name", "content", "kind"), TAKEN)
def test_what_is_taken_by_its_content(name, content, kind):
    assert rules.check_kind(name, content)[1].key == kind


def test_every_kind_has_a_sample():
    assert {kind for _, _, kind in TAKEN} == terms.KINDS.keys()


REFUSED = [
    ("合同.pdf", samples.EXE, "没传上：“合同.pdf”的内容不是 PDF。请传原文件，或导出为 PDF 再传"),
    ("照片.jpg", samples.HTML, "没传上：“照片.jpg”的内容不是 JPEG 图片。请传原文件，或导出为 PDF 再传"),
    ("照片.jpg", b"<svg onload=alert(1)>", "没传上：“照片.jpg”的内容不是 JPEG 图片。请传原文件，或导出为 PDF 再传"),
    ("说明.docx", samples.archive({"a.txt": "x"}), "没传上：“说明.docx”的内容不是 Word 文档。请传原文件，或导出为 PDF 再传"),
    (
        "说明.doc",
        samples.ole("Root Entry", "安装包"),
        "没传上：“说明.doc”的内容不是 Word 或 WPS 文字文档。请传原文件，或导出为 PDF 再传",
    ),
    ("录音.m4a", samples.VIDEO, "没传上：“录音.m4a”的内容不是 M4A 录音。请传原文件，或导出为 PDF 再传"),
    ("合同.pdf", samples.open_xml("word"), "没传上：“合同.pdf”的内容是 Word 文档。请把扩展名改成 .docx 再传"),
    ("说明.docx", samples.open_xml("xl"), "没传上：“说明.docx”的内容是 Excel 表格。请把扩展名改成 .xlsx 再传"),
    ("照片.png", samples.picture("JPEG"), "没传上：“照片.png”的内容是 JPEG 图片。请把扩展名改成 .jpg 再传"),
    ("安装.exe", samples.EXE, "没传上：不收 .exe 文件。可传 PDF、OFD、Word、Excel、PPT、WPS、图片或录音"),
    ("合同.pdf.exe", samples.PDF, "没传上：不收 .exe 文件。可传 PDF、OFD、Word、Excel、PPT、WPS、图片或录音"),
    ("照片.heic", b"\0\0\0\x20ftypheic" + bytes(40), "没传上：不收 HEIC 照片。请在手机相册里存成 JPEG 再传"),
    ("不知道", b"hello", "没传上：看不出“不知道”是什么文件。可传 PDF、OFD、Word、Excel、PPT、WPS、图片或录音"),
    ("说明.docx", samples.open_xml()[:-30], "没传上：文件打不开，可能不完整。请重新保存后再传"),
    ("说明.docx", samples.ole("Root Entry", "EncryptedPackage"), "没传上：文件加了密码。请去掉打开密码再传"),
]


@pytest.mark.parametrize(("name", "content", "said"), REFUSED)
def test_what_is_refused_and_how(name, content, said):
    assert refusal(rules.check_kind, name, content) == said


MACROS = [
    samples.open_xml("word", types="application/vnd.ms-word.document.macroEnabled.main+xml"),
    samples.open_xml("word", **{"word/vbaProject.bin": b"x"}),
    samples.open_xml("word", types="application/vnd.ms-office.vbaProject".encode("utf-16")),
    samples.open_xml("xl", types="application/vnd.ms-excel.macrosheet+xml"),
    samples.ole("Root Entry", "WordDocument", "Macros", "_VBA_PROJECT"),
    samples.ole("Root Entry", "Workbook", "_VBA_PROJECT_CUR"),
]


@pytest.mark.parametrize("content", MACROS)
def test_macros_are_refused_whatever_the_file_is_called(content):
    said = "没传上：文件带有宏。请另存为不含宏的文档，或导出为 PDF 再传"
    for name in ("说明.docx", "说明.xlsx", "说明.doc", "说明"):
        assert refusal(rules.check_kind, name, content) == said


BOMBS = [
    samples.open_xml(**{"word/media/1.bin": bytes(30 * MEGABYTE)}),
    samples.archive({"[Content_Types].xml": "", **{f"word/{n}": "" for n in range(5_001)}}),
]


@pytest.mark.parametrize("content", BOMBS)
def test_a_zip_bomb_is_refused_before_anything_is_unpacked(content):
    assert len(content) < MEGABYTE
    assert refusal(rules.check_kind, "说明.docx", content) == "没传上：文件展开后过大，不能安全打开。可导出为 PDF 再传"


def test_a_name_inside_a_text_is_no_stream():
    text = b"\x01" + "_VBA_PROJECT".encode("utf-16-le") + b"\0\0"
    assert rules.identify(samples.ole("Root Entry", "WordDocument") + text).key == "doc"


@given(st.binary(max_size=400))
def test_no_content_breaks_the_rules(content):
    for head in (b"", b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"), b"\xff\xf3", b"\0\0\0\x20ftypM4A "):
        with suppress(base.Refused):
            assert rules.identify(head + content) in {None, *terms.KINDS.values()}


# —— names ——


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/合同.pdf", "合同.pdf"),
        ("C:\\Users\\me\\合同.pdf", "合同.pdf"),
        ("合同\x00\r\n.pdf", "合同.pdf"),
        ("发票\u202efdp.exe", "发票fdp.exe"),
        ("  合同  终稿 .pdf", "合同 终稿.pdf"),
        ("合同.PDF", "合同.pdf"),
        ("👍🏽家庭👨‍👩‍👧.jpg", "👍🏽家庭👨‍👩‍👧.jpg"),
        ("...", ""),
        ("\ud800坏.pdf", "坏.pdf"),
        ("长" * 300 + ".docx", "长" * 115 + ".docx"),
        ("cafe\u0301.pdf", "café.pdf"),
    ],
)
def test_a_name_is_made_fit_to_show(sent, kept):
    assert rules.clean_name(sent) == kept


@given(st.text(max_size=300))
def test_no_name_leaves_its_folder_or_its_line(name):
    clean = rules.clean_name(name)
    assert len(clean) <= terms.MAX_NAME
    assert not set(clean) & set("/\\\r\n\0\u202e\u2066")
    assert clean not in {".", ".."}
    assert rules.clean_name(clean) == clean
    clean.encode()


def test_a_file_without_extension_gets_the_one_of_its_content():
    assert rules.check_kind("照片", samples.picture())[0] == "照片.jpg"
    assert rules.check_kind("/", samples.PDF)[0] == "附件.pdf"

"""A picture keeps its pixels and loses what it tells besides."""

import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from qinqing import base
from qinqing.documents import images, terms
from tests.documents import samples

FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}


def cleaned(content, kind):
    return images.without_metadata(content, terms.KINDS[kind])


@pytest.mark.parametrize(("kind", "name"), FORMATS.items())
def test_a_picture_that_tells_nothing_stays_byte_for_byte(kind, name):
    content = samples.picture(name)
    assert cleaned(content, kind) == content


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_place_and_device_are_gone_and_it_stands_upright(kind):
    content = samples.picture(FORMATS[kind], (40, 20), exif=samples.place_and_device())
    assert b"A phone of somebody" in content
    clean = cleaned(content, kind)
    assert b"phone" not in clean
    picture = samples.opened(clean)
    assert dict(picture.getexif()) == {}
    assert picture.size == (20, 40)
    assert cleaned(clean, kind) == clean


TELLTALES = {
    "a comment": ("jpeg", samples.picture("JPEG", comment=b"secret")),
    "words": ("png", samples.png_with_words()),
    "a comment in a film": ("gif", samples.picture("GIF", frames=3, comment=b"secret")),
    "a description": ("webp", samples.picture("WEBP", xmp=b"<x:secret/>")),
    "a description in a film": ("webp", samples.picture("WEBP", frames=3, xmp=b"<x:secret/>")),
    "a film behind the end": ("jpeg", samples.picture("JPEG") + b"ftypmp42 secret"),
    "something behind the end": ("png", samples.picture("PNG") + b"secret"),
    "bytes behind the container": ("webp", samples.picture("WEBP") + b"secret"),
    "an extension of a program": ("gif", samples.picture("GIF")[:-1] + b"\x21\xff\x0bXMP DataXMP<secret/>\x00;"),
    "a second picture": ("jpeg", samples.picture("MPO", frames=2)),
    "a segment nobody knows": ("jpeg", samples.picture("JPEG")[:2] + b"\xff\xe7\x00\x08secret" + samples.picture("JPEG")[2:]),
}


@pytest.mark.parametrize(("kind", "content"), TELLTALES.values(), ids=TELLTALES.keys())
def test_what_else_a_picture_may_tell_is_gone(kind, content):
    clean = cleaned(content, kind)
    assert clean != content
    assert b"secret" not in clean
    assert samples.opened(clean).format == FORMATS[kind]
    assert cleaned(clean, kind) == clean


@pytest.mark.parametrize(("kind", "name"), [("gif", "GIF"), ("webp", "WEBP"), ("png", "PNG")])
def test_a_film_keeps_its_frames(kind, name):
    more = {"comment": b"x"} if kind == "gif" else {"exif": samples.place_and_device()}
    content = samples.picture(name, frames=4, duration=80, **more)
    assert samples.opened(cleaned(content, kind)).n_frames == samples.opened(content).n_frames == 4


def test_a_jpeg_keeps_its_colours_and_its_quality():
    profile = b"not a profile, but kept as one"
    content = samples.picture("JPEG", (64, 64), quality=85, icc_profile=profile, comment=b"x")
    before, after = samples.opened(content), samples.opened(cleaned(content, "jpeg"))
    assert after.info["icc_profile"] == profile
    assert after.quantization == before.quantization
    assert max(ImageChops.difference(before, after).convert("L").tobytes()) <= 12


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_pictures_from_the_printers(mode):
    content = samples.picture("JPEG", mode=mode, comment=b"x")
    assert samples.opened(cleaned(content, "jpeg")).mode == mode


def flat(size, kind="PNG"):
    out = io.BytesIO()
    Image.new("1", size).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("size", [(8_000, 8_000), (12_000, 9_000), (20_000, 20_000)])
def test_a_picture_that_unpacks_to_too_much_is_refused(size):
    content = flat(size)
    assert len(content) < 100_000
    with pytest.raises(base.Refused, match="图片超过 6000 万像素"):
        cleaned(content, "png")


def test_a_film_counts_all_its_frames(monkeypatch):
    monkeypatch.setattr(terms, "MAX_PIXELS", 4_000)
    assert cleaned(samples.picture("GIF", frames=5), "gif")
    with pytest.raises(base.Refused, match="像素"):
        cleaned(samples.picture("GIF", frames=6), "gif")


WHOLE = {kind: samples.picture(name) + b"x" for kind, name in FORMATS.items()}


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # it says so and reads on; here all warnings are errors
@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_broken_picture_is_refused_with_a_sentence(kind, data):
    content = bytearray(WHOLE[kind])
    for at in data.draw(st.lists(st.integers(8, len(content) - 1), min_size=1, max_size=30)):
        content[at] = data.draw(st.integers(0, 255))
    with suppress(base.Refused):
        assert cleaned(bytes(content[: data.draw(st.integers(8, len(content)))]), kind)

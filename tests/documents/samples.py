"""Files as people send them, and as they should not."""

import io
import zipfile

from PIL import Image, PngImagePlugin

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00" + bytes(56) + b"\x80\0\0\0" + bytes(64) + b"PE\0\0" + bytes(200)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
AMR = b"#!AMR\n" + bytes(64)
WAV = b"RIFF\x24\0\0\0WAVEfmt " + bytes(32)
MP3_TAGGED = b"ID3\x03\0\0\0\0\0\0" + b"\xff\xfb\x90\x64" + bytes(400)
MP3_OF_A_RECORDER = b"\xff\xf3\x48\xc4" + bytes(400)
M4A = b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom" + bytes(64)
VIDEO = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2" + b"\0\0\0\x21hdlr" + bytes(8) + b"vide" + bytes(64)

OFFICE_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def open_xml(folder="word", types=OFFICE_TYPES, **parts):
    """An Office document of today, as small as the rules see it."""
    return archive({"[Content_Types].xml": types, f"{folder}/document.xml": "<x/>", **parts})


def ole(*streams):
    """An Office document of before 2007: a header, then one directory entry of 128 bytes for each stream."""
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in streams)
    return bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + entries


def place_and_device():
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn it clockwise
    exif[0x010F] = "A phone of somebody"
    exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 26.0, 0.0)})
    return exif


def picture(kind="JPEG", size=(40, 20), *, mode="RGB", frames=1, **options):
    """A picture of noise; `frames` makes it move."""
    images = [Image.effect_noise(size, 60 + n).convert(mode) for n in range(frames)]
    out = io.BytesIO()
    more = {"save_all": True, "append_images": images[1:]} if frames > 1 else {}
    images[0].save(out, kind, **more, **options)
    return out.getvalue()


def png_with_words():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Somebody")
    return picture("PNG", pnginfo=words)


def opened(content):
    image = Image.open(io.BytesIO(content))
    image.load()
    return image

"""The logo: what is taken, what is refused, and where it is shown."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from crmsetup import files, logos, pdf
from crmsetup.changes import undo
from crmsetup.models import Implementation, StoredFile
from onboarding import printing
from tests.crmsetup.pictures import picture

PAGE = "/i/fjord/settings/logo/"
UNREADABLE = "Dette er ikke et bilde som kan leses."
TOO_MANY = "Bildet er for stort: høyst 16 millioner piksler."


def _send(client, content: bytes, name: str = "logo.png", kind: str = "image/png"):
    return client.post(PAGE, {"picture": SimpleUploadedFile(name, content, kind)})


def _logo() -> StoredFile | None:
    return Implementation.objects.select_related("logo").get(slug="fjord").logo


def _opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content), formats=["PNG"])


# --- what is taken


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_stored_as_png(kind, administrator_client):
    answer = _send(administrator_client, picture(kind, colour=(10, 90, 112)), f"logo.{kind.lower()}")
    assert answer.headers["Location"] == PAGE
    logo = _logo()
    assert logo.type == "image/png"
    drawn = _opened(bytes(logo.bytes))
    assert (drawn.size, drawn.mode) == ((40, 20), "RGB")
    assert all(abs(got - sent) < 6 for got, sent in zip(drawn.getpixel((5, 5)), (10, 90, 112), strict=True))


@pytest.mark.parametrize(
    ("mode", "colour", "drawn"),
    [
        ("RGBA", (255, 0, 0, 64), (255, 0, 0, 64)),
        ("LA", (128, 10), (128, 128, 128, 10)),
        ("1", 1, (255, 255, 255)),
        ("L", 7, (7, 7, 7)),
        ("I;16", 0x8000, (128, 128, 128)),
    ],
)
def test_transparency_and_shades_are_kept(mode, colour, drawn):
    assert _opened(logos.redrawn(picture(mode=mode, colour=colour))).getpixel((0, 0)) == drawn


def test_a_palette_with_a_transparent_colour_keeps_it():
    sent = Image.new("P", (4, 4), 1)
    sent.putpalette([255, 255, 255, 0, 0, 0])
    target = BytesIO()
    sent.save(target, "PNG", transparency=1)
    assert _opened(logos.redrawn(target.getvalue())).getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("size", "drawn"),
    [((2400, 600), (1200, 300)), ((600, 2400), (300, 1200)), ((10, 5), (10, 5)), ((9000, 1), (1200, 1))],
)
def test_it_is_at_most_1200_pixels_wide_and_high(size, drawn):
    assert _opened(logos.redrawn(picture(size=size))).size == drawn


def test_a_photograph_is_turned_upright_and_loses_what_else_it_holds():
    sent = Image.new("RGB", (40, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "taken at home"
    target = BytesIO()
    sent.save(target, "JPEG", exif=exif, comment=b"my secret")
    drawn = logos.redrawn(target.getvalue())
    assert _opened(drawn).size == (20, 40)
    assert b"taken at home" not in drawn
    assert b"my secret" not in drawn


def test_of_a_moving_picture_the_first_is_taken():
    first, second = Image.new("RGB", (8, 8), (255, 0, 0)), Image.new("RGB", (8, 8), (0, 0, 255))
    target = BytesIO()
    first.save(target, "WEBP", save_all=True, append_images=[second], lossless=True)
    assert _opened(logos.redrawn(target.getvalue())).getpixel((0, 0)) == (255, 0, 0)


# --- what is refused, kindly


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    content = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", content) + _chunk(b"IEND", b"")


HOSTILE = {
    "drawn as SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', UNREADABLE),
    "a page": (b"<html><script>alert(1)</script></html>", UNREADABLE),
    "a GIF": (picture("GIF"), UNREADABLE),
    "a TIFF": (picture("TIFF"), UNREADABLE),
    "a BMP": (picture("BMP"), UNREADABLE),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", UNREADABLE),
    "a PDF": (b"%PDF-1.7\n1 0 obj<<>>endobj", UNREADABLE),
    "noise": (bytes(range(256)) * 40, UNREADABLE),
    "cut short": (picture(size=(400, 400), mode="RGBA", colour=(1, 2, 3, 4))[:-200], UNREADABLE),
    "a head alone": (picture()[:40], UNREADABLE),
    "a JPEG cut short": (picture("JPEG", size=(400, 400))[:400], UNREADABLE),
    "a WebP cut short": (picture("WEBP", size=(400, 400))[:40], UNREADABLE),
    "without pixels": (_bomb(0, 0), UNREADABLE),
    "its sums wrong": (picture().replace(b"IDAT", b"IDAX"), UNREADABLE),
    "just too large": (_bomb(4001, 4000), TOO_MANY),
    "a bomb": (_bomb(20_000, 20_000), TOO_MANY),
    "a great bomb": (_bomb(2**31 - 1, 2**31 - 1), TOO_MANY),
    "many bytes": (picture() + b"\0" * logos.LARGEST, "Filen er for stor: høyst 2 MB."),
    "empty": (b"", "Filen er tom."),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_beside_the_field(what, administrator_client, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    content, message = HOSTILE[what]
    answer = _send(administrator_client, content)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert message in page or ("tom" in message and "tom" in page)
    assert 'id="id_picture_error"' in page
    assert _logo() is None
    assert not StoredFile.objects.filter(implementation__slug="fjord", type__startswith="image/").exists()


def test_no_file_at_all_is_refused(administrator_client):
    answer = administrator_client.post(PAGE, {})
    assert answer.status_code == 422
    assert "Feltet er påkrevet." in answer.content.decode()


def test_a_picture_is_what_it_holds_and_not_what_it_is_called(administrator_client):
    assert _send(administrator_client, picture("JPEG"), "logo.svg", "image/svg+xml").status_code == 302
    assert bytes(_logo().bytes).startswith(b"\x89PNG")


def test_what_hides_behind_a_picture_is_gone():
    hidden = b"<script>alert(1)</script>"
    with_text = picture()[:33] + _chunk(b"tEXt", b"Comment\0" + hidden) + picture()[33:] + hidden
    assert hidden not in logos.redrawn(with_text)


def test_a_text_that_unpacks_to_a_lot_is_refused(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    swollen = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 80_000_000))
    with pytest.raises(ValidationError):
        logos.redrawn(picture()[:33] + swollen + picture()[33:])


# --- where it is shown


@pytest.fixture
def logo(implementation, administrator) -> StoredFile:
    logos.put(implementation, by=administrator, picture=logos.redrawn(picture(mode="RGBA", colour=(10, 90, 112, 255))))
    return _logo()


def test_it_is_served_to_members_as_a_picture_and_nothing_else(reader_client, logo):
    answer = reader_client.get(f"/i/fjord/logo/{logo.sha256}.png")
    assert answer.status_code == 200
    assert answer.content == bytes(logo.bytes)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_no_other_file_is_served_there(reader_client, implementation, logo):
    other = files.keep(implementation, b"%PDF-1.7", "application/pdf")
    for digest in (other.sha256, logo.sha256[:12], "%25", "0" * 64):
        assert reader_client.get(f"/i/fjord/logo/{digest}.png").status_code == 404


def test_it_stands_in_the_settings_and_on_its_page(administrator_client, logo):
    for page in ("/i/fjord/settings/", PAGE):
        assert (
            f'src="/i/fjord/logo/{logo.sha256}.png" alt="Logoen til Fjord AS"'
            in administrator_client.get(page).content.decode()
        )


def test_it_is_taken_away_and_comes_back_by_undo(administrator_client, administrator, implementation, logo):
    page = administrator_client.post("/i/fjord/settings/logo/remove/", follow=True).content.decode()
    assert "Logoen er fjernet." in page
    assert _logo() is None
    undo(implementation.changes.order_by("-seq").first(), administrator)
    assert _logo() == logo


def test_a_replaced_logo_comes_back_by_undo(administrator_client, administrator, implementation, logo):
    _send(administrator_client, picture(size=(80, 80)))
    assert _logo() != logo
    undo(implementation.changes.order_by("-seq").first(), administrator)
    assert _logo() == logo


def test_the_same_logo_once_more_changes_nothing(administrator, implementation, logo):
    before = implementation.changes.count()
    logos.put(implementation, by=administrator, picture=bytes(logo.bytes))
    assert implementation.changes.count() == before


@pytest.mark.handout
def test_it_stands_on_the_cover_of_the_handout(implementation, logo):
    from pypdf import PdfReader

    implementation.refresh_from_db()
    cover = PdfReader(BytesIO(printing.preparation_pdf(implementation, "nb"))).pages[0]
    assert [image.image.size for image in cover.images] == [(40, 20)]


def test_a_handout_shows_no_picture_of_another_company(other_implementation, implementation, logo):
    address = f"project:/file/{logo.sha256}"
    assert pdf.own_picture(address, implementation)[1] == "image/png"
    plain = files.keep(implementation, b"secret", "text/plain")
    for url, whose in (
        (address, other_implementation),
        (address, None),
        (f"project:/file/{plain.sha256}", implementation),
    ):
        with pytest.raises(pdf.ForeignFile):
            pdf.own_picture(url, whose)

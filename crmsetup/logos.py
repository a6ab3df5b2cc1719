"""The logo of an implementation: a picture that somebody sends, drawn anew as PNG, so that nothing else in it stays.

What is sent is a stranger's file: its kind is read from its content, its size from its head before anything is
unpacked.
"""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from crmsetup import files
from crmsetup.changes import change
from crmsetup.models import Implementation, StoredFile, User

PNG = "image/png"
FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST = 2 * 1024 * 1024  # bytes
MOST_PIXELS = 16_000_000
WIDEST = 1200  # pixels, and as many high


def redrawn(sent: bytes) -> bytes:
    """The picture as PNG, at most 1,200 pixels wide and high, its transparency kept. Raises ValidationError."""
    if len(sent) > LARGEST:
        raise ValidationError(_("The file is too large: at most 2 MB."))
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, once imported, lets damaged pictures pass everywhere
    try:
        with Image.open(BytesIO(sent), formats=FORMATS) as picture:
            if picture.width * picture.height <= MOST_PIXELS:
                return _as_png(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        pass
    except Exception as error:  # a decoder stumbles over a damaged file in any way there is
        raise ValidationError(
            _("This is not a picture that can be read. Send a PNG, JPEG or WebP file that is whole.")
        ) from error
    raise ValidationError(_("The picture is too large: at most 16 million pixels."))


def _as_png(picture: Image.Image) -> bytes:
    upright: Image.Image = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I"):  # 16 bits of grey, which would turn white
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    drawn = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    drawn.thumbnail((WIDEST, WIDEST))
    drawn.info = {}
    target = BytesIO()
    drawn.save(target, "PNG", optimize=True)
    return target.getvalue()


def put(implementation: Implementation, *, by: User, picture: bytes) -> None:
    """Makes a picture, as `redrawn` gives it, the logo."""
    with change(implementation, by, "implementation.logo-set", implementation=implementation.name) as c:
        c.update(implementation, logo=files.keep(implementation, picture, PNG))


def remove(implementation: Implementation, *, by: User) -> None:
    """Takes the logo away; the file stays, for who takes this back."""
    with change(implementation, by, "implementation.logo-removed", implementation=implementation.name) as c:
        c.update(implementation, logo=None)


def digest(implementation: Implementation) -> str:
    """The SHA-256 of the logo; empty where there is none."""
    if implementation.logo_id is None:
        return ""
    return StoredFile.objects.values_list("sha256", flat=True).get(pk=implementation.logo_id)

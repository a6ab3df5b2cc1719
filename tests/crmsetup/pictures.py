"""Pictures that people send, made as they are asked for."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", colour: object = 0) -> bytes:
    """A picture of one colour in a format of Pillow's."""
    target = BytesIO()
    Image.new(mode, size, colour).save(target, kind)
    return target.getvalue()


class Sent(SimpleUploadedFile):
    """A file that can be sent again and again."""

    def read(self, *size: int) -> bytes:
        self.seek(0)
        return super().read(*size)

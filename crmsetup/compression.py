"""Pages are compressed on their way out."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPages(GZipMiddleware):
    """Django's compression (which pads by chance, so that lengths betray nothing), for text alone: a PDF is dense."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith("text/"):
            return response
        return super().process_response(request, response)

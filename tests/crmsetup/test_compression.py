"""Pages are compressed for those who ask; what is dense already is left alone."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from crmsetup.compression import CompressPages

LONG = b"Bransje 00001 " * 500


def compressed(answer: HttpResponse, asked: str = "gzip, br"):
    request = RequestFactory(headers={"Accept-Encoding": asked}).get("/")
    return CompressPages(lambda request: answer)(request)


def test_a_page_is_compressed():
    answer = compressed(HttpResponse(LONG))
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == LONG
    assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.parametrize(
    ("answer", "asked"),
    [(HttpResponse(LONG, content_type="application/pdf"), "gzip"), (HttpResponse(LONG), "identity")],
)
def test_anything_else_goes_out_as_it_is(answer, asked):
    assert "Content-Encoding" not in compressed(answer, asked)
    assert answer.content == LONG


def test_lengths_betray_nothing():
    assert len({len(compressed(HttpResponse(LONG)).content) for _turn in range(20)}) > 1


def test_every_page_goes_through_it(administrator_client):
    page = administrator_client.get("/i/fjord/", headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"

"""The check of templates sees what it has to see."""

import pytest

from tests.gates.templates import faults


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('<p style="color: red">', "a style attribute"),
        ("<style>p {}</style>", "an inline style sheet"),
        ("<script>go()</script>", "an inline script"),
        ('<button onclick="go()">', "an inline event handler"),
        ('<button hx-on:click="go()">', "hx-on, which is an inline event handler"),
        ('<a href="javascript:go()">', "a javascript: address"),
        ("{{ text|safe }}", "text that is not escaped"),
        ("{% autoescape off %}", "text that is not escaped"),
        ("{% blocktranslate %}Hi{% endblocktranslate %}", "blocktranslate without trimmed"),
        ("<p>Hello {{ name }}</p>", "a text that is not translated: Hello"),
        ('<img alt="A house">', "a text that is not translated: house"),
    ],
)
def test_a_fault_is_told(source, reason):
    assert list(faults(f"<main>\n{source}</main>")) == [(2, reason)]


def test_what_is_right_has_no_faults():
    source = """{% load i18n %}{# a remark #}{% comment %}another{% endcomment %}
<script type="module" src="{% static 'js/a.js' %}"></script>
<a href="{% url 'a' %}" title="{% translate "Go there" %}" class="on">{% translate "Hello" %} ({{ n }}) · crmsetup</a>
{% blocktranslate trimmed with n=name %}Hello {{ n }}{% endblocktranslate %}"""
    assert list(faults(source)) == []

"""A guide is on only while it has two statuses in use."""

from crmsetup.changes import Recorder


def switch_off_short_guides(c: Recorder) -> None:
    """At the end of every change: guides that are left with too few statuses switch themselves off, with a word."""

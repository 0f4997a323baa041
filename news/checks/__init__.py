"""What is looked at before a text is submitted for approval.

Pure: a document of `news.drafting` goes in, findings come out. Each check states why
it stops a text or only warns. A stop is for what harms somebody once it is public, or
is wrong for certain; a false alarm costs the trust in all the others.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from news.checks import (
    attachments,
    days,
    filing,
    links,
    marks,
    pictures,
    privacy,
    replies,
    wording,
)
from news.checks.findings import Finding, Level, masked
from news.checks.manuscript import Standing, read

__all__ = ["Finding", "Level", "Standing", "check"]

AT_MOST = 5  # findings of one kind: more would hide the others

CHECKS = (
    *(wording.lead, wording.title, pictures.cover, pictures.body),
    *(attachments.present, attachments.named),
    *(filing.author, filing.source, filing.series),
    *(replies.replied, replies.replier),
    *(days.calendar, days.event),
    *(privacy.identity, privacy.phones, privacy.mail),
    *(links.insecure, links.shortened, links.empty),
    *(wording.repeated, wording.doubled, wording.placeholders, marks.unclosed),
)


def check(
    document: dict,
    today: date | None = None,
    gone: Collection[str] = (),
    reply: Standing = Standing.FREE,
) -> tuple[Finding, ...]:
    """Return what is to be looked at in a document, stops first.

    Missing keys read as empty. Never fails; takes time linear in the text. `today` is
    by default the day it is, in UTC: it only tells a date years ahead. `gone` holds the
    digests of attachments whose files are not there, `reply` what is known of the
    article that the document replies to.
    """
    manuscript = read(document, today or datetime.now(UTC).date(), gone, reply)
    found = dict.fromkeys(
        replace(finding, message=masked(finding.message))
        for each in CHECKS
        for finding in each(manuscript)
    )
    return tuple(
        sorted(_few_of_each(found), key=lambda finding: finding.level != Level.STOP)
    )


def _few_of_each(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Keep the first of each kind, the last of them saying how many there are more."""
    kinds: dict[tuple[str, Level], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault((finding.code, finding.level), []).append(finding)
    for kind in kinds.values():
        *kept, last = kind[:AT_MOST]
        more = len(kind) - AT_MOST
        if more > 0:
            message = f"{last.message} Ada {more} lagi yang serupa."
            last = replace(last, message=message)
        yield from (*kept, last)

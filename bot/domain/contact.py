"""Phone numbers and e-mail addresses as people write them."""

import re

from bot.domain.errors import DomainError
from bot.domain.text import one_line

_PHONE = re.compile(r"\+?[\d\s()./–-]+")
_DIGITS_MIN, _DIGITS_MAX = 7, 15  # the longest is E.164's
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")
_EMAIL_MAX = 254  # RFC 5321


class BadPhone(DomainError):
    """What was written is no phone number."""


class BadEmail(DomainError):
    """What was written is no e-mail address."""


def phone_from(text: str) -> str:
    """A phone number as it was written, on one line. Raises BadPhone."""
    phone = one_line(text)
    digits = sum(char.isdigit() for char in phone)
    if not _PHONE.fullmatch(phone) or not _DIGITS_MIN <= digits <= _DIGITS_MAX:
        raise BadPhone
    return phone


def email_from(text: str) -> str:
    """An e-mail address, `mailto:` left out. Raises BadEmail."""
    email = one_line(text).removeprefix("mailto:")
    if len(email) > _EMAIL_MAX or not _EMAIL.fullmatch(email) or ".." in email:
        raise BadEmail
    return email

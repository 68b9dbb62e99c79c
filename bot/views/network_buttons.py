"""Buttons of networks: being shown, finding others, asking for contact and answering."""

from typing import ClassVar

from bot.views.press import Press


class ShowMe(Press):
    """«Visa mig för andra aktörer» (1), or no longer (0)."""

    code: ClassVar[str] = "nv"
    on: int


class ShowCircle(Press):
    """Those who follow the same issue, or come to the same edition, a page at a time."""

    code: ClassVar[str] = "nc"
    issue_id: int | None
    edition_id: int | None
    page: int


class ShowFellow(Press):
    """Somebody else, found by an issue, an edition, or an earlier request."""

    code: ClassVar[str] = "nf"
    person_id: int
    issue_id: int | None = None
    edition_id: int | None = None


class ListContacts(Press):
    """Whom the reader has asked or been asked by, a page at a time."""

    code: ClassVar[str] = "ni"
    page: int


class AskContact(Press):
    """«Be om kontakt»."""

    code: ClassVar[str] = "no"
    person_id: int
    issue_id: int | None
    edition_id: int | None


class ToggleShare(Press):
    """Share something, or no longer."""

    code: ClassVar[str] = "nt"
    draft_id: int
    share: str


class SendContact(Press):
    """Send the request."""

    code: ClassVar[str] = "nq"
    once: ClassVar[bool] = True
    draft_id: int


class AcceptContact(Press):
    """«Ja»: what to share back comes next."""

    code: ClassVar[str] = "ny"
    request_id: int


class RefuseContact(Press):
    """«Nej»: nobody hears it."""

    code: ClassVar[str] = "nn"
    once: ClassVar[bool] = True
    request_id: int
    revision: int


class ExchangeContact(Press):
    """Give each what both agreed to."""

    code: ClassVar[str] = "nx"
    once: ClassVar[bool] = True
    draft_id: int


class StopAmbassador(Press):
    """No longer an ambassador for the edition's arena."""

    code: ClassVar[str] = "nb"
    edition_id: int

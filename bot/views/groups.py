"""What is said in groups."""

from bot.views.screen import Button, Screen, T, t


def in_private(link: str) -> Screen:
    """Write to me in private."""
    return Screen([t("start.in_group")], [[Button(t("start.write_in_private"), url=link)]])


def not_here() -> T:
    """The answer to a press in a group."""
    return t("start.not_your_card")

"""The report in chat: the six answers in a message, and what can be done with it."""

from bot.texts import escape
from bot.views.report.six import Six
from bot.views.report.wording import RESULTS, Wording
from bot.views.screen import t


def summary(wording: Wording) -> str:
    """The six answers as a message in HTML, below Telegram's limit."""
    six = Six(wording)
    head = f"<b>{escape(wording.title())}</b>\n{escape(wording.say(t('report.as_of', day=wording.made_on)))}"
    parts = [
        f"<b>{result}. {escape(wording.say(t(f'report.result_{result}')))}</b>\n{escape(' '.join(six.answer(result).sentences))}"
        for result in RESULTS
    ]
    return "\n\n".join([head, *parts])

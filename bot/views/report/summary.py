"""The report in chat: the six answers in one message, each with what coordinators say of it."""

from typing import Final

from bot.domain.text import one_line, shortened, telegram_length
from bot.texts import escape
from bot.views.report.six import Six
from bot.views.report.wording import RESULTS, Wording
from bot.views.screen import t

LIMIT: Final = 4000
"""UTF-16 units of the message, within what Telegram takes."""


def summary(wording: Wording) -> str:
    """The six answers as a message in HTML; comments are cut so that all of them have room."""
    six = Six(wording)
    titles = {n: f"{n}. {wording.say(t(f'report.result_{n}'))}" for n in RESULTS}
    answers = {n: " ".join(six.answer(n).sentences) for n in RESULTS}
    title, as_of, label = wording.title(), wording.say(t("report.as_of", day=wording.made_on)), _label(wording)
    comments = {n: one_line(comment) for n in RESULTS if (comment := wording.report.comment(n))}
    nothing = wording.nothing_yet() or ""
    said = "".join([title, as_of, nothing, *titles.values(), *answers.values(), *(label for _ in comments)])
    room = (LIMIT - telegram_length(said)) // max(len(comments), 1)
    parts = [f"<b>{escape(title)}</b>\n{escape(as_of)}", *([escape(nothing)] if nothing else [])]
    for n in RESULTS:
        lines = [f"<b>{escape(titles[n])}</b>", escape(answers[n])]
        if n in comments:
            lines.append(f"<i>{escape(label)}</i> {escape(shortened(comments[n], room - 10, measure=telegram_length))}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _label(wording: Wording) -> str:
    return wording.say(t("report.comment_label"))

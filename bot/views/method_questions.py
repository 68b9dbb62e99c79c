"""Questions about «Så gjorde vi»: asked under an actor's name, and answered once."""

from bot.domain.methods import QUESTION_MAX
from bot.domain.results.methods import AnsweringQuestion, AskingAuthor, QuestionView
from bot.views import method_buttons as buttons
from bot.views.methods import title
from bot.views.screen import Button, Line, Screen, Words, button, t


def asking(result: AskingAuthor) -> Screen:
    """Ask for the question; who they will see that it comes from is said before."""
    shared = result.shared
    ids = {"method_id": shared.method.id}
    others = [
        [button(t("methods.ask_as", actor=actor.name), buttons.AskMethod(**ids, actor_id=actor.id))]
        for actor in result.others
    ]
    lines: list[Line] = [
        t("methods.ask_about", actor=shared.actor.name, title=title(shared), limit=QUESTION_MAX),
        t("methods.asked_as", actor=shared.actor.name, asker=_asker(result.asker.name if result.asker else None)),
    ]
    return Screen(lines, [*others, [button(t("common.back"), buttons.ShowMethod(**ids))]])


def _asker(name: str | None) -> Words:
    return name if name is not None else t("methods.a_coordinator")


def _quoted(view: QuestionView) -> list[Line]:
    asker = _asker(view.asker.name if view.asker else None)
    return [
        t("methods.question_about", asker=asker, title=title(view.shared)),
        t("methods.quoted", text=view.question.text),
    ]


def _show(view: QuestionView) -> Button:
    return button(t("methods.show"), buttons.ShowMethod(method_id=view.shared.method.id))


def asked(view: QuestionView) -> Screen:
    """To the author's people: somebody asks."""
    answer = button(t("methods.answer"), buttons.AnswerMethod(question_id=view.question.id))
    return Screen(_quoted(view), [[answer], [_show(view)]])


def answering(result: AnsweringQuestion) -> Screen:
    """Ask for the answer."""
    about = result.about
    name = about.shared.actor.name
    asker = _asker(about.asker.name if about.asker else None)
    lines = [*_quoted(about), "", t("methods.write_answer", asker=asker, actor=name, limit=QUESTION_MAX)]
    return Screen(lines, [[button(t("common.back"), buttons.ShowMethod(method_id=about.shared.method.id))]])


def answered(view: QuestionView) -> Screen:
    """To the author's people: what was answered, and by whom when it was somebody else."""
    by = view.answered_by.name if view.answered_by is not None else t("methods.somebody")
    said = t("methods.answered_before", by=by) if view.late else t("methods.answer_sent")
    return Screen([said, "", *_quoted(view), _answer(view)], [[_show(view)]])


def _answer(view: QuestionView) -> Line:
    actor, text = view.shared.actor.name, view.question.answer
    return t("methods.answer_quoted", actor=actor, text=text) if text is not None else None


def told(view: QuestionView) -> Screen:
    """To who asked: the answer, below their own words."""
    lines: list[Line] = [
        t("methods.they_answer", actor=view.shared.actor.name, title=title(view.shared)),
        t("methods.you_asked", text=view.question.text) if view.question.text is not None else None,
        t("methods.answer_quoted", actor=view.shared.actor.name, text=view.question.answer),
    ]
    return Screen(lines, [[_show(view)]])

"""A press that a Telegram app sends again under another number: it has its effect, and its answer, once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import pytest
from telegram import Update

from bot.context import BotContext
from bot.domain.errors import DomainError
from bot.domain.outgoing import Outgoing
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.sandbox.client import Person, Telegram
from bot.transport import Transport
from bot.views.press import Press
from handlers import registry
from handlers.dispatch import Dispatcher, SilentBot
from handlers.routes import Routes
from storage.engine import Database
from tests.schedules.conftest import TOKEN, Bot, Handlers, compose


class Give(Press):
    """Gives away the thing at this revision."""

    code: ClassVar[str] = "zz"
    once: ClassVar[bool] = True
    thing_id: int
    revision: int


class Look(Press):
    """Shows the thing."""

    code: ClassVar[str] = "zy"
    thing_id: int


class NotAllowed(DomainError):
    """It is somebody else's."""

    code = "not_allowed"


class Gift(Handlers):
    """One thing, refused to all until it `may_go`."""

    def __init__(self) -> None:
        super().__init__()
        self.may_go = False
        self.given = self.looked = 0
        routes = Routes(presses={Give: self.give, Look: self.look})
        self.dispatcher = Dispatcher(
            SilentBot(TOKEN, {"id": 1, "is_bot": True, "first_name": "B", "username": "b"}),
            (),
            routes,
            free_text=self.nothing,
            other=self.nothing,
            membership=registry.MEMBERSHIP,
            in_group=registry.IN_GROUP,
        )

    async def give(self, _update: Update, context: BotContext) -> None:
        if not self.may_go:
            raise NotAllowed
        self.given += 1
        context.toast("Given")

    async def look(self, _update: Update, context: BotContext) -> None:
        self.looked += 1
        context.toast("Here")

    async def nothing(self, _update: Update, _context: BotContext) -> None:
        """Say nothing."""

    async def handle(self, update: Mapping[str, Any], work: UnitOfWork, received_at: datetime) -> Any:
        return await self.dispatcher.handle(update, work, received_at)


@pytest.fixture
def gift() -> Gift:
    return Gift()


@pytest.fixture
def bot(database: Database, transport: Transport, gift: Gift) -> Bot:
    return compose(database, transport, handlers=gift)


async def offered(bot: Bot, anna: Person) -> dict[str, Any]:
    keys = [[{"text": press.__class__.__name__, "callback_data": press.pack()}] for press in (give, look)]
    params = {"text": "Yours?", "reply_markup": {"inline_keyboard": keys}}
    await bot.says(Outgoing("call", {"method": "sendMessage", "params": params}, anna.id))
    return await anna.sees("Yours?")


give, look = Give(thing_id=7, revision=3), Look(thing_id=7)


async def again(telegram: Telegram, anna: Person, message: Mapping[str, Any], press: Press, number: int) -> str | None:
    """The press as an app repeats it: all as before, under another number."""
    query = {
        "id": f"{number}",
        "from": {"id": anna.id, "is_bot": False, "first_name": anna.name},
        "chat_instance": "1",
        "message": {"message_id": message["message_id"], "date": 1, "chat": {"id": anna.id, "type": "private"}},
        "data": press.pack(),
    }
    await telegram.inject({"update_id": number, "callback_query": query})

    async def answered() -> list[dict[str, Any]]:
        calls = await telegram.calls("answerCallbackQuery")
        return [call["parameters"] for call in calls if call["parameters"]["callback_query_id"] == f"{number}"]

    found = await telegram.until(answered)
    assert found
    text: str | None = found[0].get("text")
    return text


async def test_a_press_that_comes_again_takes_effect_once_and_is_answered_alike(
    bot: Bot, gift: Gift, telegram: Telegram
) -> None:
    gift.may_go = True
    anna = await telegram.person("Anna")
    async with bot.running():
        await anna.starts()
        message = await offered(bot, anna)
        assert await anna.presses("Give") == "Given"
        assert [await again(telegram, anna, message, give, number) for number in (9001, 9002)] == ["Given"] * 2
    assert gift.given == 1


async def test_a_refused_press_stays_refused_when_it_comes_again(bot: Bot, gift: Gift, telegram: Telegram) -> None:
    anna = await telegram.person("Anna")
    async with bot.running():
        await anna.starts()
        message = await offered(bot, anna)
        refused = await anna.presses("Give")
        gift.may_go = True
        assert await again(telegram, anna, message, give, 9001) == refused
        assert gift.given == 0
        elsewhere = await offered(bot, anna)
        assert await again(telegram, anna, elsewhere, give, 9002) == "Given"
    assert gift.given == 1


async def test_what_may_be_pressed_twice_is_done_twice(bot: Bot, gift: Gift, telegram: Telegram) -> None:
    anna = await telegram.person("Anna")
    async with bot.running():
        await anna.starts()
        await offered(bot, anna)
        assert [await anna.presses("Look") for _ in range(2)] == ["Here", "Here"]
    assert gift.looked == 2


def test_what_changes_something_at_a_revision_is_good_once() -> None:
    asking = {"AskRefusal"}
    revised = {p.__name__ for p in registry.ROUTES.presses if "revision" in p.model_fields}
    once = [p for p in registry.ROUTES.presses if p.once]
    ending_a_draft = {p.__name__ for p in once if "draft_id" in p.model_fields}
    assert revised - asking == {p.__name__ for p in once} - ending_a_draft

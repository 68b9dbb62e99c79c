"""One stored update: parsed, led to its handler, and its answers gathered as outbox rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from telegram import Bot, CallbackQuery, Message, TelegramObject, Update, User
from telegram.ext import BaseHandler, CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters
from telegram.request import BaseRequest

from bot.context import BotContext
from bot.domain.errors import DomainError, NotFound, Outdated
from bot.domain.outgoing import Response
from bot.domain.ports.unit_of_work import UnitOfWork
from bot.services import people
from bot.views import errors
from bot.views.press import UnknownButton, code_of
from handlers.routes import Command, Handler, Routes

# Its guard against changes is asked 220 times for one update, a tenth of all that handling it takes, and nothing here
# changes what came. Both halves go: with either in place each attribute is set by a slow road.
for _guard in ("__setattr__", "__delattr__"):
    delattr(TelegramObject, _guard)


class NoRequest(BaseRequest):
    """Handlers never call the Bot API: whatever is to be sent is a row in the outbox."""

    read_timeout = None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, *_args: Any, **_kwargs: Any) -> tuple[int, bytes]:
        """Refuse."""
        raise RuntimeError("a handler called the Bot API")


class SilentBot(Bot):
    """The bot that updates are parsed with: it knows its name and can do nothing."""

    def __init__(self, token: str, user: Mapping[str, Any]) -> None:
        super().__init__(token, request=NoRequest(), get_updates_request=NoRequest())
        self._bot_user = User.de_json(dict(user), self)


def merged(parts: Iterable[Routes]) -> Routes:
    """Several modules' tables as one. Raises ValueError when two claim the same."""
    whole: dict[str, dict[Any, Any]] = {name: {} for name in Routes.__slots__}
    for part in parts:
        for name, table in whole.items():
            for key, handler in getattr(part, name).items():
                if key in table:
                    raise ValueError(f"{name}: {key} has two handlers")
                table[key] = handler
    return Routes(**whole)


class Dispatcher:
    """Leads updates to handlers by python-telegram-bot's own rules for commands, presses, texts and the rest."""

    def __init__(
        self,
        bot: Bot,
        commands: Sequence[Command],
        routes: Routes,
        *,
        free_text: Handler,
        other: Handler,
        membership: Handler,
        in_group: Handler,
        kept_by_law: frozenset[str] = frozenset(),
    ) -> None:
        self.bot = bot
        self._kept_by_law = kept_by_law
        self.routes = routes
        self._in_group = in_group
        self._free_text = free_text
        self._other = other
        self._presses = {press.code: handler for press, handler in routes.presses.items()}
        if len(self._presses) != len(routes.presses):
            raise ValueError("two buttons have the same code")
        self._commands = {name: command.handler for command in commands for name in command.names}
        self._once = frozenset(press.code for press in routes.presses if press.once)
        messages = filters.UpdateType.MESSAGE
        command_handler: Any = CommandHandler  # our context is none of python-telegram-bot's
        member_handler: Any = ChatMemberHandler  # likewise
        self._handlers: tuple[BaseHandler[Update, Any, Any], ...] = (
            CallbackQueryHandler(self._press),
            command_handler(list(self._commands), self._command, filters=messages),
            MessageHandler(messages & filters.COMMAND, self._unknown_command),
            MessageHandler(messages & filters.TEXT, self._text),
            MessageHandler(messages & ~filters.StatusUpdate.ALL, self._file),
            member_handler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
        )

    async def handle(self, payload: Mapping[str, Any], work: UnitOfWork, received_at: datetime) -> Response:
        """Let one update have its effect; gives the replies, and what answers the press.

        `payload` is the update as Telegram sent it, or one of the bot's own. Anything but a DomainError is passed on.
        """
        if "own" in payload:
            return await self._own(payload, work, received_at)
        update = Update.de_json(dict(payload), self.bot)
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None:
            return Response()
        context = await self._context(update, user, chat.id, work, received_at)
        key = self._operation(update)
        told = await work.inbox.answer_of(key) if key is not None else None
        if told is not None:
            return Response(answers=_answered(update, told))
        for handler in self._handlers:
            check = handler.check_update(update)
            if check is not None and check is not False:
                await self._guarded(handler, check, update, context)
                break
        text = context.answer_text()
        answer = {} if text is None else {"text": text, "show_alert": context.answer.alert}
        if key is not None:
            await work.inbox.use_operation(key, answer)
        return Response(await context.outgoing(), _answered(update, answer))

    def _operation(self, update: Update) -> str | None:
        """What makes a press of a button that is good once the same when it comes under another number."""
        query = update.callback_query
        data = query.data or "" if query else ""
        if query is None or query.message is None or code_of(data) not in self._once or not data.isprintable():
            return None
        return f"{query.message.chat.id}.{query.message.message_id}.{data}"

    async def _context(self, update: Update, user: User, chat_id: int, work: UnitOfWork, now: datetime) -> BotContext:
        person = await people.meet(work, user.id, user.full_name, user.language_code, now=now)
        query, message = update.callback_query, update.effective_message
        context = BotContext(
            work,
            person,
            now,
            chat_id,
            self.bot.username,
            is_private=chat_id == user.id,
            pressed_message_id=message.message_id if query and message else None,
            message_id=message.message_id if message and not query else None,
            kept_by_law=self._kept_by_law,
        )
        if message is not None and context.is_private:
            if query is None and not filters.COMMAND.filter(message):
                context.draft = await work.drafts.awaiting_text(chat_id, person.id)
            await context.seat()  # a refusal, which undoes what comes now, is shown there too
        return context

    async def _guarded(
        self, handler: BaseHandler[Update, Any, Any], check: object, update: Update, context: BotContext
    ) -> None:
        """Run a handler so that a refusal undoes what it wrote and becomes one message."""
        try:
            async with context.work.savepoint():
                if context.is_private or update.my_chat_member:
                    await handler.handle_update(update, None, check, context)  # type: ignore[arg-type]  # no Application: its error handling would hide failures
                else:
                    await self._in_group(update, context)
        except DomainError as error:
            context.forget()
            try:
                await self._refuse(error, context)
            except DomainError as second:  # what was to be offered or shown instead is not the person's, or gone
                context.forget()
                self._say(second, context)

    async def _refuse(self, error: DomainError, context: BotContext) -> None:
        remedy = self.routes.remedies.get(type(error))
        if remedy is not None:
            await remedy(context, error)
            return
        present = (
            self.routes.present.get(str(error.fields.get("what"))) if isinstance(error, Outdated | NotFound) else None
        )
        if present is not None and isinstance(error, Outdated):
            context.toast(errors.outdated())
            await present(context, int(error.fields["id"]))
        else:
            self._say(error, context)

    def _say(self, error: DomainError, context: BotContext) -> None:
        if context.pressed_message_id is not None:
            context.toast(errors.sentence(error), alert=True)
        else:
            context.say(errors.refusal(error))

    async def _press(self, update: Update, context: BotContext) -> None:
        query = update.callback_query
        assert isinstance(query, CallbackQuery)  # noqa: S101  # the handler's filter
        handler = self._presses.get(code_of(query.data or ""))
        if handler is None:
            raise UnknownButton
        context.text = query.data or ""
        await handler(update, context)

    async def _command(self, update: Update, context: BotContext) -> None:
        message = update.message
        assert isinstance(message, Message)  # noqa: S101  # the handler's filter
        name = (message.text or "")[1 : message.entities[0].length].partition("@")[0].lower()
        await self._commands[name](update, context)

    async def _text(self, update: Update, context: BotContext) -> None:
        message = update.message
        assert isinstance(message, Message)  # noqa: S101  # the handler's filter
        context.text = message.text or ""
        handler = self.routes.texts.get(context.draft.kind) if context.draft else None
        await (handler or self._free_text)(update, context)

    async def _unknown_command(self, update: Update, context: BotContext) -> None:
        """A command of no name here is no answer to a dialogue's question."""
        context.text = update.message.text or "" if update.message else ""
        context.draft = await context.work.drafts.awaiting_text(context.chat_id, context.person.id)
        await self._free_text(update, context)

    async def _file(self, update: Update, context: BotContext) -> None:
        handler = self.routes.files.get(context.draft.kind) if context.draft else None
        await (handler or self._other)(update, context)

    async def _own(self, payload: Mapping[str, Any], work: UnitOfWork, now: datetime) -> Response:
        handler = self.routes.own[str(payload["own"])]
        about = payload.get("context") or {}
        person = await work.people.get(int(about["person_id"]))
        context = BotContext(work, person, now, person.user_id, self.bot.username, own=payload)
        await handler(Update(0), context)
        return Response(await context.outgoing())


def _answered(update: Update, answer: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The call that answers an update when it is a press."""
    query = update.callback_query
    return [] if query is None else [("answerCallbackQuery", {"callback_query_id": query.id, **answer})]

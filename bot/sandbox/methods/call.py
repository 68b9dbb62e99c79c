"""One call of a method, read and checked, and what methods share in carrying it out."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import keyboards
from bot.sandbox.chats import Chat
from bot.sandbox.entities import FormattedText, read_text, utf16_length
from bot.sandbox.errors import BadRequest
from bot.sandbox.files import Source
from bot.sandbox.messages import Message, as_reply, for_bot
from bot.sandbox.world import World

MAX_TEXT = 4096
MAX_CAPTION = 1024


@dataclass(slots=True)
class Call:
    """A method's parameters with their right types, and the files that it sends, in order."""

    world: World
    method: str
    parameters: dict[str, Any]
    sources: list[Source] = field(default_factory=list)

    def get(self, name: str, default: Any = None) -> Any:
        """A parameter, or the default."""
        return self.parameters.get(name, default)

    def text(self) -> Message:
        """`text` and `entities` of a message; raises BadRequest when empty or too long."""
        formatted = read_text(self.get("text", ""), self.get("parse_mode"), self.get("entities"))
        if not formatted.text:
            raise BadRequest("message text is empty")
        if utf16_length(formatted.text) > MAX_TEXT:
            raise BadRequest("message is too long")
        content = {"text": formatted.text} | with_entities("entities", formatted)
        if preview := self.get("link_preview_options"):
            content["link_preview_options"] = preview
        return content

    def caption(self, given: dict[str, Any] | None = None) -> Message:
        """`caption` and `caption_entities`, of the call or of one medium in it."""
        given = self.parameters if given is None else given
        formatted = read_text(given.get("caption", ""), given.get("parse_mode"), given.get("caption_entities"))
        if utf16_length(formatted.text) > MAX_CAPTION:
            raise BadRequest("message caption is too long")
        if not formatted.text:
            return {}
        content: Message = {"caption": formatted.text, **with_entities("caption_entities", formatted)}
        if given.get("show_caption_above_media"):
            content["show_caption_above_media"] = True
        return content

    def send(self, content: Message) -> Message:
        """Sends one message to the chat of the call."""
        markup = keyboards.checked(self.get("reply_markup"))
        chat = self.recipient(1)
        common = self.around(chat)
        if markup is not None:
            common["reply_markup"] = markup
        return self.world.messages.from_bot(chat, common | content)

    def recipient(self, cost: int) -> Chat:
        """The chat written to, after limits; raises what Telegram would."""
        chat = self.world.chats.writable(self.get("chat_id"))
        if not self.world.moves.under_way:
            self.world.limits.take(chat.id, cost)
        return chat

    def around(self, chat: Chat) -> Message:
        """What every kind of message can have: what it replies to, and protection."""
        common: Message = {}
        replied = self.replied_to(chat)
        if replied is not None:
            common["reply_to_message"] = as_reply(replied)
        if self.get("protect_content"):
            common["has_protected_content"] = True
        return common

    def replied_to(self, chat: Chat) -> Message | None:
        """The message that is replied to; raises BadRequest when it is not there and has to be."""
        asked = self.get("reply_parameters")
        if asked is None:
            return None
        found = self.world.messages.find(asked.get("chat_id", chat.id), asked["message_id"])
        if found is None and not asked.get("allow_sending_without_reply"):
            raise BadRequest("message to be replied not found")
        return found

    def own_message(self, action: str) -> Message:
        """The bot's message that is to be edited; raises BadRequest when there is none or it cannot be."""
        if (inline_message_id := self.get("inline_message_id")) is not None:
            found = self.world.inline.find(inline_message_id)
            if found is None:
                raise BadRequest("MESSAGE_ID_INVALID")
            return found
        if self.get("chat_id") is None or self.get("message_id") is None:
            raise BadRequest("message identifier is not specified")
        chat = self.world.chats.known(self.get("chat_id"))
        message = self.world.messages.find(chat.id, self.get("message_id"))
        if message is None:
            raise BadRequest(f"message to {action} not found")
        self.world.chats.writable(chat.id)
        if message["from"]["id"] != self.world.bot_id or message != for_bot(message):
            raise BadRequest("message can't be edited")
        return message


def with_entities(name: str, formatted: FormattedText) -> Message:
    """The entities under the name that the message has for them, where there are any."""
    return {name: formatted.entities} if formatted.entities else {}

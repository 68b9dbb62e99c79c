"""What the local Telegram refuses, to the bot and to whoever steers it."""

from typing import Any


class BotApiError(Exception):
    """A refusal in the Bot API's envelope."""

    def __init__(self, error_code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.error_code = error_code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        """The answer as Telegram words it."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.error_code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class BadRequest(BotApiError):
    """400: the request cannot be carried out as it is."""

    def __init__(self, reason: str, parameters: dict[str, Any] | None = None) -> None:
        # Telegram lower-cases the first letter unless it begins a CODE_LIKE_THIS.
        keeps_case = len(reason) > 1 and (reason[1].isupper() or reason[1] == "_")
        super().__init__(400, "Bad Request: " + (reason if keeps_case else reason[:1].lower() + reason[1:]), parameters)


class NotServed(BadRequest):
    """400: the tables know it, the local Telegram does not do it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the local Telegram does not serve {name}")


class Forbidden(BotApiError):
    """403: the person or the chat does not let the bot do this."""

    def __init__(self, reason: str) -> None:
        super().__init__(403, f"Forbidden: {reason}")


class Conflict(BotApiError):
    """409: two ways of fetching updates at once."""

    def __init__(self, reason: str) -> None:
        super().__init__(409, f"Conflict: {reason}")


class TooManyRequests(BotApiError):
    """429: faster than Telegram takes; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


class ControlError(Exception):
    """A refusal of the control interface, with its HTTP status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class StateUnusable(OSError):
    """The state file cannot be opened: in use by another server, read-only, or no state file of ours."""

"""Faults by request: what is to go wrong with the next calls."""

from dataclasses import dataclass, field
from http.client import responses
from typing import Any

from bot.sandbox.errors import BotApiError, ControlError

_SERVERS_OWN = 500


@dataclass
class Fault:
    """What happens to the next `times` calls of a method (`*`: any), the first that fits first.

    `latency` and `hang` are seconds of real time. `lost` carries the call out and closes the connection instead of
    answering, `reset` closes it before anything is done, `hang` answers nothing for so long and then closes it.
    """

    method: str = "*"
    times: int = 1
    answer: dict[str, Any] | None = None
    latency: float = 0.0
    lost: bool = False
    reset: bool = False
    hang: float = 0.0

    def fits(self, method: str) -> bool:
        """Whether it is meant for this method."""
        return self.method in {"*", method} or self.method.lower() == method.lower()

    @property
    def is_ambiguous(self) -> bool:
        """Whether the bot cannot tell if the call was carried out."""
        broken = self.lost or self.reset or self.hang > 0
        return broken or (self.answer is not None and self.answer["error_code"] >= _SERVERS_OWN)

    def refusal(self) -> BotApiError | None:
        """The answer that is to be given instead, if any."""
        if self.answer is None:
            return None
        return BotApiError(**self.answer)

    def as_dict(self) -> dict[str, Any]:
        """What is still waiting to happen."""
        return {name: value for name, value in vars(self).items() if value}


def _answer(asked: Any) -> dict[str, Any]:
    """An answer in Telegram's words where it has none of its own."""
    if not isinstance(asked, dict):
        raise ControlError(400, "an answer is an object")
    code = min(max(int(asked.get("error_code", _SERVERS_OWN)), 400), 599)
    parameters = asked.get("parameters") or {}
    if not isinstance(parameters, dict):
        raise ControlError(400, "parameters of an answer are an object")
    words = responses.get(code, "Fault")
    if "retry_after" in parameters:
        parameters = parameters | {"retry_after": int(parameters["retry_after"])}
        words += f": retry after {parameters['retry_after']}"
    return {"error_code": code, "description": str(asked.get("description", words)), "parameters": parameters}


@dataclass
class Faults:
    """Those that wait to happen. `ambiguous` counts answers after which a bot cannot know what was done."""

    waiting: list[Fault] = field(default_factory=list)
    ambiguous: int = 0

    def add(self, asked: dict[str, Any]) -> Fault:
        """Adds one; raises ControlError for what is no fault."""
        unknown = set(asked) - set(Fault.__dataclass_fields__)
        if unknown:
            raise ControlError(400, f"unknown fields of a fault: {', '.join(sorted(unknown))}")
        try:
            fault = Fault(**{name: value for name, value in asked.items() if value is not None})
            fault.times, fault.latency, fault.hang = int(fault.times), float(fault.latency), float(fault.hang)
            fault.answer = None if fault.answer is None else _answer(fault.answer)
        except (TypeError, ValueError, OverflowError) as error:
            raise ControlError(400, f"not a fault: {error}") from None
        self.waiting.append(fault)
        return fault

    def take(self, method: str) -> Fault | None:
        """The fault for this call, counted down."""
        for fault in self.waiting:
            if fault.fits(method):
                fault.times -= 1
                self.ambiguous += fault.is_ambiguous
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None

"""Greetings, thanks, and what kind of question a sentence is: by rule, in Swedish and English."""

import re
from enum import StrEnum

from bot.domain.matching import fold


class SmallTalk(StrEnum):
    """A word in passing."""

    GREETING = "greeting"
    THANKS = "thanks"


_GREETINGS = (
    r"hej(?:san|hej)?|hej(?: hej)+|halla|tja|tjena(?:re)?|tjo|god (?:morgon|kvall)|goddag|god dag|hallo"
    r"|hello|hi|hey|good (?:morning|afternoon|evening|day)"
)
_THANKS = (
    r"(?:ok(?:ej|ay)? )?(?:tack(?:ar)?|tackar tackar|tusen tack|stort tack|bra tack)(?: sa (?:mycket|hemskt mycket))?"
    r"|tack for (?:hjalpen|svaret|det|infon)|ok(?:ej|ay)?|bra|toppen|perfekt|super|fint|vad bra|da sa|da vet jag"
    r"|(?:many )?thanks(?: a lot| so much)?|thank you(?: so much| very much)?|thx|great|perfect|got it"
)
_PHRASES = ((_GREETINGS, SmallTalk.GREETING), (_THANKS, SmallTalk.THANKS))
_ADDRESSED = r"(?:arenabot|bot|du|dar|pa (?:dig|er)|there)"
_THUMBS = frozenset("👍🙏❤👌🙂😊🥰🎉👏💪✅")
_FACTUAL = re.compile(
    r"^(?:hej\W+)?(?:nar|var|vart|vad|vilka|vilken|vem|hur mycket|hur lange|beratta|when|where|what|which|who|how much|tell)\b"
)
_FREE = re.compile(r"\b(?:ledig\w*|tid(?:en|er|erna)?|fritt|plats\w*|slots?|times?|free|available)\b")


def small_talk(text: str) -> SmallTalk | None:
    """What a text is that says nothing else."""
    signs = [char for char in text if not char.isspace() and char not in "\ufe0f\u200d"]
    if signs and all(char in _THUMBS or "\U0001f3fb" <= char <= "\U0001f3ff" for char in signs):
        return SmallTalk.THANKS
    plain = " ".join(re.findall(r"[a-z0-9]+", fold(text)))
    return next((kind for words, kind in _PHRASES if re.fullmatch(rf"(?:{words})(?: {_ADDRESSED})?", plain)), None)


def is_question(text: str) -> bool:
    """Whether something is asked."""
    return "?" in text


def asks_for_facts(text: str) -> bool:
    """Whether it asks when, where or what: an arena's card answers that, and not whether something can be done."""
    return _FACTUAL.match(fold(text).strip()) is not None


def mentions_times(text: str) -> bool:
    """Whether it speaks of times or what is free."""
    return _FREE.search(fold(text)) is not None

"""What Telegram makes of the name of a file that a bot uploads."""

from pathlib import PurePosixPath
from unicodedata import category

_LONGEST_STEM, _LONGEST_ENDING = 60, 20
_LEFT_OUT = frozenset("<>:\"/\\|?*&`'")
_ACCENT = "Mn"


def kept_name(name: str) -> str:
    """The name cut and cleaned: beyond ASCII letters and digits stay, anything else becomes a space."""
    path = PurePosixPath(name)
    parts = _cleaned(path.stem, _LONGEST_STEM), _cleaned(path.suffix[1:], _LONGEST_ENDING)
    return ".".join(part for part in parts if part) or "file"


def _cleaned(text: str, longest: int) -> str:
    signs = "".join(sign if _stays(sign) else " " for sign in text if category(sign) != _ACCENT)
    return signs.lstrip(" .")[:longest].rstrip(" .")


def _stays(sign: str) -> bool:
    if sign.isascii():
        return sign.isprintable() and sign not in _LEFT_OUT
    return category(sign)[0] in "LN"

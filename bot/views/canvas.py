"""What pictures are drawn with: text, lines and boxes in final pixels, for a phone's width."""

from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bot.domain.frozen import dataclass
from bot.domain.text import one_line

WIDTH = 1080
MARGIN = 36
PAPER, INK, FAINT, LINE = "#fbfaf7", "#1d2733", "#5d6874", "#dcd9d2"
SCALE = 2  # drawn larger and reduced, for smooth edges
_RADIUS = 14
_COLOURS = 96  # of the palette that keeps the file small


@dataclass(frozen=True, slots=True)
class Style:
    """How a box looks. States are told apart without colours too: by outline, hatching and a sign."""

    sign: str
    fill: str
    line: str
    ink: str
    pattern: str = ""  # "/" hatched, "x" crossed, "." dotted
    dashed: bool = False
    width: int = 3


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The one typeface, by size in final pixels."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    data = files("bot").joinpath("fonts", name).read_bytes()
    return ImageFont.truetype(BytesIO(data), size * SCALE)


class Canvas:
    """A drawing in final pixels."""

    def __init__(self, height: int) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def text(
        self, x: float, y: float, text: str, size: int, *, ink: str = INK, bold: bool = False, anchor: str = "lm"
    ) -> None:
        """One line; `anchor` as Pillow has it (left and middle)."""
        self.draw.text((x * SCALE, y * SCALE), text, fill=ink, font=font(size, bold=bold), anchor=anchor)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, ink: str, width: int = 1) -> None:
        """A straight line."""
        self.draw.line([p * SCALE for p in (x1, y1, x2, y2)], fill=ink, width=width * SCALE)

    def plate(self, x: float, y: float, width: float, height: float, style: Style) -> None:
        """A rounded box in the style of its state."""
        w, h, radius = round(width * SCALE), round(height * SCALE), min(_RADIUS, round(height / 3)) * SCALE
        layer = Image.new("RGB", (w, h), style.fill)
        _hatch(ImageDraw.Draw(layer), w, h, style)
        mask = Image.new("L", (w, h), 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, w - 1, h - 1), radius, fill=255)
        corner = (round(x * SCALE), round(y * SCALE))
        self.image.paste(layer, corner, mask)
        right, bottom = corner[0] + w - 1, corner[1] + h - 1
        self.draw.rounded_rectangle((*corner, right, bottom), radius, outline=style.line, width=style.width * SCALE)
        if style.dashed:
            self._open(corner, (right, bottom), radius, style)

    def _open(self, corner: tuple[int, int], end: tuple[int, int], radius: int, style: Style) -> None:
        """Cut gaps into the straight sides of an outline."""
        (left, top), (right, bottom) = corner, end
        dash, thick = 9 * SCALE, style.width * SCALE
        for x in range(left + radius, right - radius - dash, 2 * dash):
            self.draw.rectangle((x, top, x + dash, top + thick - 1), fill=style.fill)
            self.draw.rectangle((x, bottom - thick + 1, x + dash, bottom), fill=style.fill)
        for y in range(top + radius, bottom - radius - dash, 2 * dash):
            self.draw.rectangle((left, y, left + thick - 1, y + dash), fill=style.fill)
            self.draw.rectangle((right - thick + 1, y, right, y + dash), fill=style.fill)

    def png(self) -> bytes:
        """The drawing as a small PNG."""
        # the quick ways of both steps: a seventh of the time, and no larger
        reduced = self.image.reduce(SCALE)
        small = reduced.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        out = BytesIO()
        small.save(out, "PNG")
        return out.getvalue()


def _hatch(draw: ImageDraw.ImageDraw, width: int, height: int, style: Style) -> None:
    step, ink = 14 * SCALE, "#c4c1ba" if style.pattern != "." else "#e0c57a"
    if style.pattern == ".":
        for y in range(step // 2, height, step):
            for x in range(step // 2 + (y // step % 2) * step // 2, width, step):
                draw.ellipse((x, y, x + 2 * SCALE, y + 2 * SCALE), fill=ink)
    if style.pattern in {"/", "x"}:
        for x in range(-height, width, step):
            draw.line((x, height, x + height, 0), fill=ink, width=SCALE)
    if style.pattern == "x":
        for x in range(0, width + height, step):
            draw.line((x - height, 0, x, height), fill="#b3b0a9", width=SCALE)


def wide(text: str, size: int, *, bold: bool = False) -> float:
    """How many pixels a text takes."""
    return font(size, bold=bold).getlength(text) / SCALE


def cut(text: str, size: int, width: float, *, bold: bool = False) -> str:
    """The text on one line, or as much of it as fits with an ellipsis."""
    text = one_line(text)
    if wide(text, size, bold=bold) <= width:
        return text
    while text and wide(text + "…", size, bold=bold) > width:
        text = text[:-1].rstrip()
    return text + "…" if text else ""


def wrap(text: str, size: int, width: float, lines: int) -> list[str]:
    """The text in at most so many lines, broken between words, the last one cut."""
    wrapped: list[str] = []
    words = text.split()
    while words and len(wrapped) < lines - 1:
        taken = 1
        while taken < len(words) and wide(" ".join(words[: taken + 1]), size) <= width:
            taken += 1
        wrapped.append(cut(" ".join(words[:taken]), size, width))
        words = words[taken:]
    return [*wrapped, cut(" ".join(words), size, width)] if words else wrapped

"""The README shows the pictures that are taken, and they can be taken."""

import io
import re

import pytest
from PIL import Image
from playwright.async_api import Browser

from tests.page.pictures import FOLDER, PICTURES, alike, take

README = FOLDER.parents[1] / "README.md"
LARGEST_BYTES = 200_000


def plain(colour: str, width: int = 10) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (width, 10), colour).save(kept, "PNG")
    return kept.getvalue()


def size(picture: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(picture)).size


def test_the_readme_shows_what_is_taken_and_nothing_else() -> None:
    assert set(re.findall(r"docs/pictures/([\w.-]+)", README.read_text(encoding="utf-8"))) == set(PICTURES)
    assert {file.name for file in FOLDER.iterdir()} == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
async def test_each_picture_can_be_taken_anew(browser: Browser, name: str) -> None:
    taken = await take(browser, name)
    assert size(taken) == size((FOLDER / name).read_bytes())
    assert len(taken) < LARGEST_BYTES


def test_pictures_are_alike_when_nobody_can_tell_them_apart() -> None:
    assert alike(plain("#1c7a3e"), plain("#1d7b3f"))
    assert not alike(plain("#1c7a3e"), plain("#3c7a3e"))
    assert not alike(plain("#1c7a3e"), plain("#1c7a3e", 20))

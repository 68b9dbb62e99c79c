"""What is tested only where another's program is installed, and how to get it."""

import shutil
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
AIOGRAM: Final = ROOT / ".venv" / ".peers" / "bin" / "python"
STRANGERS: Final = ROOT / "tests" / "sandbox" / "strangers"


def has_chromium() -> bool:
    """Whether the chat page can be opened in a browser."""
    return shutil.which("chromium") is not None


def has_aiogram() -> bool:
    """Whether aiogram's bot can run."""
    return AIOGRAM.exists()


def has_grammy() -> bool:
    """Whether grammY's bot can run."""
    return shutil.which("node") is not None and (STRANGERS / "node_modules" / "grammy").is_dir()


def has_poppler() -> bool:
    """Whether the report's text can be read as poppler reads it."""
    return shutil.which("pdftotext") is not None


def has_office() -> bool:
    """Whether the report's workbook can be opened in LibreOffice."""
    return shutil.which("soffice") is not None


def sentences() -> list[str]:
    """One for each thing that could not be tested here."""
    known = (
        (has_chromium(), "the chat page in a browser (tests/page); sudo apt install chromium"),
        (has_aiogram(), "aiogram's bot on the local Telegram (tests/sandbox); make test installs aiogram"),
        (
            has_grammy(),
            "grammY's bot on the local Telegram (tests/sandbox); sudo apt install nodejs npm, then make test",
        ),
        (has_poppler(), "the report's text as poppler reads it (tests/report); sudo apt install poppler-utils"),
        (has_office(), "the report's workbook in LibreOffice (tests/report); sudo apt install libreoffice-calc-nogui"),
    )
    return [f"Left out: {what}" for is_there, what in known if not is_there]

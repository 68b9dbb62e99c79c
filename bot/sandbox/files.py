"""Files: kept once, known by ids, fetched by path."""

import asyncio
import io
import json
import mimetypes
import secrets
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import aiohttp
from PIL import Image, UnidentifiedImageError

from bot.sandbox.errors import BadRequest, BotApiError
from bot.sandbox.file_names import kept_name
from bot.sandbox.parsing import Upload
from bot.sandbox.store import packed

if TYPE_CHECKING:
    from bot.sandbox.world import World

Part = dict[str, Any]

MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
_PREVIEW_PIXELS = 320
_MAX_SIDES_PIXELS = 10_000
_MAX_RATIO = 20
_FETCH_SECONDS = 15
_WRONG_FILE = "wrong file identifier/HTTP URL specified"


@dataclass(frozen=True)
class Picture:
    """A picture that was looked into: its size, and a smaller copy where it is large."""

    width: int
    height: int
    preview: bytes | None = None
    preview_size: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Source:
    """A file that is about to be sent: new bytes, or one that is known."""

    upload: Upload | None = None
    picture: Picture | None = None
    known: dict[str, Any] | None = None


class Files:
    """Keeps and finds files."""

    def __init__(self, world: "World") -> None:
        self._world = world

    async def source(self, kind: str, given: Any, uploads: dict[str, Upload], field: str) -> Source:
        """Finds what a parameter means: an upload, `attach://name`, a file_id or an HTTP address."""
        text = given if isinstance(given, str) else ""
        upload = uploads.get(text.removeprefix("attach://") if text.startswith("attach://") else field)
        if upload is None and not text:
            raise BadRequest(f"there is no {kind} in the request")
        if upload is None and text.startswith(("http://", "https://")):
            upload = await _fetched(text)
        if upload is None:
            return Source(known=self._known(kind, text))
        return await looked_into(kind, replace(upload, name=kept_name(upload.name)))

    def _known(self, kind: str, file_id: str) -> dict[str, Any]:
        known = self.find(file_id)
        if known is None:
            raise BadRequest(_WRONG_FILE)
        if known["kind"] != kind:
            raise BadRequest(f"can't use file of type {known['kind'].capitalize()} as {kind.capitalize()}")
        return known

    def find(self, file_id: str) -> dict[str, Any] | None:
        """What is kept of a file: `kind`, `part`, `path`, `size`, `unique_id`."""
        row = self._world.store.row("SELECT json FROM file WHERE id = ?", file_id)
        return json.loads(row[0]) if row else None

    def content(self, path: str) -> tuple[bytes, str] | None:
        """A file's bytes and type by its path."""
        row = self._world.store.row("SELECT bytes FROM content WHERE path = ?", path)
        return (row[0], mimetypes.guess_type(path)[0] or "application/octet-stream") if row else None

    def part(self, kind: str, source: Source, told: dict[str, Any]) -> Part:
        """Keeps the file and returns the part of the message that shows it; `told` is what the bot says of it."""
        shown = self._shown(kind, source, told)
        return shown | {"has_media_spoiler": True} if told.get("has_spoiler") else shown

    def _shown(self, kind: str, source: Source, told: dict[str, Any]) -> Part:
        if source.known is not None:
            return {kind: source.known["part"]} | _for_older_clients(kind, source.known["part"])
        if source.upload is None:
            raise BadRequest(_WRONG_FILE)
        if kind == "photo" and source.picture is not None:
            return {kind: self._photo(source.upload, source.picture)}
        part = self._file(kind, source.upload, source.picture, told)
        return {kind: part} | _for_older_clients(kind, part)

    def _photo(self, upload: Upload, picture: Picture) -> list[dict[str, Any]]:
        copies = [(upload.content, picture.width, picture.height)]
        if picture.preview is not None:
            copies.insert(0, (picture.preview, *picture.preview_size))
        sizes = []
        for content, width, height in copies:
            ids = self._ids("photo", upload.name or "photo.jpg", content)
            sizes.append(
                {"file_id": ids["file_id"], "file_unique_id": ids["unique_id"], "width": width, "height": height}
                | {"file_size": len(content), "_path": ids["path"]}
            )
        return self._keep("photo", sizes)

    def _file(self, kind: str, upload: Upload, picture: Picture | None, told: dict[str, Any]) -> dict[str, Any]:
        ids = self._ids(kind, upload.name, upload.content)
        part: dict[str, Any] = {"file_id": ids["file_id"], "file_unique_id": ids["unique_id"]}
        part |= _described(kind, upload, picture, told)
        part["file_size"] = len(upload.content)
        kept = self._keep(kind, [part | {"_path": ids["path"]}])
        return kept[0]

    def _ids(self, kind: str, name: str, content: bytes) -> dict[str, str]:
        number = self._world.store.next_id("file")
        suffix = PurePosixPath(name).suffix.lower()
        suffix = suffix if suffix[1:].isalnum() and suffix.isascii() else ""
        path = f"{kind}s/file_{number}{suffix or ('.jpg' if kind == 'photo' else '')}"
        self._world.store.execute("INSERT INTO content VALUES (?, ?)", path, content)
        return {
            "path": path,
            "file_id": f"AgAC{secrets.token_urlsafe(36)}",
            "unique_id": f"AQAD{secrets.token_urlsafe(9)}",
        }

    def _keep(self, kind: str, parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        paths = [part.pop("_path") for part in parts]
        whole: Any = parts if kind == "photo" else parts[0]
        for part, path in zip(parts, paths, strict=True):
            kept = {
                "kind": kind,
                "part": whole,
                "path": path,
                "size": part["file_size"],
                "unique_id": part["file_unique_id"],
            }
            self._world.store.execute("INSERT INTO file VALUES (?, ?, ?)", part["file_id"], path, packed(kept))
        return parts


def _for_older_clients(kind: str, part: dict[str, Any]) -> Part:
    """An animation is a document too, for those who know no animations."""
    names = ("file_id", "file_unique_id", "file_name", "mime_type", "file_size")
    return {"document": {name: part[name] for name in names if name in part}} if kind == "animation" else {}


async def looked_into(kind: str, upload: Upload) -> Source:
    """An upload with what its bytes tell; raises in Telegram's words when it is too large or no picture."""
    if kind == "photo" and len(upload.content) > MAX_PHOTO_BYTES:
        raise BadRequest(
            f"file of size {len(upload.content)} bytes is too big for a photo; the maximum size is 10485760 bytes"
        )
    if len(upload.content) > MAX_UPLOAD_BYTES:
        raise BotApiError(413, "Request Entity Too Large")
    if not upload.content:
        raise BadRequest("file must be non-empty")
    if kind in {"photo", "sticker"}:
        return Source(upload, await asyncio.to_thread(_picture, upload.content))
    return Source(upload)


def _picture(content: bytes) -> Picture:
    try:
        with Image.open(io.BytesIO(content)) as image:
            width, height = image.size
            if width + height > _MAX_SIDES_PIXELS or max(width, height) > _MAX_RATIO * min(width, height):
                raise BadRequest("PHOTO_INVALID_DIMENSIONS")
            if max(width, height) <= _PREVIEW_PIXELS:
                image.verify()
                return Picture(width, height)
            preview = image.convert("RGB")
            preview.thumbnail((_PREVIEW_PIXELS, _PREVIEW_PIXELS))
            written = io.BytesIO()
            preview.save(written, "JPEG", quality=80)
            return Picture(width, height, written.getvalue(), preview.size)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise BadRequest("IMAGE_PROCESS_FAILED") from None


def _described(kind: str, upload: Upload, picture: Picture | None, told: dict[str, Any]) -> dict[str, Any]:
    guessed = mimetypes.guess_type(upload.name)[0]
    kind_of_content = guessed or upload.content_type or "application/octet-stream"
    if kind == "sticker":
        width, height = (picture.width, picture.height) if picture else (512, 512)
        return {"type": "regular", "width": width, "height": height, "is_animated": False, "is_video": False}
    if kind == "voice":
        return {"duration": told.get("duration", 0), "mime_type": "audio/ogg"}
    described: dict[str, Any] = {"file_name": upload.name, "mime_type": kind_of_content}
    if kind == "video_note":
        return {"duration": told.get("duration", 0), "length": told.get("length", 240)}
    if kind in {"audio", "video", "animation"}:
        described["duration"] = told.get("duration", 0)
    if kind in {"video", "animation"}:
        described |= {"width": told.get("width", 0), "height": told.get("height", 0)}
    if kind == "audio":
        described |= {name: told[name] for name in ("performer", "title") if name in told}
    return described


async def _fetched(url: str) -> Upload:
    timeout = aiohttp.ClientTimeout(total=_FETCH_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as answer:
            answer.raise_for_status()
            content = await answer.content.read(MAX_DOWNLOAD_BYTES + 1)
            while len(content) <= MAX_DOWNLOAD_BYTES and (more := await answer.content.read(1 << 16)):
                content += more
            kind = answer.content_type
            name = PurePosixPath(answer.url.path).name or "file"
    except (aiohttp.ClientError, TimeoutError, ValueError):
        raise BadRequest("failed to get HTTP URL content") from None
    if len(content) > MAX_DOWNLOAD_BYTES:
        raise BadRequest("failed to get HTTP URL content")
    return Upload(name, kind, content)

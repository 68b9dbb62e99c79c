"""What is shipped: locks, image, package. Nothing here needs a container engine or a network."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[1]
LOCKS: Final = ("requirements.lock", "requirements-dev.lock")
REGISTRY: Final = re.compile(
    r"https?://(?:[\w.-]*pypi[\w.-]*|files\.pythonhosted)|--(?:extra-)?index-url|--find-links[= ]"
)


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, str]:
    """Package → version."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {canonicalize_name(p): v for p, v in re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE)}


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions in order, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


def stages() -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = []
    for word, rest in instructions():
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest))
    return found


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if names.returncode:
        pytest.skip("no git here")
    return [ROOT / name for name in names.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert len(entries) == len(locked(lock)) > 0


@pytest.mark.parametrize(("lock", "extras"), [("requirements.lock", ()), ("requirements-dev.lock", ("dev",))])
def test_a_lock_holds_what_the_project_asks_for(lock: str, extras: tuple[str, ...]) -> None:
    named = project()["project"]
    wanted = [*named["dependencies"], *(line for extra in extras for line in named["optional-dependencies"][extra])]
    versions = locked(lock)
    unmet = [
        line
        for line in wanted
        if not (need := Requirement(line)).specifier.contains(versions.get(canonicalize_name(need.name), "0"))
    ]
    assert unmet == []


def test_the_development_lock_holds_the_runtime_lock() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


def test_no_tracked_file_names_a_package_registry() -> None:
    mine = Path(__file__).resolve()
    named = []
    for path in tracked():
        if path.resolve() == mine:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        named += [f"{path.relative_to(ROOT)}: {found}" for found in REGISTRY.findall(text)]
    assert named == []


def test_the_image_is_built_in_stages_from_the_lock_with_hashes() -> None:
    first, last = stages()
    assert "AS packages" in first[0][1]
    assert [rest for word, rest in first if word == "COPY"] == ["requirements.lock /tmp/requirements.lock"]
    installs = [rest for word, rest in instructions() if "pip install" in rest]
    assert len(installs) == 1
    assert "--require-hashes -r /tmp/requirements.lock" in installs[0]
    assert ("COPY", "--from=packages /opt/venv /opt/venv") in last


def test_the_image_runs_without_root_on_a_read_only_root() -> None:
    last = stages()[-1]
    words = dict(last)
    assert words["USER"] == "10001:10001"
    assert words["STOPSIGNAL"] == "SIGTERM"
    assert words["VOLUME"] == "/data"
    assert (words["ENTRYPOINT"], words["CMD"]) == ('["python", "-m", "bot"]', '["run"]')
    environment = dict(pair.split("=") for word, rest in last if word == "ENV" for pair in rest.split())
    assert environment["PYTHONDONTWRITEBYTECODE"] == "1"
    assert environment["ARENABOT_DATA_FOLDER"] == words["VOLUME"]
    order = [word for word, _ in last]
    assert order.index("USER") > max(index for index, word in enumerate(order) if word in {"COPY", "RUN"})


def test_what_the_image_copies_exists_and_is_not_ignored() -> None:
    copied = {
        source.rstrip("/")
        for word, rest in instructions()
        if word == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    }
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line.removeprefix("!") for line in lines if line.startswith("!")} == copied
    assert sorted(source for source in copied if not (ROOT / source).exists()) == []


def test_a_wheel_holds_the_packages_with_all_their_data(tmp_path: Path) -> None:
    packages = ("bot", "handlers", "storage", "schedules")
    sources = [path.relative_to(ROOT) for path in tracked() if path.relative_to(ROOT).parts[0] in packages]
    tree = tmp_path / "tree"
    for path in [*sources, Path("pyproject.toml"), Path("LICENSE"), Path("README.md")]:
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_bytes((ROOT / path).read_bytes() if (ROOT / path).exists() else b"")
    build = f"from setuptools.build_meta import build_wheel; build_wheel({str(tmp_path)!r})"
    built = subprocess.run(
        [sys.executable, "-c", build],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        scripts = archive.read(next(name for name in held if name.endswith("entry_points.txt"))).decode()
    assert sorted({path.as_posix() for path in sources} - held) == []
    assert scripts == "[console_scripts]\narenabot = bot.__main__:main\n"

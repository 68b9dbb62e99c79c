"""Whatever is asked is answered in the envelope and as the tables say, and what is refused changes nothing."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.conformity import faults_of
from tests.sandbox.fuzzed import Fuzzed
from tests.sandbox.fuzzing import FACTS, METHODS, NOT_SERVED, Act, Request, requests_to

quick = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def run() -> Iterator[Any]:
    """Runs what is asynchronous, in a loop of its own."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture(scope="module")
def fuzzed(run: Any) -> Iterator[Fuzzed]:
    """One server for all examples, which each begin with a reset."""
    world = Fuzzed()
    run(world.start())
    yield world
    run(world.stop())


@pytest.mark.parametrize("method", METHODS)
def test_any_request_is_answered_in_the_envelope(run: Any, fuzzed: Fuzzed, method: str) -> None:
    done = []

    @settings(quick, max_examples=3)
    @given(st.lists(requests_to(method), min_size=6, max_size=6))
    def try_requests(steps: list[Request]) -> None:
        done.append(run(_try_all(fuzzed, steps)))

    try_requests()
    assert any(done) == (method not in NOT_SERVED), "a method that never succeeds is not tried"


@settings(quick, max_examples=15)
@given(
    st.lists(st.one_of(st.sampled_from(Act), st.sampled_from(METHODS).flatmap(requests_to)), min_size=10, max_size=10)
)
def test_whatever_people_do_meanwhile(run: Any, fuzzed: Fuzzed, steps: list[Request | Act]) -> None:
    run(_try_all(fuzzed, steps))


async def _try_all(fuzzed: Fuzzed, steps: Sequence[Request | Act]) -> int:
    """How many of the requests succeeded."""
    await fuzzed.begin()
    succeeded = 0
    for step in steps:
        if isinstance(step, Act):
            await fuzzed.act(step)
        else:
            succeeded += await _try(fuzzed, step)
    assert faults_of(FACTS, await fuzzed.updates(), ("Array of Update",), "updates") == []
    assert faults_of(FACTS, await fuzzed.messages(), ("Array of Message",), "messages") == []
    return succeeded


async def _try(fuzzed: Fuzzed, request: Request) -> bool:
    before = await fuzzed.telegram.snapshot()
    status, answer = await fuzzed.send(request)
    if answer["ok"]:
        assert (status, set(answer)) == (200, {"ok", "result"})
        assert faults_of(FACTS, answer["result"], FACTS.returns[request.method], request.method) == []
        return True
    assert (400 <= status < 500, answer["error_code"]) == (True, status)
    assert set(answer) - {"parameters"} == {"ok", "error_code", "description"}
    assert (await fuzzed.telegram.snapshot())["tables"] == before["tables"]
    return False

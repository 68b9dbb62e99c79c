import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot import transport as transport_module
from bot.domain.ports.delivery import NotSent, Refused, Uncertain
from bot.transport import Transport
from tests.schedules.conftest import TOKEN


@asynccontextmanager
async def talking(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[Transport]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    transport = Transport(TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}")
    try:
        yield transport
    finally:
        await transport.close()
        await runner.cleanup()


def giving(status: int, body: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=body)

    return answer


async def test_a_result_is_given_as_it_is() -> None:
    async with talking(giving(200, '{"ok": true, "result": [1]}')) as transport:
        assert await transport.call("getMe", {}) == [1]


async def test_a_refusal_keeps_telegrams_words_and_numbers() -> None:
    body = (
        '{"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 7",'
        ' "parameters": {"retry_after": 7, "migrate_to_chat_id": -5}}'
    )
    async with talking(giving(429, body)) as transport:
        with pytest.raises(Refused) as caught:
            await transport.call("sendMessage", {})
    error = caught.value
    assert (error.code, error.description, error.retry_after, error.migrate_to) == (
        429,
        "Too Many Requests: retry after 7",
        7,
        -5,
    )


@pytest.mark.parametrize(("status", "body"), [(502, "<html>"), (500, '{"ok": false}'), (200, "{"), (200, "[]")])
async def test_an_answer_that_says_nothing_is_uncertain(status: int, body: str) -> None:
    async with talking(giving(status, body)) as transport:
        with pytest.raises(Uncertain):
            await transport.call("sendMessage", {})


async def test_a_closed_connection_is_uncertain_and_a_closed_port_is_not_sent() -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async with talking(cut) as transport:
        with pytest.raises(Uncertain):
            await transport.call("sendMessage", {})
    closed = Transport(TOKEN, "http://127.0.0.1:1")
    with pytest.raises(NotSent):
        await closed.call("sendMessage", {})
    await closed.close()


async def test_a_connection_that_is_not_made_in_time_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "CONNECT_SECONDS", 0.2)
    with contextlib.ExitStack() as stack:
        deaf = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):  # nobody accepts them, and then nobody else gets through
            waits = stack.enter_context(socket.socket())
            waits.setblocking(False)
            waits.connect_ex(deaf.getsockname())
        slow = Transport(TOKEN, f"http://127.0.0.1:{deaf.getsockname()[1]}")
        with pytest.raises(NotSent, match="ConnectionTimeoutError"):
            await slow.call("sendMessage", {}, time_limit=5)
        await slow.close()


@pytest.mark.parametrize("base", ["http://127.0.0.1:1", "http://[::1", "http://nowhere.invalid"])
async def test_the_token_is_in_no_exception_and_no_log(base: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    transport = Transport(TOKEN, base)
    with pytest.raises((NotSent, Uncertain)) as caught:
        await transport.call("getMe", {"x": "y"})
    await transport.close()
    secret = TOKEN.partition(":")[2]
    chain = [caught.value, caught.value.__cause__]
    assert [secret in repr(error) for error in chain] == [False, False]
    assert caught.value.__suppress_context__
    assert secret not in caplog.text
    assert secret not in repr(transport)

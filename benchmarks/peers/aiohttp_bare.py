"""A bare aiohttp server as its documentation shows one: a route, the request's JSON, an answer in JSON; it checks and keeps nothing."""

import asyncio
import time

from aiohttp import web

ME = {"id": 1000000001, "is_bot": True, "first_name": "Arenabot", "username": "arenabot_bot"}


async def send_message(request: web.Request) -> web.Response:
    asked = await request.json()
    message = {
        "message_id": 1,
        "from": ME,
        "chat": {"id": asked["chat_id"], "type": "private", "first_name": "P"},
        "date": int(time.time()),
        "text": asked["text"],
    }
    return web.json_response({"ok": True, "result": message})


async def main() -> None:
    app = web.Application()
    app.router.add_post("/bot{token}/sendMessage", send_message)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())

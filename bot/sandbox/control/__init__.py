"""The control interface: JSON over HTTP for the page, tests and demos."""

from bot.sandbox.control.asked import person_fields
from bot.sandbox.control.groups import GroupControl
from bot.sandbox.control.people import PeopleControl
from bot.sandbox.control.seeing import Seeing
from bot.sandbox.control.steering import Steering
from bot.sandbox.routing import Route
from bot.sandbox.world import World

__all__ = ["control_routes", "person_fields"]


def control_routes(world: World) -> list[Route]:
    """Every path under `/control/`."""
    parts = (Seeing(world), PeopleControl(world), GroupControl(world), Steering(world))
    return [route for part in parts for route in part.routes()]

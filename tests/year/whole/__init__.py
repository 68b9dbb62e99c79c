"""A whole year at three arenas, and the summer before it."""

from tests.year.diary import Plan
from tests.year.whole import afterwards, autumn, spring, summer, year_before
from tests.year.whole.setting import SETTING

PLAN = Plan(
    setting=SETTING,
    starts="2026-01-12",
    days=(*year_before.DAYS, *autumn.DAYS, *spring.DAYS, *summer.DAYS, *afterwards.DAYS),
    ends="2027-09-15",
    forgotten=("Desideria", "Anselm", "Petronella"),
    private=("Mer fika", "Kallt i tältet", "farmor"),
    free_lines=("Fler stolar", "Kallt i tältet"),
)

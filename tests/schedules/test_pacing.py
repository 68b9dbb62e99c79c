from bot.domain.outgoing import Delivery, Priority
from bot.pacing import CLIMB_SECONDS, STORM_SECONDS, ChatPace, Pace
from schedules.buffer import CROWD, Buffer
from schedules.flood import FloodGate


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def spent(pace: Pace, time: Time, places: int) -> float:
    start = time.now
    for _ in range(places):
        time.now += pace.wait()
        pace.take()
    return time.now - start


def test_places_come_evenly() -> None:
    time = Time()
    pace = Pace(30, monotonic=time)
    waits = []
    for _ in range(5):
        waits.append(round(pace.wait(), 4))
        time.now += pace.wait()
        pace.take()
    assert waits[1:] == [round(1 / 30 - 0.02, 4), *[round(1 / 30, 4)] * 3]


def test_a_thousand_a_second_is_kept_although_sleeps_are_too_long() -> None:
    time = Time()
    pace = Pace(1000, monotonic=time)
    start = time.now
    for _ in range(1000):
        if pace.wait() > 0:
            time.now += pace.wait() + 0.002
        pace.take()
    assert 0.97 <= time.now - start <= 1.0


def test_no_second_holds_more_than_its_number_after_idleness() -> None:
    time = Time()
    pace = Pace(30, monotonic=time)
    spent(pace, time, 1)
    time.now += 100
    assert spent(pace, time, 31) >= 0.97


def test_a_pause_holds_also_while_the_pace_is_lifted() -> None:
    time = Time()
    pace = Pace(30, monotonic=time)
    pace.lift(100)
    assert spent(pace, time, 1000) == 0
    pace.pause(5)
    assert pace.wait() == 5


def test_one_silence_leaves_the_rate_as_it_is_and_a_storm_halves_it_down_to_one_a_second() -> None:
    time = Time()
    pace = Pace(30, monotonic=time)
    pace.refused(5)
    pace.refused(5)  # those that were in flight say the same
    assert pace.rate == 30
    rates = []
    for _ in range(6):
        time.now += pace.wait()
        pace.refused(5)
        rates.append(pace.rate)
    assert rates == [15, 7.5, 3.75, 1.875, 1, 1]


def test_the_rate_climbs_back_when_nothing_more_is_refused() -> None:
    time = Time()
    pace = Pace(1000, monotonic=time)
    for _ in range(2):
        pace.refused(1)
        time.now += 1
    rates = []
    for _ in range(3):
        rates.append(pace.rate)
        time.now += CLIMB_SECONDS / 4
    assert rates == [500, 750, 1000]
    time.now += STORM_SECONDS
    pace.refused(1)
    assert pace.rate == 1000


def test_a_private_chat_takes_three_at_once_and_then_one_a_second() -> None:
    time = Time()
    pace = ChatPace(3, 20, monotonic=time)
    waits = []
    for _ in range(5):
        waits.append(pace.wait(1))
        time.now += pace.wait(1)
        pace.take(1)
    assert waits == [0, 0, 0, 1, 1]
    assert pace.wait(2) == 0


def test_a_group_takes_twenty_in_any_minute() -> None:
    time = Time()
    pace = ChatPace(3, 20, monotonic=time)
    taken = []
    for _ in range(60):
        time.now += pace.wait(-1)
        pace.take(-1)
        taken.append(time.now)
    assert max(sum(1 for other in taken if at <= other < at + 60) for at in taken) in {19, 20}


def row(row_id: int, chat_id: int, priority: Priority) -> Delivery:
    return Delivery(row_id, "call", {}, chat_id, None, None, priority, 0, 0, uncertain=False, expires_at=None)


def order(buffer: Buffer, places: int) -> list[Priority]:
    chosen = []
    for _ in range(places):
        found, _ = buffer.next((), lambda _: 0)
        assert found is not None
        chosen.append(found.priority)
    return chosen


def test_replies_go_first_and_announcements_keep_a_tenth_of_the_places() -> None:
    buffer = Buffer()
    for number in range(100):
        buffer.add([row(number, number, Priority.REPLY), row(100 + number, 100 + number, Priority.ANNOUNCEMENT)])
    chosen = order(buffer, 50)
    assert chosen[0] == Priority.REPLY
    assert chosen.count(Priority.ANNOUNCEMENT) == 5


def test_notices_go_before_announcements_and_neither_starves() -> None:
    buffer = Buffer()
    for number in range(100):
        buffer.add(row(number * 3 + p, number * 3 + p, p) for p in Priority)
    chosen = order(buffer, 100)
    assert {p: chosen.count(p) for p in Priority} == {
        Priority.REPLY: 81,
        Priority.NOTICE: 9,
        Priority.ANNOUNCEMENT: 10,
    }


def test_a_busy_chat_is_passed_over_and_keeps_its_order() -> None:
    buffer = Buffer()
    buffer.add([row(1, 7, Priority.REPLY), row(2, 7, Priority.REPLY), row(3, 8, Priority.REPLY)])
    found, _ = buffer.next({7}, lambda _: 0)
    assert found is not None
    assert found.id == 3
    assert buffer.next({7}, lambda _: 0) == (None, None)
    found, _ = buffer.next((), lambda _: 0)
    assert found is not None
    assert found.id == 1


def test_a_chat_with_many_rows_counts_as_a_crowd_and_leaves_room_for_others() -> None:
    buffer = Buffer()
    buffer.add(row(number, 7, Priority.REPLY) for number in range(50))
    buffer.add([row(50, 8, Priority.REPLY)])
    assert (buffer.count(Priority.REPLY), buffer.crowded(Priority.REPLY)) == (CROWD + 1, [7])
    withdrawn = buffer.withdraw(lambda r: r.id < 47)
    assert len(withdrawn) == 47
    assert (buffer.count(Priority.REPLY), buffer.crowded(Priority.REPLY)) == (4, [])
    for _ in range(4):
        buffer.next((), lambda _: 0)
    assert (buffer.count(Priority.REPLY), buffer.ids()) == (0, [])


def test_a_chat_that_takes_nothing_yet_is_waited_for() -> None:
    buffer = Buffer()
    buffer.add([row(1, 7, Priority.REPLY), row(2, 8, Priority.NOTICE)])
    assert buffer.next((), lambda chat_id: {7: 0.5, 8: 0.25}[chat_id]) == (None, 0.25)


def test_a_person_may_send_so_many_updates_within_the_time() -> None:
    time = Time()
    gate = FloodGate(3, 10, monotonic=time)
    assert [gate.admits(1) for _ in range(5)] == [True, True, True, False, False]
    assert gate.admits(2)
    time.now += 10
    assert gate.admits(1)


def test_a_person_is_told_once_a_minute() -> None:
    time = Time()
    gate = FloodGate(3, 10, monotonic=time)
    told = []
    for _ in range(4):
        told.append(gate.is_to_be_told(1))
        if told[-1]:
            gate.told(1)
        time.now += 30
    assert told == [True, False, True, False]

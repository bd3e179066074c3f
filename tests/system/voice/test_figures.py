from app.system.voice import figures
from app.system.voice.figures import Echo


def echo(sequence: int, sent: float, up: float, down: float, offset: float = 1000.0) -> Echo:
    return Echo(sequence, sent, sent + up + offset, sent + up + down)


def test_a_steady_line_has_no_jitter() -> None:
    echoes = [echo(number, number * 0.02, 0.03, 0.02) for number in range(100)]
    assert figures.worse_jitter_ms(echoes) is not None
    assert (figures.worse_jitter_ms(echoes) or 0.0) < 1e-6
    assert round(figures.rtt_ms(echoes) or 0, 6) == 50


def test_jitter_is_that_of_rfc_3550() -> None:
    # Transit alternates by 10 ms: |D| is 10 each time and the estimate goes to it.
    pairs = [(number * 0.02, number * 0.02 + 0.03 + 0.01 * (number % 2)) for number in range(400)]
    found = figures.jitter_ms(pairs)
    assert found is not None
    assert 9 < found <= 10
    assert abs((figures.jitter_ms(pairs[:2]) or 0) - 10 / 16) < 1e-9
    assert figures.jitter_ms(pairs[:1]) is None


def test_the_worse_direction_counts() -> None:
    up = [echo(number, number * 0.02, 0.03 + 0.01 * (number % 2), 0.02) for number in range(200)]
    down = [echo(number, number * 0.02, 0.03, 0.02 + 0.01 * (number % 2)) for number in range(200)]
    for echoes in (up, down):
        assert 9 < (figures.worse_jitter_ms(echoes) or 0) <= 10.0001


def test_no_server_clock_falls_back_on_the_round_trip() -> None:
    echoes = [Echo(number, number * 0.02, None, number * 0.02 + 0.05 + 0.004 * (number % 2)) for number in range(100)]
    assert 3 < (figures.worse_jitter_ms(echoes) or 0) <= 4.0001


def test_nothing_measured_is_none() -> None:
    assert figures.worse_jitter_ms([]) is None
    assert figures.rtt_ms([]) is None
    assert figures.p95_ms([]) is None
    assert figures.rate_mbit([]) is None
    assert figures.rate_mbit([(1.0, 100)]) is None
    assert figures.rate_mbit([(1.0, 100), (1.0, 200)]) is None


def test_p95() -> None:
    assert round(figures.p95_ms([Echo(number, 0, None, number / 1000) for number in range(1, 101)]) or 0) == 95
    assert round(figures.p95_ms([Echo(0, 0, None, 0.007)]) or 0) == 7


def test_slow_start_and_the_lonely_tail_are_left_out() -> None:
    ramp = [(number / 10, number * 1000) for number in range(1, 11)]
    steady = [(1 + number / 10, 10_000 + number * 125_000) for number in range(1, 31)]
    tail = [(4 + number, steady[-1][1] + number * 1000) for number in range(1, 5)]
    assert round(figures.rate_mbit([*ramp, *steady, *tail], steady[-1][1]) or 0, 2) == 10


def test_what_the_echoes_took_of_the_line() -> None:
    echoes = [figures.Echo(n, n / 50, None, n / 50 + 0.1) for n in range(101)]
    assert round(figures.echoes_mbit(echoes, 200), 3) == 0.081
    assert round(figures.echoes_mbit(echoes[::2], 200), 3) == 0.041, "half of them lost"
    assert figures.echoes_mbit(echoes[:1], 200) == figures.echoes_mbit([], 200) == 0.0

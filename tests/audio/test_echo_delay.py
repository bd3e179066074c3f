"""The echo's delay through QtMultimedia and a real PulseAudio is the headset's, whatever the PC does meanwhile.

The rig's loop makes a delay of so many milliseconds; the sound server's own buffers add 14 (measured, the same each time). A tolerance
of 15 ms is far below the limits it is judged by (100 and 250).
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.commands.virtual_headset import RATE_HZ, VirtualHeadset
from tests.audio import rig

pytestmark = rig.needs_sound
SERVER_MS, WITHIN_MS = 14.0, 15.0
LOSS_DB, WITHIN_DB = 40.0, 0.5


@pytest.fixture(scope="module")
def sound() -> Iterator[VirtualHeadset]:
    with VirtualHeadset() as headset:
        headset.couple(LOSS_DB)
        headset.speak(rig.floats(rig.noise(-70, 5, RATE_HZ)), again=True)
        yield headset


def echoes(sound: VirtualHeadset, takes: int, begun: Callable[[], None] = lambda: None) -> list[dict[str, Any]]:
    """`begun` is called as each sweep is on its way."""
    command = [sys.executable, "-W", "error", "-m", "tests.audio.echoed", str(takes)]
    found = []
    with subprocess.Popen(command, env={**os.environ, **pulse(sound)}, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        for line in program.stdout:
            told = json.loads(line)
            if told == "begun":
                begun()
            else:
                found.append(told)
    assert program.returncode == 0
    assert len(found) == takes
    return found


def pulse(sound: VirtualHeadset) -> dict[str, str]:
    return {name: value for name, value in sound.environment.items() if name.startswith("PULSE_")}


def right(found: dict[str, Any], loop_ms: int) -> bool:
    return (
        abs((found.get("delay_ms") or 1e3) - loop_ms - SERVER_MS) < WITHIN_MS
        and abs((found.get("coupling_loss_db") or 1e3) - LOSS_DB) < WITHIN_DB
    )


def tried(sound: VirtualHeadset, loop_ms: int, take: Callable[[], dict[str, Any]]) -> list[dict[str, Any]]:
    """Takes until one is right, three at most: on a machine that runs other tests, too, the rig's own loop starves and is late itself."""
    found: list[dict[str, Any]] = []
    while len(found) < 3 and not (found and right(found[-1], loop_ms)):
        sound.lay_anew(loop_ms)
        found.append(take())
    return found


@contextlib.contextmanager
def busy(programs: int) -> Iterator[None]:
    """So many programs that never rest."""
    running = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(programs)]
    try:
        yield
    finally:
        for program in running:
            program.kill()
            program.wait()


@pytest.mark.parametrize("loop_ms", [20, 120])
def test_the_delay_is_what_the_rig_makes(sound: VirtualHeadset, loop_ms: int) -> None:
    found = tried(sound, loop_ms, lambda: echoes(sound, 1)[0])
    assert right(found[-1], loop_ms), found


def test_a_busy_machine_does_not_raise_it(sound: VirtualHeadset) -> None:
    with busy(2):
        found = tried(sound, 20, lambda: echoes(sound, 1)[0])
    assert right(found[-1], 20), found


def test_an_ear_piece_that_starts_late_does_not_raise_it_and_the_sweep_is_whole(sound: VirtualHeadset) -> None:
    def take() -> dict[str, Any]:
        sound.sleep(True)
        wakes = threading.Timer(3.5, sound.sleep, (False,))
        wakes.start()
        try:
            return echoes(sound, 1)[0]
        finally:
            wakes.join()

    found = tried(sound, 20, take)
    assert right(found[-1], 20), found


@pytest.mark.parametrize(("name", "code"), [("USB Headset", "headset.pc_busy"), ("Bluetooth Headset", "headset.dropouts")])
def test_a_sweep_that_is_cut_apart_on_its_way_out_says_nothing_of_the_headset(sound: VirtualHeadset, name: str, code: str) -> None:
    def hold_up() -> None:
        time.sleep(0.6)  # the sweep is half way
        sound.sleep(True)
        time.sleep(0.3)
        sound.sleep(False)

    sound.unplug()
    sound.plug(name)
    try:
        (found,) = echoes(sound, 1, hold_up)
    finally:
        sound.unplug()
        sound.plug()
    assert found["code"] == code, found
    assert found["held_up_ms"] == pytest.approx(300, abs=150)

"""The headset of a demo: a virtual one on a PulseAudio of its own, with somebody who reads aloud when asked; else one in memory.

Where a person sits at the screen, their own headset is used, if the PC has one. All others are said to be virtual in the evidence.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from app.commands.virtual_headset import Feed, VirtualHeadset, missing
from app.core.headset import Form
from app.ui.resources import resource

NAME = "Jabra Evolve2 40 (virtual)"
COUPLING_LOSS_DB = 52.0
ROOM_DBFS = -72.0
"""A room is never digitally silent: a microphone that hears nothing at all is a muted one."""
PROBE_LIMIT_S = 30.0


class Worn:
    """`setting` is what the managed settings say (`virtual_headset`)."""

    def __init__(self, setting: str, headset: VirtualHeadset | None = None, speech: Path | None = None) -> None:
        self.setting = setting
        self._headset, self._speech = headset, speech
        self._feed: Feed | None = None

    def begin_to_speak(self) -> None:
        """Blocking. In memory somebody speaks by themselves."""
        if self._headset is not None and self._speech is not None:
            from app.system.audio.speech import phrase

            spoken = phrase(self._speech)
            self._feed = self._headset.speak(spoken.samples.astype("<f4").tobytes(), spoken.rate_hz, again=True)

    def be_ready_for_echo(self) -> None:
        """Blocking."""
        if self._headset is not None:
            self._headset.lay_anew()

    def be_silent(self) -> None:
        """Blocking."""
        feed, self._feed = self._feed, None
        if feed is not None:
            feed.stop()


@contextlib.contextmanager
def worn_headset(language: str, somebody_is_there: bool) -> Iterator[Worn]:
    """Programs started meanwhile, and this one, find the virtual headset by the environment."""
    if somebody_is_there:
        yield Worn("" if _has_headset() else "memory")
        return
    if missing():
        print(f"The headset is one in memory ({missing()}).", flush=True)
        yield Worn("memory")
        return
    with VirtualHeadset(plugged=False) as headset, _environment(headset):
        headset.couple(COUPLING_LOSS_DB)
        headset.plug(NAME)
        headset.speak(_room_noise(), again=True)
        yield Worn("system", headset, resource(f"voice/{language}"))


def _room_noise() -> bytes:
    import numpy as np

    return np.random.default_rng(20417).normal(0.0, 10.0 ** (ROOM_DBFS / 20.0), 7 * 48_000).astype("<f4").tobytes()


@contextlib.contextmanager
def _environment(headset: VirtualHeadset) -> Iterator[None]:
    """Only where the sound is: the home of this program stays its own."""
    before = dict(os.environ)
    os.environ.update({name: value for name, value in headset.environment.items() if name.startswith("PULSE_")})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _has_headset() -> bool:
    """Whether this PC has a headset of its own, asked in a process of its own. With its built-in microphone the step would fail."""
    command = [sys.executable, "-m", "app", "doctor", "--only", "headset", "--json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PROBE_LIMIT_S, check=False)
        probe = json.loads(done.stdout)[0]
    except (subprocess.TimeoutExpired, ValueError, LookupError):
        return False
    forms = {probe["facts"].get(name) for name in ("microphone_form", "ear_form")}
    return probe["code"] == "headset.could_not_check" and forms <= {Form.HEADSET, Form.OTHER}  # as far as it goes without a person

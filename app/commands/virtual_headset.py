"""A PulseAudio of its own with a headset made of software, for the demo and for tests: plugged, unplugged, spoken into, listened to.

Nothing of the user's own sound system is touched: private directory, private socket, no default script. What stands where:

    ear piece  « headset »      null sink; what the program plays
    room       « room »         null sink; what the microphones hear (shown as « HDMI Output »)
    microphone « headset_mic »  the room, remapped (Qt hides monitors of sinks)
    built-in   « builtin_mic », « speakers »

A loop from the ear piece to the room is the echo; at rest its volume is nil. It and a second loop, from the room to the speakers,
keep the null sinks awake at a low latency: asleep, they give their first samples after two seconds.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

RATE_HZ = 48_000
_START_LIMIT_S = 10.0
_CALL_LIMIT_S = 10.0
LOOP_MS = 20
_LOOP = "adjust_time=0 source_dont_move=1 sink_dont_move=1"
_ECHO = f"module-loopback source=headset.monitor sink=room {_LOOP}"
_ORPHAN_S = 300
"""PulseAudio ends by itself when nobody has talked to it for so long: after a killed parent nothing is left behind."""


def missing() -> str:
    """Why there can be no virtual headset here; empty where there can."""
    if sys.platform != "linux":
        return "needs Linux"
    lacking = [name for name in ("pulseaudio", "pactl", "pacat", "parec") if shutil.which(name) is None]
    return f"no {', '.join(lacking)}" if lacking else ""


class Feed:
    """Sound on its way into the room. `stop()` cuts it off; `wait()` lets it come to its end."""

    def __init__(self, words: list[str], environment: dict[str, str], data: bytes, again: bool) -> None:
        self._stopped = threading.Event()
        self._program = subprocess.Popen(
            words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._writer = threading.Thread(target=self._write, args=(data, again), daemon=True)
        self._writer.start()

    def _write(self, data: bytes, again: bool) -> None:
        pipe = self._program.stdin
        if pipe is None:
            return
        # A pipe that breaks is `stop`: the player is gone.
        with contextlib.suppress(OSError, ValueError), pipe:
            pipe.write(data)
            while again and not self._stopped.is_set():
                pipe.write(data)

    def wait(self, limit_s: float) -> None:
        """Until the last sample was played. Errors: subprocess.TimeoutExpired."""
        self._program.wait(limit_s)

    def stop(self) -> None:
        self._stopped.set()
        _end(self._program)
        self._writer.join(_CALL_LIMIT_S)


class Ear:
    """A recorder at the ear piece: 32-bit floats, little endian, left and right in turn, 48 kHz."""

    def __init__(self, words: list[str], environment: dict[str, str], path: Path) -> None:
        self.path = path
        self._file = path.open("wb")
        self._program = subprocess.Popen(words, env=environment, stdout=self._file, stderr=subprocess.DEVNULL)

    def listening(self) -> bool:
        """Whether samples have come: from then on nothing is missed."""
        return self.path.stat().st_size > 0

    def stop(self) -> bytes:
        """All that was played since `listen`; again gives the same."""
        _end(self._program)
        self._file.close()
        return self.path.read_bytes()


class VirtualHeadset:
    """A context manager; the headset is plugged in at the start unless `plugged` is false. Every call is blocking and quick."""

    def __init__(self, *, plugged: bool = True) -> None:
        self._plug_at_start = plugged
        self._home: tempfile.TemporaryDirectory[str] | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._modules: list[str] = []
        self._feeds: list[Feed] = []
        self._ears: list[Ear] = []
        self._loss_db: float | None = None
        self.environment: dict[str, str] = {}
        """For programs that shall hear this sound system: `PULSE_SERVER` and a home of its own."""

    def __enter__(self) -> "VirtualHeadset":
        self._home = tempfile.TemporaryDirectory(prefix="marhaba-sound-", ignore_cleanup_errors=True)
        home = Path(self._home.name)
        (home / "pulse").mkdir(mode=0o700)
        self.environment = {
            **os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "XDG_CONFIG_HOME": str(home), "LC_ALL": "C.UTF-8",
            "PULSE_SERVER": f"unix:{home / 'native'}", "PULSE_CONFIG_PATH": str(home), "PULSE_STATE_PATH": str(home),
        }  # fmt: skip
        try:
            self._start(home)
            if self._plug_at_start:
                self.plug()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _start(self, home: Path) -> None:
        null = "module-null-sink rate=48000 channels=2 format=float32le norewinds=1"
        with (home / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [
                    "pulseaudio", "-n", "--daemonize=no", f"--exit-idle-time={_ORPHAN_S}", "--use-pid-file=no", "--realtime=no",
                    "--high-priority=no", "--log-target=stderr", "--disable-shm=yes",
                    "-L", f"module-native-protocol-unix socket={home / 'native'} auth-anonymous=1",
                    "-L", f"{null} sink_name=speakers sink_properties='device.description=Speakers'",
                    "-L", f"{null} sink_name=room sink_properties='device.description=\"HDMI Output\"'",
                    "-L", f"module-loopback source=room.monitor sink=speakers {_LOOP} latency_msec={LOOP_MS}",
                    "-L", "module-remap-source master=room.monitor source_name=builtin_mic "
                    "source_properties='device.description=\"Built-in Microphone\" device.form_factor=internal'",
                ],
                env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip
        ends = time.monotonic() + _START_LIMIT_S
        while not _answers(home / "native"):
            if self._server.poll() is not None or time.monotonic() > ends:
                raise OSError(f"PulseAudio did not start: {(home / 'log').read_text(errors='replace')[-500:]}")
            time.sleep(0.01)
        self.control("set-default-sink", "speakers")
        self.control("set-default-source", "builtin_mic")

    def stop(self) -> None:
        """Ends everything that was started, whatever state it is in; again is harmless."""
        for feed in self._feeds:
            feed.stop()
        for ear in self._ears:
            ear.stop()
        self._feeds.clear()
        self._ears.clear()
        if self._server is not None:
            _end(self._server)
            self._server = None
        if self._home is not None:
            self._home.cleanup()
            self._home = None

    def control(self, *words: str) -> str:
        """What `pactl` says. Errors: subprocess.CalledProcessError, subprocess.TimeoutExpired."""
        done = subprocess.run(
            ["pactl", *words], env=self.environment, capture_output=True, text=True, check=True, timeout=_CALL_LIMIT_S
        )  # fmt: skip
        return done.stdout.strip()

    @property
    def plugged(self) -> bool:
        return bool(self._modules)

    def plug(self, name: str = "USB Headset", *, mic_rate_hz: int = RATE_HZ, bus: str = "usb", default: bool = True) -> None:
        """`bus`: usb, pci (jack) or bluetooth. A Bluetooth hands-free microphone has `mic_rate_hz` 8000."""
        if self.plugged:
            return
        properties = f"device.form_factor=headset device.bus={bus}"
        for module in (
            f"module-null-sink sink_name=headset rate={RATE_HZ} channels=2 format=float32le norewinds=1 "
            f"sink_properties='device.description=\"{name}\" {properties}'",
            f"module-remap-source master=room.monitor source_name=headset_mic rate={mic_rate_hz} "
            f"source_properties='device.description=\"{name} Microphone\" {properties}'",
            f"{_ECHO} latency_msec={LOOP_MS}",
        ):
            self._modules.append(self.control("load-module", *module.split(" ", 1)))
        self.couple(self._loss_db)
        if default:
            self.control("set-default-sink", "headset")
            self.control("set-default-source", "headset_mic")

    def unplug(self) -> None:
        while self._modules:
            self.control("unload-module", self._modules.pop())

    def couple(self, loss_db: float | None) -> None:
        """How much weaker the microphone hears what the ear piece plays. None: not at all."""
        self._loss_db = loss_db
        if self.plugged:
            self.control("set-sink-input-volume", self._loop(), "0" if loss_db is None else _factor(-loss_db))

    def lay_anew(self, latency_ms: int = LOOP_MS) -> None:
        """The loop from the ear piece to the room, so late. One that starved on a busy machine stays late for ever."""
        if self.plugged:
            self.control("unload-module", self._modules.pop())
            self._modules.append(self.control("load-module", *f"{_ECHO} latency_msec={latency_ms}".split(" ", 1)))
            self.couple(self._loss_db)

    def _loop(self) -> str:
        """The number of the loop's stream in the room."""
        owner = self._modules[-1]
        for block in self.control("list", "sink-inputs").split("Sink Input #")[1:]:
            if f"Owner Module: {owner}\n" in block:
                return block.split("\n", 1)[0]
        raise LookupError("the loop from the ear piece to the microphone is gone")

    def speak(self, data: bytes, rate_hz: int = RATE_HZ, *, again: bool = False) -> Feed:
        """Mono 32-bit floats, little endian, into the room: what the microphones hear. `again`: over and over until stopped."""
        words = ["pacat", "--playback", "--raw", "--device=room", "--format=float32le", f"--rate={rate_hz}", "--channels=1"]
        feed = Feed([*words, "--latency-msec=100"], self.environment, data, again)
        self._feeds.append(feed)
        return feed

    def listen(self) -> Ear:
        """From now on, what the ear piece plays. Wait for `listening()` before playing what must not be missed."""
        if self._home is None:
            raise RuntimeError("the virtual headset was not started")
        words = ["parec", "--raw", "--device=headset.monitor", "--format=float32le", f"--rate={RATE_HZ}", "--channels=2"]
        ear = Ear([*words, "--latency-msec=20"], self.environment, Path(self._home.name) / f"ear{len(self._ears)}.raw")
        self._ears.append(ear)
        return ear

    def mute(self, on: bool) -> None:
        """The system's mute of the headset's microphone: digital zeros."""
        self.control("set-source-mute", "headset_mic", "1" if on else "0")

    def level(self, db: float) -> None:
        """The gain of the headset's microphone."""
        self.control("set-source-volume", "headset_mic", _factor(db))

    def stall(self, on: bool) -> None:
        """A microphone that is there and gives nothing."""
        self.control("suspend-source", "headset_mic", "1" if on else "0")

    def sleep(self, on: bool) -> None:
        """An ear piece that is there and takes nothing: what it is given waits."""
        self.control("suspend-sink", "headset", "1" if on else "0")

    @contextlib.contextmanager
    def speaking(self, data: bytes, rate_hz: int = RATE_HZ, *, again: bool = False) -> Iterator[Feed]:
        feed = self.speak(data, rate_hz, again=again)
        try:
            yield feed
        finally:
            feed.stop()
            self._feeds.remove(feed)


def _factor(db: float) -> str:
    """A volume as a linear factor. pactl takes decibels with a sign for a change of what stands."""
    return f"{10.0 ** (db / 20.0):.9f}"


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1.0)
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True


def _end(program: "subprocess.Popen[bytes]") -> None:
    program.terminate()
    try:
        program.wait(2.0)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait(2.0)

"""The words of each act: pure text of where the page stands."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.core.content import Advice
from app.steps.headset.act_view import Shown
from app.steps.headset.acts import Act
from app.ui import i18n

NOTHING_DB = 14.0
"""So far under the quietest good level nobody is speaking yet."""


@dataclass(frozen=True)
class At:
    """Where the page stands. `digits` are known only where the headset is a virtual one that nobody can hear."""

    act: Act
    running: bool = False
    played: bool = False
    side: str = "left"
    missed: bool = False
    left_s: float = 0.0
    done: bool = False
    ready: bool = True
    spoken_dbfs: float | None = None
    quiet_dbfs: float = -36.0
    loud_dbfs: float = -16.0
    digits: tuple[int, ...] = ()
    trouble: Advice | None = None
    told: Advice | None = None


class Wording(QObject):
    """Made once a page; holds nothing."""

    def title(self, at: At) -> str:
        if at.trouble is not None:
            return at.trouble.title
        if at.done and not at.running:
            return self.tr("Your headset is checked")
        return {
            Act.EARS: self.tr("Put your headset on and listen"),
            Act.SILENCE: self.tr("Three seconds of silence"),
            Act.VOICE: self.tr("Speak normally, as with a customer"),
            Act.LISTEN: self.tr("Hear yourself as your customers will"),
            Act.ECHO: self.tr("Last point: no echo for your customers"),
        }[at.act]

    def why(self, at: At) -> str:
        if at.trouble is not None:
            return at.trouble.meaning
        if at.done and not at.running:
            return self.tr("What was measured is kept as figures; what was recorded is erased as you leave this page.")
        stays = self.tr("The recording stays on this PC and is erased at once.")
        return {
            Act.EARS: self.tr("A soft voice says three digits in one ear, then in the other. Set a comfortable volume as you listen."),
            Act.SILENCE: self.tr("We listen to the room, to tell your voice from the noise around it.") + " " + stays,
            Act.VOICE: self.tr("Read the sentence aloud. We measure your microphone, then you hear yourself.") + " " + stays,
            Act.LISTEN: self.tr("Numbers do not say everything: you are the judge of what is heard.") + " " + stays,
            Act.ECHO: self.tr("Your customers must not hear themselves: a short sound tells what the microphone picks up of it."),
        }[at.act]

    def sentence(self) -> str:
        """About ten seconds aloud."""
        return self.tr(
            "“Hello, you are through to customer service, I am listening. Could you please confirm your name and your file number? "
            "Thank you, I am looking into it right now and I stay on the line with you.”"
        )

    def shown(self, at: At) -> Shown:
        if at.trouble is not None:
            first = at.trouble.actions[0]
            return Shown(
                words=f"{first.title}. {first.detail}", state=self.tr("This page notices at once when something changes."), drawing="none"
            )
        if not at.ready:
            return Shown(words=self.tr("Looking for your headset"), state=self.tr("A few seconds"), drawing="none")
        if at.done and not at.running:
            return Shown(words=self.tr("You can be heard, and you hear well. Each point on the side can be redone."), drawing="done")
        return {
            Act.EARS: self._ears, Act.SILENCE: self._silence, Act.VOICE: self._voice, Act.LISTEN: self._listen, Act.ECHO: self._echo,
        }[at.act](at)  # fmt: skip

    def live(self, at: At) -> str:
        """The one line below the bars, and what the bars say to who cannot see them."""
        if not at.running:
            return self.tr("Microphone at rest")
        left = self.tr("%1 s left").replace("%1", i18n.ltr(str(max(1, round(at.left_s + 0.5)))))
        if at.act is Act.VOICE:
            return f"{self._level_words(at)} · {left}"
        if at.act is Act.SILENCE:
            return " · ".join((self.tr("Listening to the room"), left))
        if at.act is Act.ECHO:
            return " · ".join((self.tr("The sound is being played: stay silent"), left))
        return self.tr("Playing")

    def _level_words(self, at: At) -> str:
        level = at.spoken_dbfs
        if level is None or level < at.quiet_dbfs - NOTHING_DB:
            return self.tr("Nothing is heard yet: read the sentence aloud")
        if level < at.quiet_dbfs:
            return self.tr("A little louder, or the microphone closer")
        return self.tr("A little softer") if level > at.loud_dbfs else self.tr("Good level, go on")

    def _ears(self, at: At) -> Shown:
        left = at.side == "left"
        listen = self.tr("Listen on the left") if left else self.tr("Listen on the right")
        if not at.played and not at.running:
            words = self.tr("Three digits will be said in your left ear.") if left else self.tr("Now three digits in your right ear.")
            return Shown(words=words, drawing="left" if left else "right", main=f"▶ {listen}", told=at.told)
        words = (
            self.tr("Which three digits did you hear on the left?") if left else self.tr("Which three digits did you hear on the right?")
        )
        if at.digits:
            told = self.tr("Virtual headset, nobody can hear it. It says: %1")
            state = told.replace("%1", i18n.ltr(" ".join(map(str, at.digits))))
        elif at.running:
            state = self.tr("The voice is speaking")
        else:
            state = self.tr("Not those. Listen to three new ones.") if at.missed else self.tr("Click the keys or type on the keyboard.")
        again = "" if at.running else "↻ " + self.tr("Say other digits")
        return Shown(words=words, state=state, keypad=True, other=again, third=self.tr("I hear nothing"))

    def _silence(self, at: At) -> Shown:
        words = self.tr("Say nothing for three seconds, headset on.")
        if at.running:
            return Shown(words=words, state=self.live(at), meter=True, other=self.tr("Cancel"))
        return Shown(words=words, meter=at.told is None, main=self.tr("Listen to the room"), told=at.told)

    def _voice(self, at: At) -> Shown:
        if at.running:
            return Shown(words=self.sentence(), state=self.live(at), meter=True, other=self.tr("Cancel"))
        record = self.tr("Record again") if at.told is not None else self.tr("Record")
        return Shown(words=self.sentence(), meter=at.told is None, main=f"● {record}", told=at.told)

    def _listen(self, at: At) -> Shown:
        play = "▶ " + self.tr("Listen back")
        if at.running:
            return Shown(words=self.tr("This is how your customers hear you."), state=self.live(at), meter=True, other=self.tr("Cancel"))
        if at.played:
            words = self.tr("Was it clear, from the first word to the last?")
            again = "● " + self.tr("Record again")
            return Shown(words=words, meter=True, main=self.tr("Yes, it is clear"), other=play, third=again)
        words = self.tr("Your voice is measured. Listen to it before going on.")
        return Shown(words=words, meter=True, main=play, third="● " + self.tr("Record again"), told=at.told)

    def _echo(self, at: At) -> Shown:
        words = self.tr("Keep the headset on and say nothing: a sound glides from low to high for two seconds.")
        if at.running:
            return Shown(words=words, state=self.live(at), meter=True, other=self.tr("Cancel"))
        return Shown(words=words, meter=at.told is None, main="▶ " + self.tr("Play the sound"), told=at.told)

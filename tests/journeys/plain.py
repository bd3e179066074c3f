"""The steps that need nothing but a person: what the stories about crashes, offline days and exactly-once are told with.

The others (a line to measure, a voice to hear, a tunnel) take their time and have stories of their own.
"""

from app.steps import catalog

PLAIN = ("welcome", "identity", "guidelines", "ready")


def only_plain_steps() -> None:
    """Make this process a build that has no other step: a journey's step that a build lacks is not shown."""
    catalog.STEPS[:] = [step for step in catalog.STEPS if step in PLAIN]

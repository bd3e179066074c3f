"""Where there is nothing to play a tone on."""


class NullTones:
    async def open(self) -> bool:
        return False

    def play(self, hz: float) -> bool:
        return False

    def close(self) -> None:
        """Nothing is open."""

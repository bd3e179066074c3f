"""A refusal of the signing flow: a code of `contracts.addendum.PROBLEMS`, with what the agent can do about it."""


class Refused(Exception):
    def __init__(self, code: str, detail: str = "", *, retry_after: int | None = None, tries_left: int | None = None) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail
        self.retry_after, self.tries_left = retry_after, tries_left

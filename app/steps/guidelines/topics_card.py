"""« Your topics »: what is done, where one is, what is to come."""

from collections.abc import Sequence

from app.core.content import Topic
from app.ui.widgets import Card, Row, RowList, label


class TopicsCard(Card):
    """One row a topic; marks are ok, warn, chosen (here) or todo, each with a word for who cannot see it; both show the number."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = RowList()
        self.pace = label("", "caption")
        self.body.addWidget(self._rows)
        self.body.addStretch(1)
        self.body.addWidget(self.pace)

    def keep(self, count: int) -> list[Row]:
        """Rows to write on. Eight of them stand beside a topic without a scroll bar: they are set close."""
        return self._rows.kept(count, pad=6)

    def show_topics(self, title: str, topics: Sequence[Topic], marks: dict[str, tuple[str, str]]) -> None:
        """`marks`: topic id to (mark, its word)."""
        self.set_title(title)
        for number, (row, topic) in enumerate(zip(self.keep(len(topics)), topics, strict=True), 1):
            mark, word = marks.get(topic.id, ("todo", ""))
            row.set_texts(topic.title)
            row.set_mark("number" if mark == "todo" else mark, number, name=word)
            row.setAccessibleName(f"{topic.title}: {word}" if word else topic.title)

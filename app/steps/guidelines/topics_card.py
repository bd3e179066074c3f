"""« Your topics »: what is done, where one is, what is to come."""

from collections.abc import Sequence

from app.core.content import Topic
from app.ui.widgets import Card, Row, RowList, label


class TopicsCard(Card):
    """One row a topic; marks are ok, warn, chosen (here) or todo, each with a word for who cannot see it; both show the number."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = RowList()
        self._ids: list[str] = []
        self._marked: dict[str, tuple[str, str]] = {}
        self.pace = label("", "caption")
        self.body.addWidget(self._rows)
        self.body.addStretch(1)
        self.body.addWidget(self.pace)

    def show_topics(self, title: str, topics: Sequence[Topic], marks: dict[str, tuple[str, str]]) -> None:
        """`marks`: topic id to (mark, its word)."""
        self.set_title(title)
        ids = [topic.id for topic in topics]
        if ids != self._ids:
            self._rows.clear()
            self._ids, self._marked = ids, {}
            for _ in topics:
                self._rows.add(Row("number", pad=6))  # eight of them stand beside a topic without a scroll bar
        for number, (row, topic) in enumerate(zip(self._rows.rows, topics, strict=True), 1):
            assert isinstance(row, Row)  # noqa: S101 (narrows for mypy)
            mark, word = marks.get(topic.id, ("todo", ""))
            row.set_texts(topic.title)
            if (mark, word) != self._marked.get(topic.id):
                row.set_mark("number" if mark == "todo" else mark, number, name=word)
                self._marked[topic.id] = mark, word
            row.setAccessibleName(f"{topic.title}: {word}" if word else topic.title)

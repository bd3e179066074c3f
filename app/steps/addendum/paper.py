"""One page of the document at a time, as large as asked for. Drawn by Qt's own thread: the window never waits for it."""

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.ui import theme

ZOOMS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
"""Times the width of the view."""
MAX_SIDE = 5000
"""Pixels: a page is never drawn larger, whatever the zoom and the screen."""
MARGIN = 14
_PAPER = QColor("#FFFFFF")  # paper is white in every theme: it is what is signed
_A4 = (595.0, 842.0)


class Document:
    """A PDF in memory and Qt's renderer for it. What layouts ask of it is read as it is loaded.

    While a page is being drawn, Qt lets whoever asks the PDF for anything wait until it is done.
    """

    def __init__(self) -> None:
        self._buffer = QBuffer()
        self._shapes: list[tuple[float, float]] = []
        self._texts: dict[int, str] = {}
        self.pdf = QPdfDocument()
        self.renderer = QPdfPageRenderer()
        self.renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self.renderer.setDocument(self.pdf)

    def load(self, data: bytes) -> bool:
        """Whether it is a PDF with pages and without a password."""
        self.pdf.close()
        self._texts.clear()
        self._shapes = []
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.pdf.load(self._buffer)
        ready = self.pdf.status() == QPdfDocument.Status.Ready
        self._shapes = [self._shape(number) for number in range(self.pdf.pageCount())] if ready else []
        return bool(self._shapes)

    def _shape(self, number: int) -> tuple[float, float]:
        size = self.pdf.pagePointSize(number)
        return (size.width(), size.height()) if size.width() > 1 and size.height() > 1 else _A4

    @property
    def pages(self) -> int:
        return len(self._shapes)

    def text(self, page: int) -> str:
        """The words of a page (1 is the first), for who cannot see it."""
        if page not in self._texts and 1 <= page <= self.pages:
            self._texts[page] = self.pdf.getAllText(page - 1).text()
        return self._texts.get(page, "")

    def shape(self, page: int) -> tuple[float, float]:
        """Points."""
        return self._shapes[page - 1] if 1 <= page <= self.pages else _A4


class Sheet(QWidget):
    """The page itself: the last picture of it until the sharper one has come."""

    drawn_anew = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._page = 1
        self._image = QImage()
        self._image_page = 0
        self._asked: tuple[int, int, int] | None = None
        document.renderer.pageRendered.connect(self._drawn)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def drawn(self) -> bool:
        """Whether the page on screen is drawn, at the size it has."""
        return self._image_page == self._page and self._asked is None

    def show_page(self, page: int, width: int) -> None:
        wide, tall = self._document.shape(page)
        height = round(width * tall / wide)
        self._page = page
        self.setFixedSize(width, height)
        scale = min(self.devicePixelRatioF(), MAX_SIDE / max(1, width, height))
        wanted = (page, round(width * scale), round(height * scale))
        have = (self._image_page, self._image.width(), self._image.height())
        if wanted not in (self._asked, have) and self._document.pages:
            self._asked = wanted
            self._document.renderer.requestPage(page - 1, QSize(wanted[1], wanted[2]))
        self.update()

    def forget(self) -> None:
        self._image, self._image_page, self._asked = QImage(), 0, None

    def _drawn(self, number: int, size: QSize, image: QImage, *_more: object) -> None:
        if self._asked == (number + 1, size.width(), size.height()):
            self._image, self._image_page, self._asked = image, number + 1, None
            self.update()
            self.drawn_anew.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), _PAPER)
        if self._image_page == self._page and not self._image.isNull():
            painter.drawImage(QRectF(self.rect()), self._image)
        painter.setPen(QPen(theme.current().color("line"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


class Paper(QScrollArea):
    """The page on its ground, with zoom. Emits what the keyboard asks for; whoever owns it turns the pages."""

    next_wanted = Signal()
    previous_wanted = Signal()
    zoomed = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._page = 1
        self._zoom = 0
        self.sheet = Sheet(document)
        self._view, self._ground = QWidget(), QWidget()
        self.setViewport(self._view)  # of our own: asking Qt for its own makes PySide look through every kind of widget (15 ms)
        self._ground.setObjectName("scrolled")
        self.sheet.setParent(self._ground)
        self.setWidget(self._ground)
        self.setProperty("ring", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(220)
        self.setViewportMargins(2, 2, 2, 2)  # the focus ring is drawn there
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def sizeHint(self) -> QSize:
        # The page is as tall as it is; the view takes the room there is.
        return QSize(320, self.minimumHeight())

    @property
    def percent(self) -> int:
        return round(ZOOMS[self._zoom] * 100)

    def can_zoom(self, by: int) -> bool:
        return 0 <= self._zoom + by < len(ZOOMS)

    def zoom(self, by: int) -> None:
        """One step larger or smaller; 0: the whole width."""
        self._zoom = min(len(ZOOMS) - 1, max(0, self._zoom + by)) if by else 0
        self._place()
        self.zoomed.emit()

    def show_page(self, page: int) -> None:
        if page != self._page:
            self.verticalScrollBar().setValue(0)
        self._page = page
        self._place()

    def _place(self) -> None:
        room = max(120, self._view.width() - 2 * MARGIN)
        width = min(round(room * ZOOMS[self._zoom]), MAX_SIDE)
        self.sheet.show_page(self._page, width)
        self._ground.setFixedSize(width + 2 * MARGIN, self.sheet.height() + 2 * MARGIN)
        self.sheet.move(MARGIN, MARGIN)

    def at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.DevicePixelRatioChange):
            self._place()
        super().changeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and (by := _zoom_key(event.key())) is not None:
            self.zoom(by)
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            if self.at_end():
                self.next_wanted.emit()
            else:
                bar.setValue(bar.value() + bar.pageStep())
        elif event.key() == Qt.Key.Key_PageUp:
            if bar.value() == 0:
                self.previous_wanted.emit()
            else:
                bar.setValue(bar.value() - bar.pageStep())
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)


def _zoom_key(key: int) -> int | None:
    if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        return 1
    if key == Qt.Key.Key_Minus:
        return -1
    return 0 if key == Qt.Key.Key_0 else None

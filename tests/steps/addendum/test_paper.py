"""The document behind the page: what is asked of it while it is being drawn must not wait for that."""

from PySide6.QtWidgets import QApplication

from app.steps.addendum.paper import Document
from tests.steps.addendum.fakes import pdf


def test_shapes_and_number_of_pages_are_read_as_it_is_loaded(app: QApplication) -> None:
    document = Document()
    assert (document.pages, document.shape(1)) == (0, (595.0, 842.0))
    assert document.load(pdf())
    pages, shapes = document.pages, [document.shape(page) for page in (1, document.pages)]
    assert pages == document.pdf.pageCount()
    size = document.pdf.pagePointSize(0)
    assert shapes[0] == (size.width(), size.height())
    document.pdf.close()  # from here on the PDF itself has nothing to say
    assert (document.pages, [document.shape(page) for page in (1, pages)]) == (pages, shapes)
    assert document.shape(pages + 1) == document.shape(0) == (595.0, 842.0)


def test_one_that_cannot_be_read_leaves_nothing_of_the_last(app: QApplication) -> None:
    document = Document()
    assert document.load(pdf())
    assert not document.load(pdf()[:200])
    assert document.pages == 0
    assert document.text(1) == ""

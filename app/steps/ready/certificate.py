"""The readiness certificate as a PDF: one A4 sheet, French on the left, Arabic on the right, text that can be read out and copied."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QAbstractEventDispatcher, QBuffer, QEventLoop, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen, QTextDocument

from app.contracts.outcomes import Outcome
from app.ui import fonts
from app.ui.resources import resource

INK, QUIET, BRAND, LINE, SOFT = "#16302E", "#4A615F", "#0E6B63", "#DCE5E3", "#DDF0EC"  # paper is always light
WARN = "#9A5B00"
OUTCOME_INK = {Outcome.PASSED: "#197A47", Outcome.NOT_APPLICABLE: QUIET, Outcome.FAILED: "#B3261E"}
"""What is neither is amber; the word beside it says the same without colour."""
DPI = 300

# The certificate speaks both languages at once, whatever the interface speaks: its words are not translations of the interface.
_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Attestation de mise en route télétravail", "شهادة الجاهزية للعمل عن بعد"),
    "intro": (
        "Le poste de la personne ci-dessous a été vérifié étape par étape et il est prêt à prendre des appels.",
        "تم التحقق من مكان عمل الشخص المذكور أسفله مرحلة بعد مرحلة، وهو جاهز لاستقبال المكالمات.",
    ),
    "name": ("Nom", "الاسم"),
    "employee_id": ("Matricule", "الرقم المهني"),
    "activity": ("Activité", "النشاط"),
    "site": ("Site", "الموقع"),
    "first_call": ("Premier appel", "أول مكالمة"),
    "steps": ("Étapes vérifiées", "المراحل التي تم التحقق منها"),
    "versions": ("Versions", "النسخ"),
    "journey": ("Parcours", "المسار"),
    "notice": ("Notice loi 09-08", "بيان القانون 09.08"),
    "rules": ("Consignes de sécurité", "إرشادات الأمان"),
    "issued": ("Délivrée le", "تاريخ التسليم"),
    "expires": ("Valable jusqu’au", "صالحة إلى غاية"),
    "code": ("Code de vérification", "رمز التحقق"),
    "check": (
        "Donnez ce code au service informatique pour vérifier cette attestation.",
        "أعط هذا الرمز لمصلحة المعلوميات للتحقق من هذه الشهادة.",
    ),
    str(Outcome.PASSED): ("réussie", "ناجحة"),
    str(Outcome.WARNING): ("avec remarque", "مع ملاحظة"),
    str(Outcome.WAIVED): ("dispensée", "معفاة"),
    str(Outcome.NOT_APPLICABLE): ("non concernée", "غير معنية"),
    str(Outcome.FAILED): ("échouée", "فاشلة"),
    str(Outcome.COULD_NOT_CHECK): ("non vérifiée", "تعذر التحقق"),
    "simulated": ("simulation", "محاكاة"),
}


@dataclass(frozen=True)
class StepLine:
    step: str
    outcome: Outcome
    time: str
    simulated: bool = False


@dataclass(frozen=True)
class Printed:
    """All that is on the sheet. Times are RFC 3339."""

    name: str
    employee_id: str
    activity: str
    site: str
    first_call: str
    steps: Sequence[StepLine]
    journey: str
    notice_version: str
    rules_version: str
    rules_sha256: str
    issued: str
    expires: str
    code: str


def file_name(employee_id: str) -> str:
    """A name that every file system takes; what it does not take is left out."""
    plain = "".join(c for c in employee_id if c.isascii() and (c.isalnum() or c in "-_"))
    return f"marhaba-certificate-{plain or 'agent'}.pdf"


def step_title(language: str, step: str) -> str:
    """The step's name from the texts that came with the program (the first heading), or its id."""
    try:
        with resource(f"content/{language}/steps/{step}.md").open(encoding="utf-8") as file:
            return file.readline().removeprefix("# ").strip() or step
    except OSError:
        return step


def render(printed: Printed) -> bytes:
    """The PDF. Draws with Qt, on nothing but its own objects: any thread will do once a QGuiApplication lives."""
    # Long text is laid out by a timer, and a plain thread keeps none until it has had an event loop.
    timers = QEventLoop() if QAbstractEventDispatcher.instance() is None else None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(f"{_WORDS['title'][0]} {printed.code}")
    writer.setCreator("Marhaba")
    writer.setResolution(DPI)
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    writer.setPageLayout(layout)
    painter = QPainter(writer)
    try:
        _paint(painter, writer, printed)
    finally:
        painter.end()
    buffer.close()
    del timers
    return bytes(buffer.data().data())


def _mm(millimetres: float) -> float:
    return millimetres / 25.4 * DPI


def _paint(painter: QPainter, writer: QPdfWriter, printed: Printed) -> None:
    page = QRectF(0, 0, writer.width(), writer.height())
    frame = page.adjusted(_mm(9), _mm(9), -_mm(9), -_mm(9))
    # What is shown to somebody, the code and how long it holds, stands at the foot of every sheet; what was proved has the rest.
    inset = _mm(6)
    foot = _document(writer, frame.width() - 4 * inset, page.height(), _foot(printed))
    panel = QRectF(frame.left() + inset, 0, frame.width() - 2 * inset, foot.size().height() + 1.4 * inset)
    panel.moveBottom(frame.bottom() - inset)
    body = QRectF(panel.left() + inset * 0.5, _mm(34), panel.width() - inset, panel.top() - _mm(34) - _mm(4))
    # Rows as airy as the sheet allows; long journeys get tighter ones before a second sheet.
    for padding, points in (*((padding, 9.5) for padding in range(9, 0, -1)), (1, 8.5), (0, 8.0)):
        document = _document(writer, body.width(), body.height(), _body(printed, padding), points)
        if document.pageCount() == 1:
            break
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        painter.setPen(QPen(QColor(LINE), _mm(0.4)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, _mm(4), _mm(4))
        _star(painter, page.width() / 2, _mm(23), _mm(7))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(SOFT))
        painter.drawRoundedRect(panel, _mm(3), _mm(3))
        for what, left, top, start in (
            (document, body.left(), body.top(), number * body.height()),
            (foot, panel.left() + inset, panel.top() + 0.7 * inset, 0.0),
        ):
            painter.save()
            painter.translate(left, top - start)
            what.drawContents(painter, QRectF(0, start, body.width(), body.height()))
            painter.restore()


def _document(writer: QPdfWriter, wide: float, tall: float, words: str, points: float = 9.5) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    font = QFont(fonts.families())
    font.setPointSizeF(points)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setPageSize(QSizeF(wide, tall))
    document.setHtml(f'<body style="color:{INK}">{words}</body>')
    return document


def _star(painter: QPainter, x: float, y: float, half: float) -> None:
    """The house's eight-pointed star: two squares, one turned."""
    painter.save()
    painter.setPen(QPen(QColor(BRAND), _mm(0.7)))
    painter.translate(x, y)
    for _ in range(2):
        painter.drawRoundedRect(QRectF(-half * 0.72, -half * 0.72, half * 1.44, half * 1.44), half * 0.15, half * 0.15)
        painter.rotate(45)
    painter.setBrush(QColor(BRAND))
    painter.drawEllipse(QRectF(-half * 0.25, -half * 0.25, half * 0.5, half * 0.5))
    painter.restore()


def _day(iso: str) -> str:
    return f"{datetime.fromisoformat(iso).astimezone():%d/%m/%Y}" if iso else ""


def _moment(iso: str) -> str:
    return f"{datetime.fromisoformat(iso).astimezone():%d/%m/%Y %H:%M}" if iso else ""


def _pair(key: str, value: str, strong: bool = False) -> str:
    """One line: French label, the value in the middle (always left to right), Arabic label."""
    french, arabic = _WORDS[key]
    words = f"<b>{html.escape(value)}</b>" if strong else html.escape(value)
    return _row(html.escape(french), words, html.escape(arabic))


def _row(french: str, middle: str, arabic: str) -> str:
    return (
        f'<tr><td width="34%" style="color:{QUIET}"><p dir="ltr">{french}</p></td>'
        f'<td width="32%" align="center"><p dir="ltr">{middle}</p></td>'
        f'<td width="34%" align="right" style="color:{QUIET}"><p dir="rtl" align="right">{arabic}</p></td></tr>'
    )


def _table(rows: list[str], padding: int) -> str:
    """Rows with a hair line below each: on paper the eye must find its way from the French word to the Arabic one."""
    lined = f'<tr><td colspan="3" style="background-color:{LINE}; font-size:1pt; padding:0"></td></tr>'.join(rows)
    return f'<table width="100%" cellspacing="0" cellpadding="{padding}">{lined}</table>'


def _two(key: str, size: str, weight: str = "normal", colour: str = INK) -> str:
    """Two columns of the same words: French, Arabic."""
    french, arabic = (html.escape(words) for words in _WORDS[key])
    look = f"font-size:{size}; font-weight:{weight}; color:{colour}"
    return (
        f'<table width="100%" cellspacing="0" cellpadding="4"><tr><td width="50%" style="{look}">{french}</td>'
        f'<td width="50%" align="right" style="{look}"><p dir="rtl" align="right">{arabic}</p></td></tr></table>'
    )


def _step_row(line: StepLine) -> str:
    outcome = str(line.outcome)
    tone = OUTCOME_INK.get(line.outcome, WARN)
    french, arabic = (
        f'<span style="color:{INK}"><b>{html.escape(step_title(language, line.step))}</b></span> · '
        f'<span style="color:{tone}">{_WORDS[outcome][number]}</span>' + (f" · {_WORDS['simulated'][number]}" if line.simulated else "")
        for number, language in enumerate(("fr", "ar"))
    )
    return _row(french, html.escape(_moment(line.time)), arabic)


_GAP = '<p style="font-size:4pt">&nbsp;</p>'


def _body(printed: Printed, padding: int) -> str:
    """Who, what was proved and when, and by which versions of the rules."""
    who = [_pair(key, getattr(printed, key), strong=True) for key in ("name", "employee_id", "activity", "site") if getattr(printed, key)]
    if printed.first_call:
        who.append(_pair("first_call", _moment(printed.first_call)))
    rules = f"{printed.rules_version} · {printed.rules_sha256[:12]}" if printed.rules_version else ""
    versions = [
        _pair(key, value) for key, value in (("journey", printed.journey), ("notice", printed.notice_version), ("rules", rules)) if value
    ]
    return (
        _two("title", "15pt", "bold", BRAND)
        + _two("intro", "10pt")
        + _GAP
        + _table(who, padding)
        + _GAP
        + _two("steps", "11pt", "bold")
        + _table([_step_row(line) for line in printed.steps], padding)
        + _GAP
        + _two("versions", "11pt", "bold")
        + _table(versions, padding)
    )


def _foot(printed: Printed) -> str:
    """The code, how long it holds, and what to do with it."""
    code = f'<span style="font-size:24pt; font-weight:bold; color:{BRAND}">{html.escape(printed.code)}</span>'
    dates = [_pair("issued", _day(printed.issued), strong=True), _pair("expires", _day(printed.expires), strong=True)]
    return (
        _two("code", "11pt", "bold")
        + f'<table width="100%" cellspacing="0" cellpadding="4"><tr><td align="center">{code}</td></tr></table>'
        + _table(dates, 3)
        + _two("check", "9pt", colour=QUIET)
    )

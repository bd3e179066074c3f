"""What each finding of a verification says, in French, Arabic and English, and what it breaks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.contracts.verdict import Finding, Tone

Broken = Literal["genuine", "complete", "unaltered"]
_ALL: tuple[Broken, ...] = ("genuine", "complete", "unaltered")


@dataclass(frozen=True)
class Meaning:
    breaks: tuple[Broken, ...]
    fr: str
    ar: str
    en: str
    tone: Tone = "bad"


def _note(fr: str, ar: str, en: str) -> Meaning:
    return Meaning((), fr, ar, en, "note")


MEANINGS: dict[str, Meaning] = {
    # In the order of gravity: the first one found names the verdict.
    "file.not_pdf": Meaning(_ALL, "Ce fichier n’est pas un PDF.", "هذا الملف ليس بصيغة PDF.", "This file is not a PDF."),
    "file.too_large": Meaning(
        _ALL,
        "Ce fichier est trop grand pour être un avenant.",
        "هذا الملف أكبر من أن يكون ملحقا.",
        "This file is too large to be an addendum.",
    ),
    "file.truncated": Meaning(
        _ALL,
        "Il manque la fin du fichier. Téléchargez-le à nouveau.",
        "نهاية الملف ناقصة. أعيدوا تحميله.",
        "The end of the file is missing. Download it again.",
    ),
    "file.unreadable": Meaning(
        _ALL,
        "Ce PDF est abîmé ou mal formé\u00a0: il ne peut pas être vérifié.",
        "هذا الملف تالف أو غير سليم البنية، ولا يمكن التحقق منه.",
        "This PDF is damaged or malformed: it cannot be verified.",
    ),
    "file.too_slow": Meaning(
        _ALL,
        "Ce fichier demande trop de temps ou de mémoire\u00a0: la vérification a été arrêtée.",
        "يتطلب هذا الملف وقتا أو ذاكرة أكثر من اللازم، فتم إيقاف التحقق.",
        "This file takes too much time or memory: verifying was stopped.",
    ),
    "file.encrypted": Meaning(
        _ALL,
        "Ce PDF est chiffré. Un avenant ne l’est jamais.",
        "هذا الملف مشفر. والملحق لا يكون مشفرا أبدا.",
        "This PDF is encrypted. An addendum never is.",
    ),
    "file.active_content": Meaning(
        ("unaltered",),
        "Ce PDF contient un script, une action ou un fichier joint. Un avenant n’en contient jamais.",
        "يتضمن هذا الملف برنامجا أو إجراء أو ملفا مرفقا. والملحق لا يتضمن شيئا من ذلك أبدا.",
        "This PDF contains a script, an action or an attached file. An addendum never does.",
    ),
    "signature.none": Meaning(
        ("genuine", "complete"),
        "Ce PDF ne porte aucune signature électronique.",
        "لا يحمل هذا الملف أي توقيع إلكتروني.",
        "This PDF carries no electronic signature.",
    ),
    "signature.invalid": Meaning(
        ("genuine", "unaltered"),
        "Une signature ne correspond plus au contenu\u00a0: le document a été modifié, ou la signature abîmée.",
        "لم يعد أحد التوقيعات مطابقا للمحتوى: لقد تم تغيير الوثيقة أو إتلاف التوقيع.",
        "A signature no longer fits the contents: the document was changed, or the signature damaged.",
    ),
    "signature.untrusted": Meaning(
        ("genuine",),
        "Une signature vient d’un certificat que l’entreprise n’a pas émis.",
        "أحد التوقيعات صادر بشهادة لم تصدرها المقاولة.",
        "A signature was made with a certificate the company did not issue.",
    ),
    "signature.revoked": Meaning(
        ("genuine",),
        "Un certificat était déjà révoqué au moment de signer.",
        "كانت إحدى الشهادات ملغاة عند التوقيع.",
        "A certificate had already been revoked when it was used to sign.",
    ),
    "signature.expired": Meaning(
        ("genuine",),
        "Un certificat n’était pas valable au moment de signer.",
        "لم تكن إحدى الشهادات سارية عند التوقيع.",
        "A certificate was not valid when it was used to sign.",
    ),
    "person.mismatch": Meaning(
        ("genuine",),
        "Le document est signé par une autre personne que celle qu’il désigne.",
        "الوثيقة موقعة من شخص غير الشخص المعين فيها.",
        "The document is signed by another person than the one it names.",
    ),
    "seal.not_company": Meaning(
        ("genuine",),
        "La place de l’employeur est signée par une personne, pas par le cachet de l’entreprise.",
        "مكان توقيع المشغل موقع من طرف شخص، وليس بخاتم المقاولة.",
        "The employer’s place is signed by a person, not with the company’s seal.",
    ),
    "document.altered": Meaning(
        ("unaltered",),
        "Quelque chose a été ajouté ou changé sur les pages après la signature.",
        "تمت إضافة شيء أو تغييره في الصفحات بعد التوقيع.",
        "Something was added to the pages or changed after signing.",
    ),
    "document.appended": Meaning(
        ("unaltered",),
        "Des données suivent la fin du document signé.",
        "توجد بيانات بعد نهاية الوثيقة الموقعة.",
        "Data follow the end of the signed document.",
    ),
    "signature.unexpected": Meaning(
        ("unaltered",),
        "Le document porte une signature de trop\u00a0: un avenant en porte deux.",
        "تحمل الوثيقة توقيعا زائدا: فالملحق يحمل توقيعين.",
        "The document carries one signature too many: an addendum carries two.",
    ),
    "document.unknown_version": Meaning(
        ("unaltered",),
        "Ce n’est pas le fichier final conservé par l’employeur.",
        "ليس هذا هو الملف النهائي المحفوظ لدى المشغل.",
        "This is not the final file the employer keeps.",
    ),
    "document.rolled_back": Meaning(
        ("complete",),
        "C’est une version antérieure\u00a0: il y manque des signatures du document final.",
        "هذه نسخة سابقة: تنقصها توقيعات الوثيقة النهائية.",
        "This is an earlier version: signatures of the final document are missing.",
    ),
    "agent.missing": Meaning(
        ("complete",),
        "La signature du salarié manque.",
        "توقيع الأجير ناقص.",
        "The employee’s signature is missing.",
    ),
    "seal.missing": Meaning(
        ("complete",),
        "Le cachet de l’employeur manque.",
        "خاتم المشغل ناقص.",
        "The employer’s seal is missing.",
    ),
    "timestamp.invalid": Meaning(
        ("genuine",),
        "Un horodatage n’est pas valable.",
        "أحد الأختام الزمنية غير صالح.",
        "A time stamp is not valid.",
    ),
    "timestamp.missing": Meaning(
        ("complete",),
        "L’horodatage manque\u00a0: l’heure de signature n’est pas prouvée.",
        "الختم الزمني ناقص: لم يثبت وقت التوقيع.",
        "The time stamp is missing: the time of signing is not proved.",
    ),
    "revocation.missing": Meaning(
        ("complete",),
        "Le fichier ne contient pas de quoi prouver que les certificats étaient en règle.",
        "لا يتضمن الملف ما يثبت سلامة الشهادات.",
        "The file lacks what proves that the certificates were in order.",
    ),
    "document.not_certified": Meaning(
        ("complete",),
        "La signature du salarié ne verrouille pas le document.",
        "توقيع الأجير لا يقفل الوثيقة.",
        "The employee’s signature does not lock the document.",
    ),
    "timestamp.future": Meaning(
        ("genuine",),
        "L’horodatage est dans l’avenir\u00a0: une horloge est fausse.",
        "الختم الزمني في المستقبل: هناك ساعة غير مضبوطة.",
        "The time stamp lies in the future: a clock is wrong.",
    ),
    "timestamp.aged": _note(
        "Le certificat d’horodatage a expiré depuis\u00a0; il était valable au moment de signer.",
        "انتهت صلاحية شهادة الختم الزمني لاحقا، وكانت سارية عند التوقيع.",
        "The time-stamping certificate has expired since; it was valid at the time of signing.",
    ),
    "document.extended": _note(
        "Des données de validation ont été ajoutées après coup, sans toucher au contenu.",
        "أضيفت بيانات تحقق لاحقا دون المساس بالمحتوى.",
        "Validation data were added afterwards, without touching the contents.",
    ),
    "document.proof": _note(
        "C’est le dossier de preuve de l’avenant, pas l’avenant lui-même.",
        "هذا ملف إثبات الملحق، وليس الملحق نفسه.",
        "This is the proof file of the addendum, not the addendum itself.",
    ),
    "document.not_kept": _note(
        "L’employeur ne garde pas de document de cette référence\u00a0: un retour à une version antérieure ne se verrait pas.",
        "لا يحتفظ المشغل بوثيقة بهذا المرجع: لن يظهر الرجوع إلى نسخة سابقة.",
        "The employer keeps no document of this reference: a return to an earlier version would not be seen.",
    ),
    "document.sound": Meaning(
        (),
        "Document authentique, complet et inchangé depuis sa signature.",
        "وثيقة أصلية وكاملة ولم تتغير منذ توقيعها.",
        "The document is genuine, complete and unchanged since it was signed.",
        "good",
    ),
}
ORDER = {code: number for number, code in enumerate(MEANINGS)}
LEVEL = {
    "fr": "Signature électronique simple, par certificat de l’entreprise\u00a0; niveau qualifié non revendiqué (loi n°\u00a043-20).",
    "ar": "توقيع إلكتروني بسيط بشهادة المقاولة، ولا يقدم على أنه مؤهل (القانون رقم 43.20).",
    "en": "Simple electronic signature, company certificate; qualified is not claimed (law 43-20).",
}


def finding(code: str, detail: str = "") -> Finding:
    meaning = MEANINGS[code]
    return Finding(code, meaning.tone, words(code), detail)


def words(code: str) -> dict[str, str]:
    meaning = MEANINGS[code]
    return {"fr": meaning.fr, "ar": meaning.ar, "en": meaning.en}


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Each one once, the gravest first."""
    once = {(one.code, one.detail): one for one in findings}
    return sorted(once.values(), key=lambda one: ORDER[one.code])

"""Four programs that know nothing of ours, asked what they think of a signed PDF."""

import asyncio
import io
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.status import PdfSignatureStatus


@dataclass(frozen=True)
class Cut:
    """One signature as it lies in the file: what is signed, the CMS, and its ByteRange's end."""

    signed: bytes
    cms: bytes


def run(*words: str | Path, cwd: Path, ok: bool = True, text: bytes | None = None) -> str:
    done = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, input=text, timeout=60, check=False)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert (done.returncode == 0) is ok, said
    return said


def cut(pdf: bytes) -> list[Cut]:
    found = []
    for numbers in re.findall(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", pdf):
        start, first, second, rest = map(int, numbers)
        raw = bytes.fromhex(pdf[first + 1 : second - 1].decode())
        length = int.from_bytes(raw[2 : 2 + (raw[1] & 0x7F)], "big") + 2 + (raw[1] & 0x7F)
        found.append(Cut(pdf[start:first] + pdf[second : second + rest], raw[:length]))
    return found


def pdfsig(folder: Path, pdf: bytes, root: Path) -> list[tuple[str, str]]:
    """(signature, certificate) of each, in pdfsig's words, with an NSS database that trusts `root` alone."""
    nss = folder / "nss"
    if not nss.exists():
        nss.mkdir()
        run("certutil", "-N", "-d", f"sql:{nss}", "--empty-password", cwd=folder)
        run("certutil", "-A", "-d", f"sql:{nss}", "-n", "root", "-t", "CT,C,C", "-i", root, cwd=folder)
    path = folder / "pdfsig.pdf"
    path.write_bytes(pdf)
    said = subprocess.run(["pdfsig", "-nssdir", f"sql:{nss}", str(path)], capture_output=True, text=True, timeout=60, check=False).stdout
    signatures = re.findall(r"Signature Validation: (.*)", said)
    return list(zip(signatures, re.findall(r"Certificate Validation: (.*)", said), strict=True))


def openssl_cms(folder: Path, one: Cut, root: Path) -> str:
    (folder / "content.bin").write_bytes(one.signed)
    (folder / "cms.der").write_bytes(one.cms)
    words = [
        "cms",
        "-verify",
        "-inform",
        "DER",
        "-in",
        "cms.der",
        "-content",
        "content.bin",
        "-binary",
        "-purpose",
        "any",
        "-out",
        "/dev/null",
    ]
    return run("openssl", *words, "-CAfile", root, cwd=folder)


def openssl_ts(folder: Path, one: Cut, root: Path, untrusted: Path) -> str:
    """Of the time stamp over the signature."""
    from asn1crypto import cms

    signer = cms.ContentInfo.load(one.cms)["content"]["signer_infos"][0]
    (token,) = [a["values"][0] for a in signer["unsigned_attrs"] if a["type"].native == "signature_time_stamp_token"]
    (folder / "token.der").write_bytes(token.dump())
    (folder / "value.bin").write_bytes(signer["signature"].native)
    words = ["ts", "-verify", "-token_in", "-in", "token.der", "-data", "value.bin"]
    return run("openssl", *words, "-CAfile", root, "-untrusted", untrusted, cwd=folder)


def pyhanko(pdf: bytes, root: Path) -> list[PdfSignatureStatus]:
    """By what is embedded alone: no fetching, revocation `require`."""
    reader = PdfFileReader(io.BytesIO(pdf))
    roots = list(load_certs_from_pemder_data(root.read_bytes()))
    settings = {"trust_roots": roots, "revocation_mode": "require", "allow_fetching": False}
    context = DocumentSecurityStore.read_dss(reader).as_validation_context(settings)
    return [asyncio.run(async_validate_pdf_signature(one, context)) for one in reader.embedded_signatures]

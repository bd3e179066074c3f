"""The company's certificates: made, taken over, in files and in a PKCS#11 token; revoked; before OpenSSL's strict eye."""

import shutil
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from app.backend.cli import main
from app.backend.documents import pki, pki_setup, profiles
from app.backend.documents.profiles import Issuer, Revoked
from app.backend.documents.signing_keys import FileKey, PkiError, open_file_key
from tests.backend.documents import independent
from tests.backend.documents.signer import Signer, refused, signing_backend

NOW = datetime.now(UTC)
WANTED = pki_setup.Wanted("Atlas Contact S.A.", "https://marhaba.example.ma")
SOFTHSM = next(
    (path for path in map(Path, ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")) if path.exists()),
    None,
)


def agent(made: pki.Pki) -> x509.Certificate:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    return made.agent_certificate("ياسين العلوي", "20533", "yassine@example.ma", public, NOW)


def judged(folder: Path, made: pki.Pki, leaf: x509.Certificate) -> None:
    """OpenSSL, strictly, with CRLs all the way up."""
    (folder / "root.pem").write_text(pki.pem(made.root))
    (folder / "between.pem").write_text("".join(map(pki.pem, made.chain()[:-1])))
    crls = [x509.load_der_x509_crl(der) for der in made.crls([], NOW)]
    (folder / "crls.pem").write_bytes(b"".join(crl.public_bytes(Encoding.PEM) for crl in crls))
    trust = ["-CAfile", "root.pem", "-untrusted", "between.pem", "-CRLfile", "crls.pem", "-crl_check_all", "-x509_strict"]
    purposes = {"agent": (leaf, "smimesign"), "seal": (made.seal.certificate, "smimesign"), "tsa": (made.tsa.certificate, "timestampsign")}
    for name, (certificate, purpose) in purposes.items():
        (folder / f"{name}.pem").write_text(pki.pem(certificate))
        assert f"{name}.pem: OK" in independent.run("openssl", "verify", *trust, "-purpose", purpose, f"{name}.pem", cwd=folder)
    for name in ("agent", "seal"):
        independent.run("openssl", "verify", *trust, "-purpose", "timestampsign", f"{name}.pem", cwd=folder, ok=False)


def test_what_init_makes(tmp_path: Path) -> None:
    made = pki_setup.init(tmp_path, WANTED, NOW)
    leaf = agent(made)
    judged(tmp_path, made, leaf)
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    stamping = made.tsa.certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    assert stamping.critical
    assert list(stamping.value) == [x509.ExtendedKeyUsageOID.TIME_STAMPING]
    lengths = [one.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length for one in made.chain()]
    assert lengths == [0, 1]
    (point,) = leaf.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert point.full_name is not None
    assert point.full_name[0].value == "https://marhaba.example.ma/pki/issuing.crl"
    for path in (tmp_path / "pki").glob("*.key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert b"ENCRYPTED PRIVATE KEY" in path.read_bytes()
    assert pki.open_pki(tmp_path).root == made.root


def test_what_is_made_is_made_once(tmp_path: Path) -> None:
    first = pki_setup.init(tmp_path, WANTED, NOW)
    with pytest.raises(PkiError, match="there already"):
        pki_setup.init(tmp_path, WANTED, NOW)
    assert pki.open_pki(tmp_path).root == first.root
    assert [path.name for path in tmp_path.iterdir()] == ["pki"]


def test_an_init_that_fails_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(PkiError, match="empty"):
        pki_setup.init(tmp_path / "data", pki_setup.Wanted("A", "http://x", tmp_path / "empty"), NOW)
    assert list((tmp_path / "data").iterdir()) == []


def test_keys_that_others_may_read_or_whose_passphrase_is_another_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("correct horse\nnot this line\n")
    pki_setup.init(tmp_path, pki_setup.Wanted("Atlas", "http://x", secret), NOW)
    assert not (tmp_path / "pki" / "passphrase").exists()
    assert pki.open_pki(tmp_path)
    (tmp_path / "wrong").write_text("battery staple\n")
    with pytest.raises(PkiError, match="another passphrase"):
        pki.open_pki(tmp_path, tmp_path / "wrong")
    key = tmp_path / "pki" / "seal.key"
    key.chmod(0o644)
    with pytest.raises(PkiError, match="others may read"):
        open_file_key(key, b"correct horse")


def test_a_certificate_of_another_key_is_noticed(tmp_path: Path) -> None:
    pki_setup.init(tmp_path / "one", WANTED, NOW)
    pki_setup.init(tmp_path / "two", WANTED, NOW)
    shutil.copy(tmp_path / "two" / "pki" / "seal.pem", tmp_path / "one" / "pki" / "seal.pem")
    with pytest.raises(PkiError, match="seal key does not belong"):
        pki.open_pki(tmp_path / "one")


def test_the_root_key_may_be_taken_away_and_without_it_the_crl_is_not_renewed(tmp_path: Path) -> None:
    made = pki_setup.init(tmp_path, WANTED, NOW)
    first = made.root_crl(NOW)
    assert made.root_crl(NOW + timedelta(days=200)) == first
    renewed = made.root_crl(NOW + timedelta(days=300))
    assert x509.load_der_x509_crl(renewed).next_update_utc > NOW + timedelta(days=600)  # type: ignore[operator]
    assert pki.open_pki(tmp_path).upper_crls == [renewed]
    (tmp_path / "pki" / "root.key").unlink()
    assert pki.open_pki(tmp_path).root_key is None


def test_the_crl_is_made_anew_each_day_and_with_each_revocation(tmp_path: Path) -> None:
    made = pki_setup.init(tmp_path, WANTED, NOW)
    first = made.issuing_crl([], NOW)
    assert made.issuing_crl([], NOW + timedelta(hours=23)) == first
    assert made.issuing_crl([], NOW + timedelta(hours=25)) != first
    with_one = x509.load_der_x509_crl(made.issuing_crl([Revoked(77, NOW, "key_compromise")], NOW))
    assert [entry.serial_number for entry in with_one] == [77]
    numbers = [x509.load_der_x509_crl(der).extensions.get_extension_for_class(x509.CRLNumber).value.crl_number for der in (first,)]
    assert with_one.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number >= numbers[0]


def company_authority(folder: Path) -> tuple[Path, Path, list[Path], Path]:
    """A company's own: root (RSA), policy authority between, issuing authority (RSA), with their CRLs and the issuing key."""
    keys = [FileKey(rsa.generate_private_key(65537, 2048)) for _ in range(3)]
    root = profiles.root("Groupe Exemple", keys[0], NOW)
    top = Issuer(root, keys[0])
    # The usual root allows one authority below; a company's may allow two: made by hand.
    builder = profiles._builder(
        root.subject,
        root.subject,
        keys[0].public_key(),
        x509.AuthorityKeyIdentifier.from_issuer_public_key(keys[0].public_key()),
        NOW,
        3650,
    )
    builder = builder.add_extension(x509.BasicConstraints(True, None), True).add_extension(profiles._usage(ca=True), True)
    root = profiles._signed(builder, keys[0])
    top = Issuer(root, keys[0])
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Groupe Exemple Policy CA")])
    builder = profiles._under(top, name, keys[1].public_key(), "http://crl.example.ma/root.crl", NOW, 2000)
    builder = builder.add_extension(x509.BasicConstraints(True, 1), True).add_extension(profiles._usage(ca=True), True)
    policy = Issuer(profiles._signed(builder, keys[0]), keys[1])
    issuing = profiles.issuing("Groupe Exemple", keys[2].public_key(), policy, "http://crl.example.ma/policy.crl", NOW)
    (folder / "issuing.pem").write_text(pki.pem(issuing))
    (folder / "upper.pem").write_text(pki.pem(policy.certificate) + pki.pem(root))
    crls = [folder / "policy.crl", folder / "root.crl"]
    for path, issuer in zip(crls, (policy, top), strict=True):
        path.write_bytes(profiles.revocation_list(issuer, [], NOW, 30))
    keys[2].write(folder / "issuing.key", b"theirs")
    (folder / "theirs").write_text("theirs\n")
    return folder / "issuing.pem", folder / "upper.pem", crls, folder / "issuing.key"


def test_a_companys_own_authority_is_taken(tmp_path: Path) -> None:
    certificate, upper, crls, key = company_authority(tmp_path)
    words = ["pki", "import", "--data", str(tmp_path / "data"), "--company", "Groupe Exemple", "--url", "https://marhaba.example.ma"]
    words += ["--issuing-cert", str(certificate), "--upper", str(upper), "--issuing-key", str(key)]
    words += ["--issuing-key-passphrase-file", str(tmp_path / "theirs")]
    assert main([*words, "--upper-crl", str(crls[1]), "--upper-crl", str(crls[0])]) == 1  # in the wrong order
    assert not pki.exists(tmp_path / "data")
    assert main([*words, *(word for crl in crls for word in ("--upper-crl", str(crl)))]) == 0
    taken = pki.open_pki(tmp_path / "data")
    assert len(taken.chain()) == 3
    judged(tmp_path, taken, agent(taken))
    assert main(["pki", "upper-crl", "--data", str(tmp_path / "data"), *map(str, crls)]) == 0


def test_what_is_no_authority_is_not_taken(tmp_path: Path) -> None:
    _, upper, crls, key = company_authority(tmp_path)
    other = pki_setup.init(tmp_path / "other", WANTED, NOW)
    (tmp_path / "leaf.pem").write_text(pki.pem(other.seal.certificate))
    own = pki_setup.Own(tmp_path / "leaf.pem", upper, crls, key, tmp_path / "theirs")
    with pytest.raises(PkiError, match="may not issue"):
        pki_setup.take(tmp_path / "data", WANTED, own, NOW)
    assert list((tmp_path / "data").iterdir()) == []


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A SoftHSM token of this test alone. Returns the file with its PIN."""
    if SOFTHSM is None or shutil.which("softhsm2-util") is None:
        pytest.skip("no SoftHSM on this machine")
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(
        f"directories.tokendir = {tmp_path / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    words = ["softhsm2-util", "--init-token", "--free", "--label", "marhaba", "--pin", "1234", "--so-pin", "5678"]
    subprocess.run(words, check=True, capture_output=True, timeout=30)
    pin = tmp_path / "pin"
    pin.write_text("1234\n")
    pin.chmod(0o600)
    return pin


def test_keys_in_a_token_sign_as_those_in_files_do(tmp_path: Path, token: Path) -> None:
    """In processes of their own: a PKCS#11 library is loaded once a process, with the configuration it finds then."""
    assert SOFTHSM is not None
    home = tmp_path / "hsm"
    backend = signing_backend(home, pki=False)
    words = ["pki", "init", "--company", "Atlas", "--pkcs11-module", str(SOFTHSM), "--pkcs11-token", "marhaba"]
    backend.typed(*words, "--pkcs11-pin-file", str(token))
    assert list((home / "data" / "pki").glob("*.key")) == []
    assert "seal" in backend.typed("pki", "status").stdout
    with backend:
        signer = Signer.of(backend)
        offer, done = signer.signed()
        assert done.state == "signed"
        final = signer.file(offer, "signed.pdf")
        root = tmp_path / "root.pem"
        root.write_text(backend.client.get(f"{backend.url}/pki/root.pem").text)
    assert [status.bottom_line for status in independent.pyhanko(final, root)] == [True, True]
    good = ("Signature is Valid.", "Certificate is Trusted.")
    assert independent.pdfsig(tmp_path, final, root) == [good, good]
    token.write_text("9999\n")
    assert "cannot be opened" in backend.typed("pki", "status", ok=False).stderr


def test_an_agent_who_left_signs_no_more(tmp_path: Path) -> None:
    with signing_backend(tmp_path / "left") as backend:
        signer = Signer.of(backend)
        offer = signer.offer()
        signer.certify()
        code = signer.code(offer)
        assert backend.command("pki", "revoke", signer.employee_id) == "1 revoked"
        backend.command("pki", "revoke", signer.employee_id, ok=False)
        refused(signer.post(f"/v1/addendum/{offer.document_id}/prepare", signer.request(offer, code)), 409, "addendum.certificate_revoked")
        crl = x509.load_der_x509_crl(backend.client.get(f"{backend.url}/pki/issuing.crl").content)
        assert len(list(crl)) == 1
        assert "1 revoked" in backend.command("pki", "status")


def test_without_certificates_everything_but_signing_works(tmp_path: Path) -> None:
    with signing_backend(tmp_path / "none", pki=False) as backend:
        signer = Signer.of(backend)
        refused(signer.get("/v1/addendum"), 503, "addendum.signing_not_set_up")
        refused(signer.post("/v1/certificates", {"csr": signer.csr()}), 503, "addendum.signing_not_set_up")
        refused(backend.client.get(f"{backend.url}/pki/root.pem"), 404, "pki.not_set_up")
        assert "pki init" in backend.log()
        assert backend.client.get(f"{backend.url}/health/ready").status_code == 200


def test_codes_are_printed_on_loopback_only(tmp_path: Path) -> None:
    words = ["serve", "--data", str(tmp_path), "--host", "0.0.0.0", "--port", "0", "--console-codes"]
    words += ["--tls-cert", str(tmp_path / "x"), "--tls-key", str(tmp_path / "x")]
    assert main(words) == 1


def test_the_root_is_printed_for_whoever_verifies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = pki_setup.init(tmp_path, WANTED, NOW)
    assert main(["pki", "root", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == pki.pem(made.root)
    assert main(["pki", "init", "--data", str(tmp_path)]) == 1
    assert "there already" in capsys.readouterr().err


def test_nothing_is_sealed_with_what_has_run_out_and_newer_crls_are_taken_up(tmp_path: Path) -> None:
    made = pki_setup.init(tmp_path, WANTED, NOW)
    key, made.root_key = made.root_key, None  # the root's key lies in a safe
    assert key is not None
    made.require_current(NOW + timedelta(days=360))
    later = NOW + timedelta(days=400)
    with pytest.raises(PkiError, match=r"the CRL of CN=Atlas Contact S.A. Root CA.* ended"):
        made.require_current(later)
    newer = profiles.revocation_list(Issuer(made.root, key), [], later, 366)
    (tmp_path / "newer.crl").write_bytes(newer)
    assert main(["pki", "upper-crl", "--data", str(tmp_path), str(tmp_path / "newer.crl")]) == 0
    made.require_current(later)
    assert made.upper_crls == [newer]
    with pytest.raises(PkiError, match="ended on"):
        made.require_current(NOW + timedelta(days=2500))

"""Private keys of the company: in a file behind a passphrase, or in a PKCS#11 token they never leave.

Both sign with ECDSA or RSA (PKCS#1 v1.5) and SHA-256, whatever the key is: certificates, CRLs, time stamps and seals alike.
"""

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from app.backend import key_files

if TYPE_CHECKING:
    import pkcs11

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class PkiError(Exception):
    """Keys or certificates that cannot be used; in words for whoever typed the command. Never holds a secret."""


class Key(Protocol):
    def public_key(self) -> PublicKey: ...

    def sign(self, message: bytes) -> bytes:
        """ECDSA (DER, RFC 3279) or RSA PKCS#1 v1.5, over SHA-256. Errors: PkiError when a token is away."""
        ...


class FileKey:
    def __init__(self, private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> None:
        self._private = private

    def public_key(self) -> PublicKey:
        return self._private.public_key()

    def sign(self, message: bytes) -> bytes:
        if isinstance(self._private, ec.EllipticCurvePrivateKey):
            return self._private.sign(message, ec.ECDSA(hashes.SHA256()))
        return self._private.sign(message, padding.PKCS1v15(), hashes.SHA256())

    def write(self, path: Path, passphrase: bytes) -> None:
        """PKCS#8, PEM, encrypted, readable by its owner only."""
        pem = self._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(passphrase)
        )
        key_files.write_private(path, pem.decode())


def new_file_key() -> FileKey:
    return FileKey(ec.generate_private_key(ec.SECP256R1()))


def open_file_key(path: Path, passphrase: bytes | None) -> FileKey:
    """Errors: PkiError, OSError."""
    raw = path.read_bytes()
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise PkiError(f"{path}: others may read this key; chmod 600 it")
    try:
        private = serialization.load_pem_private_key(raw, passphrase)
    except TypeError as error:  # a passphrase for a key without one, or the other way round
        if passphrase is not None:
            return open_file_key(path, None)
        raise PkiError(f"{path}: this key needs its passphrase") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise PkiError(f"{path}: not a private key in PEM, or another passphrase") from error
    if isinstance(private, rsa.RSAPrivateKey) and private.key_size >= 2048:
        return FileKey(private)
    if isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.name in ("secp256r1", "secp384r1", "secp521r1"):
        return FileKey(private)
    raise PkiError(f"{path}: neither an elliptic-curve key (P-256, P-384, P-521) nor RSA of 2048 bits or more")


class Token:
    """A session with one PKCS#11 token. One thread at a time: many tokens know only one session's state."""

    def __init__(self, module: str, label: str, pin: str) -> None:
        """Errors: PkiError."""
        self._module, self._label, self._pin = module, label, pin
        self._lock = threading.RLock()
        self._session: pkcs11.Session | None = None
        with self._lock:
            self._open()

    def _open(self) -> "pkcs11.Session":
        import pkcs11
        from pkcs11.exceptions import PKCS11Error, UserAlreadyLoggedIn

        if self._session is not None:
            return self._session
        try:
            token = pkcs11.lib(self._module).get_token(token_label=self._label)
            try:
                self._session = token.open(rw=True, user_pin=self._pin)
            except UserAlreadyLoggedIn:  # by another session of this process: the token counts them as one
                self._session = token.open(rw=True)
        except (PKCS11Error, RuntimeError, OSError) as error:
            raise PkiError(f"PKCS#11 token {self._label!r} cannot be opened: {type(error).__name__}") from error
        return self._session

    def make(self, name: str) -> "TokenKey":
        """A new P-256 key pair in the token; the private half cannot be taken out. Errors: PkiError."""
        import pkcs11
        from pkcs11.exceptions import PKCS11Error
        from pkcs11.util.ec import encode_named_curve_parameters

        with self._lock:
            session = self._open()
            if self._found(name, pkcs11.ObjectClass.PRIVATE_KEY):
                raise PkiError(f"the token holds a key named {name!r} already")
            try:
                domain = session.create_domain_parameters(
                    pkcs11.KeyType.EC, {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}, local=True
                )
                domain.generate_keypair(
                    store=True,
                    label=name,
                    private_template={pkcs11.Attribute.SENSITIVE: True, pkcs11.Attribute.EXTRACTABLE: False},
                )
            except PKCS11Error as error:
                raise PkiError(f"the token made no key: {type(error).__name__}") from error
        return self.key(name)

    def key(self, name: str) -> "TokenKey":
        """The key pair labelled `name`. Errors: PkiError."""
        import pkcs11
        from pkcs11.util.ec import encode_ec_public_key
        from pkcs11.util.rsa import encode_rsa_public_key

        with self._lock:
            self._open()
            public = self._found(name, pkcs11.ObjectClass.PUBLIC_KEY)
            if not public or not self._found(name, pkcs11.ObjectClass.PRIVATE_KEY):
                raise PkiError(f"the token holds no key pair named {name!r}")
            encode = encode_ec_public_key if public[0].key_type == pkcs11.KeyType.EC else encode_rsa_public_key
            loaded = serialization.load_der_public_key(encode(public[0]))
        if not isinstance(loaded, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
            raise PkiError(f"the token's key {name!r} is neither elliptic-curve nor RSA")
        return TokenKey(self, name, loaded)

    def sign(self, name: str, public: PublicKey, message: bytes) -> bytes:
        import pkcs11
        from pkcs11.exceptions import PKCS11Error
        from pkcs11.util.ec import encode_ecdsa_signature

        with self._lock:
            for last in (False, True):  # a token that was taken out and put back needs a new session
                try:
                    private = self._found(name, pkcs11.ObjectClass.PRIVATE_KEY)[0]
                    if isinstance(public, rsa.RSAPublicKey):
                        return bytes(private.sign(message, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))
                    digest = hashes.Hash(hashes.SHA256())
                    digest.update(message)
                    return bytes(encode_ecdsa_signature(private.sign(digest.finalize(), mechanism=pkcs11.Mechanism.ECDSA)))
                except (PKCS11Error, IndexError) as error:
                    self._session = None
                    if last:
                        raise PkiError(f"PKCS#11 token {self._label!r} does not sign: {type(error).__name__}") from error
        raise PkiError(f"PKCS#11 token {self._label!r} does not sign")

    def _found(self, name: str, kind: "pkcs11.ObjectClass") -> list[Any]:
        import pkcs11

        attributes = {pkcs11.Attribute.CLASS: kind, pkcs11.Attribute.LABEL: name}
        return list(self._open().get_objects(attributes))


class TokenKey:
    def __init__(self, token: Token, name: str, public: PublicKey) -> None:
        self._token, self._name, self._public = token, name, public

    def public_key(self) -> PublicKey:
        return self._public

    def sign(self, message: bytes) -> bytes:
        return self._token.sign(self._name, self._public, message)


def verify(public: object, signature: bytes, message: bytes) -> bool:
    """Whether `signature` (ECDSA or RSA PKCS#1 v1.5, SHA-256) is `public`'s over `message`."""
    from cryptography.exceptions import InvalidSignature

    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
        else:
            return False
    except (InvalidSignature, ValueError):
        return False
    return True

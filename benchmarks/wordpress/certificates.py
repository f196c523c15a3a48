"""An authority made for one run, and a certificate by it for a site on this machine."""

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

NEVER = (
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "encipher_only",
    "decipher_only",
)
ADDRESS = ipaddress.ip_address("127.0.0.1")


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _builder(subject: str, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name("Authority of one run"))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    others = dict.fromkeys(NEVER, False)
    return x509.KeyUsage(digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, **others)


def make(folder: Path) -> tuple[Path, Path]:
    """The file of the authority, and that of the site's certificate with its key."""
    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    of_root = x509.SubjectKeyIdentifier.from_public_key(root.public_key())
    authority = (
        _builder("Authority of one run", root.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(of_root, critical=False)
        .sign(root, hashes.SHA256())
    )
    names = x509.SubjectAlternativeName([x509.IPAddress(ADDRESS), x509.DNSName("localhost")])
    by = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(of_root)
    certificate = (
        _builder("127.0.0.1", leaf.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(names, critical=False)
        .add_extension(by, critical=False)
        .sign(root, hashes.SHA256())
    )
    key = leaf.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    roots, own = folder / "authority.pem", folder / "site.pem"
    roots.write_bytes(authority.public_bytes(Encoding.PEM))
    own.write_bytes(certificate.public_bytes(Encoding.PEM) + key)
    return roots, own

"""TLS: connections that nobody else can read or change, between ends that know whom they speak with."""

import os
import socket as _socket
import sys
import time
from _thread import allocate_lock
from _tls import MemoryBIO
from _weakref import ref
from collections import namedtuple
from enum import Enum as _Enum, IntEnum as _IntEnum, IntFlag as _IntFlag
from socket import SO_TYPE, SOCK_STREAM, SOL_SOCKET, _GLOBAL_DEFAULT_TIMEOUT, create_connection, socket

import _certificates
import _tls
from _certificates import DER_cert_to_PEM_cert, PEM_cert_to_DER_cert, PEM_FOOTER, PEM_HEADER, cert_time_to_seconds

# No OpenSSL is behind this; what is there is what its version 3 has, as far as the numbers go.
OPENSSL_VERSION = "rustls 0.23, in the place of OpenSSL 3.0"
OPENSSL_VERSION_INFO = (3, 0, 0, 0, 0)
OPENSSL_VERSION_NUMBER = 0x30000000
_OPENSSL_API_VERSION = OPENSSL_VERSION_INFO

HAS_SNI = HAS_ECDH = HAS_ALPN = HAS_TLSv1_2 = HAS_TLSv1_3 = HAS_NEVER_CHECK_COMMON_NAME = True
HAS_NPN = HAS_SSLv2 = HAS_SSLv3 = HAS_TLSv1 = HAS_TLSv1_1 = HAS_PSK = HAS_PHA = False
CHANNEL_BINDING_TYPES = []

# ---- names for numbers


def _members(enum, name, **members):
    made = enum(name, members, module=__name__)
    globals().update(made.__members__)
    return made


_SSLMethod = _members(
    _IntEnum, "_SSLMethod", PROTOCOL_TLS=2, PROTOCOL_SSLv23=2, PROTOCOL_TLSv1=3, PROTOCOL_TLSv1_1=4,
    PROTOCOL_TLSv1_2=5, PROTOCOL_TLS_CLIENT=16, PROTOCOL_TLS_SERVER=17,
)
Options = _members(
    _IntFlag, "Options", OP_ALL=0x80000050, OP_CIPHER_SERVER_PREFERENCE=0x400000, OP_ENABLE_KTLS=0x8,
    OP_ENABLE_MIDDLEBOX_COMPAT=0x100000, OP_IGNORE_UNEXPECTED_EOF=0x80, OP_LEGACY_SERVER_CONNECT=0x4,
    OP_NO_COMPRESSION=0x20000, OP_NO_RENEGOTIATION=0x40000000, OP_NO_SSLv2=0, OP_NO_SSLv3=0x2000000,
    OP_NO_TICKET=0x4000, OP_NO_TLSv1=0x4000000, OP_NO_TLSv1_1=0x10000000, OP_NO_TLSv1_2=0x8000000,
    OP_NO_TLSv1_3=0x20000000, OP_SINGLE_DH_USE=0, OP_SINGLE_ECDH_USE=0,
)
AlertDescription = _members(
    _IntEnum, "AlertDescription", ALERT_DESCRIPTION_CLOSE_NOTIFY=0, ALERT_DESCRIPTION_UNEXPECTED_MESSAGE=10,
    ALERT_DESCRIPTION_BAD_RECORD_MAC=20, ALERT_DESCRIPTION_RECORD_OVERFLOW=22,
    ALERT_DESCRIPTION_DECOMPRESSION_FAILURE=30, ALERT_DESCRIPTION_HANDSHAKE_FAILURE=40,
    ALERT_DESCRIPTION_BAD_CERTIFICATE=42, ALERT_DESCRIPTION_UNSUPPORTED_CERTIFICATE=43,
    ALERT_DESCRIPTION_CERTIFICATE_REVOKED=44, ALERT_DESCRIPTION_CERTIFICATE_EXPIRED=45,
    ALERT_DESCRIPTION_CERTIFICATE_UNKNOWN=46, ALERT_DESCRIPTION_ILLEGAL_PARAMETER=47,
    ALERT_DESCRIPTION_UNKNOWN_CA=48, ALERT_DESCRIPTION_ACCESS_DENIED=49, ALERT_DESCRIPTION_DECODE_ERROR=50,
    ALERT_DESCRIPTION_DECRYPT_ERROR=51, ALERT_DESCRIPTION_PROTOCOL_VERSION=70,
    ALERT_DESCRIPTION_INSUFFICIENT_SECURITY=71, ALERT_DESCRIPTION_INTERNAL_ERROR=80,
    ALERT_DESCRIPTION_USER_CANCELLED=90, ALERT_DESCRIPTION_NO_RENEGOTIATION=100,
    ALERT_DESCRIPTION_UNSUPPORTED_EXTENSION=110, ALERT_DESCRIPTION_CERTIFICATE_UNOBTAINABLE=111,
    ALERT_DESCRIPTION_UNRECOGNIZED_NAME=112, ALERT_DESCRIPTION_BAD_CERTIFICATE_STATUS_RESPONSE=113,
    ALERT_DESCRIPTION_BAD_CERTIFICATE_HASH_VALUE=114, ALERT_DESCRIPTION_UNKNOWN_PSK_IDENTITY=115,
)
SSLErrorNumber = _members(
    _IntEnum, "SSLErrorNumber", SSL_ERROR_SSL=1, SSL_ERROR_WANT_READ=2, SSL_ERROR_WANT_WRITE=3,
    SSL_ERROR_WANT_X509_LOOKUP=4, SSL_ERROR_SYSCALL=5, SSL_ERROR_ZERO_RETURN=6, SSL_ERROR_WANT_CONNECT=7,
    SSL_ERROR_EOF=8, SSL_ERROR_INVALID_ERROR_CODE=10,
)
VerifyFlags = _members(
    _IntFlag, "VerifyFlags", VERIFY_DEFAULT=0, VERIFY_CRL_CHECK_LEAF=0x4, VERIFY_CRL_CHECK_CHAIN=0xC,
    VERIFY_X509_STRICT=0x20, VERIFY_ALLOW_PROXY_CERTS=0x40, VERIFY_X509_TRUSTED_FIRST=0x8000,
    VERIFY_X509_PARTIAL_CHAIN=0x80000,
)
VerifyMode = _members(_IntEnum, "VerifyMode", CERT_NONE=0, CERT_OPTIONAL=1, CERT_REQUIRED=2)
_PROTOCOL_NAMES = {value: name for name, value in _SSLMethod.__members__.items() if name != "PROTOCOL_SSLv23"}


class TLSVersion(_IntEnum):
    MINIMUM_SUPPORTED = -2
    SSLv3 = 0x300
    TLSv1 = 0x301
    TLSv1_1 = 0x302
    TLSv1_2 = 0x303
    TLSv1_3 = 0x304
    MAXIMUM_SUPPORTED = -1


_VERSION_NAMES = {0x303: "TLSv1.2", 0x304: "TLSv1.3"}


class _Suite(namedtuple("_Suite", "name protocol auth symmetric bits digest")):
    """A cipher suite by OpenSSL's names."""

    __slots__ = ()

    def words(self):
        """What a list of ciphers may call it, and others like it, by."""
        cipher = {"aes": "AES", "cha": "CHACHA20"}[self.symmetric[:3]]
        auth = {"auth-ecdsa": ("ECDSA", "aECDSA"), "auth-rsa": ("RSA", "aRSA")}.get(self.auth, ())
        words = {"ALL", "DEFAULT", "HIGH", "ECDHE", "kECDHE", "EECDH", "kEECDH", "TLSv1.2", self.name, cipher, *auth}
        if cipher == "AES":
            words |= {"AESGCM", f"AES{self.bits}", f"AES{self.bits}GCM"}
        words.add({"sha384": "SHA384", "sha256": "SHA256"}[self.digest])
        return words

    def described(self, number):
        kind = "kx-any" if self.auth == "auth-any" else "kx-ecdhe"
        return {
            "id": 0x3000000 | number, "name": self.name, "protocol": self.protocol,
            "description": f"{self.name:30} {self.protocol} Kx={kind} Au={self.auth} Enc={self.symmetric} Mac=AEAD",
            "strength_bits": self.bits, "alg_bits": self.bits, "aead": True, "symmetric": self.symmetric,
            "digest": None, "kea": kind, "auth": self.auth,
        }


_SUITES = {
    0x1301: _Suite("TLS_AES_128_GCM_SHA256", "TLSv1.3", "auth-any", "aes-128-gcm", 128, "sha256"),
    0x1302: _Suite("TLS_AES_256_GCM_SHA384", "TLSv1.3", "auth-any", "aes-256-gcm", 256, "sha384"),
    0x1303: _Suite("TLS_CHACHA20_POLY1305_SHA256", "TLSv1.3", "auth-any", "chacha20-poly1305", 256, "sha256"),
    0xC02B: _Suite("ECDHE-ECDSA-AES128-GCM-SHA256", "TLSv1.2", "auth-ecdsa", "aes-128-gcm", 128, "sha256"),
    0xC02C: _Suite("ECDHE-ECDSA-AES256-GCM-SHA384", "TLSv1.2", "auth-ecdsa", "aes-256-gcm", 256, "sha384"),
    0xC02F: _Suite("ECDHE-RSA-AES128-GCM-SHA256", "TLSv1.2", "auth-rsa", "aes-128-gcm", 128, "sha256"),
    0xC030: _Suite("ECDHE-RSA-AES256-GCM-SHA384", "TLSv1.2", "auth-rsa", "aes-256-gcm", 256, "sha384"),
    0xCCA8: _Suite("ECDHE-RSA-CHACHA20-POLY1305", "TLSv1.2", "auth-rsa", "chacha20-poly1305", 256, "sha256"),
    0xCCA9: _Suite("ECDHE-ECDSA-CHACHA20-POLY1305", "TLSv1.2", "auth-ecdsa", "chacha20-poly1305", 256, "sha256"),
}
_DEFAULT_CIPHERS = _RESTRICTED_SERVER_CIPHERS = "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20"


def _selected(text):
    """The suites that a list of ciphers in OpenSSL's language leaves; those of TLS 1.3 are not its business."""
    numbers = _tls.suites()
    chosen, banned = [], set()
    for element in text.replace(",", ":").replace(" ", ":").split(":"):
        sign = element[:1] if element[:1] in ("!", "-", "+") else ""
        wanted = set(element.removeprefix(sign).replace("ECDH+", "ECDHE+").split("+"))
        fits = [number for number in numbers if number > 0x1400 and wanted <= _SUITES[number].words()]
        if sign == "!":
            banned.update(fits)
        if sign in ("!", "-"):
            chosen = [number for number in chosen if number not in fits]
        elif sign == "+":
            chosen = [n for n in chosen if n not in fits] + [n for n in chosen if n in fits]
        else:
            chosen += [number for number in fits if number not in chosen and number not in banned]
    if not chosen:
        raise SSLError("No cipher can be selected.")
    return [number for number in numbers if number < 0x1400] + chosen


# ---- errors


class SSLError(OSError):
    """Something is wrong with a connection, or with what it is to be made of."""

    def __str__(self):
        return self.strerror if isinstance(self.strerror, str) else str(self.args)


class SSLZeroReturnError(SSLError):
    """The other end has said that it is done."""


class SSLWantReadError(SSLError):
    """More would have to come first."""


class SSLWantWriteError(SSLError):
    """Something would have to go first."""


class SSLSyscallError(SSLError):
    """The system has refused something."""


class SSLEOFError(SSLError):
    """The connection has ended, and the other end has not said that it would."""


class SSLCertVerificationError(SSLError, ValueError):
    """The other end is not whom it should be."""


for _error in (
    SSLError, SSLZeroReturnError, SSLWantReadError, SSLWantWriteError, SSLSyscallError, SSLEOFError,
    SSLCertVerificationError,
):
    _error.__module__ = "ssl"
del _error
CertificateError = SSLCertVerificationError
socket_error = OSError
_tls.complain_with(SSLError)

# Where CPython's own text says where in its source it is.
_PLACE = "(_ssl.c:1032)"
_WANTS = {
    2: (SSLWantReadError, "The operation did not complete (read)"),
    3: (SSLWantWriteError, "The operation did not complete (write)"),
    6: (SSLZeroReturnError, "TLS/SSL connection has been closed (EOF)"),
}
_MORE_HAS_TO_COME, _CLOSED, _END = (2,), (6,), (8,)


def _reason(text, cls=SSLError, number=1, reason=None, library="SSL"):
    """An error for a reason that OpenSSL has a name for."""
    reason = reason or text.upper().replace(" ", "_")
    error = cls(number, f"[{library}: {reason}] {text} {_PLACE}")
    error.library, error.reason = library, reason
    return error


def _bare(text, number, cls=SSLError, library=None):
    """An error that OpenSSL has no name for."""
    error = cls(number, f"{text} {_PLACE}")
    error.library, error.reason = library, None
    return error


def _error_of(outcome):
    """The exception for what keeps a connection from doing what it is asked."""
    if outcome == _END:
        text = "EOF occurred in violation of protocol"
        return _reason(text, SSLEOFError, 8, "UNEXPECTED_EOF_WHILE_READING")
    if len(outcome) == 1:
        cls, text = _WANTS[outcome[0]]
        return _bare(text, outcome[0], cls)
    reason, text, code, message = outcome
    if code is None:
        return _reason(text, reason=reason)
    error = _reason(f"certificate verify failed: {message}", SSLCertVerificationError, 1, "CERTIFICATE_VERIFY_FAILED")
    error.verify_code, error.verify_message = code, message
    return error


# ---- names of things


class _ASN1Object(namedtuple("_ASN1Object", "nid shortname longname oid")):
    """The names and number of a thing that has an object identifier."""

    __slots__ = ()

    def __new__(cls, oid):
        return super().__new__(cls, *_certificates.object_of(oid, False))

    @classmethod
    def fromnid(cls, nid):
        """By OpenSSL's number."""
        return super().__new__(cls, *_certificates.object_of_number(nid))

    @classmethod
    def fromname(cls, name):
        """By a name, or the identifier."""
        return super().__new__(cls, *_certificates.object_of(name, True))


class Purpose(_ASN1Object, _Enum):
    """What a certificate is to prove."""

    SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
    CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"


DefaultVerifyPaths = namedtuple(
    "DefaultVerifyPaths", "cafile capath openssl_cafile_env openssl_cafile openssl_capath_env openssl_capath"
)
# Where systems keep the authorities that they trust.
_SYSTEM_FILES = "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"
_SYSTEM_DIRECTORY = "/etc/ssl/certs"


def get_default_verify_paths():
    """Where the authorities are kept that are trusted if nothing else is said."""
    file = next(filter(os.path.isfile, _SYSTEM_FILES), _SYSTEM_FILES[0])
    cafile, capath = os.environ.get("SSL_CERT_FILE", file), os.environ.get("SSL_CERT_DIR", _SYSTEM_DIRECTORY)
    return DefaultVerifyPaths(
        cafile if os.path.isfile(cafile) else None, capath if os.path.isdir(capath) else None,
        "SSL_CERT_FILE", file, "SSL_CERT_DIR", _SYSTEM_DIRECTORY,
    )


def get_protocol_name(protocol_code):
    """The name of a constant PROTOCOL_..."""
    return _PROTOCOL_NAMES.get(protocol_code, "<unknown>")


class SSLSession:
    """What a later connection could go on from. There are none here."""

    def __new__(cls, *args):
        raise TypeError("cannot create 'ssl.SSLSession' instances")


def RAND_bytes(n, /):
    """So many bytes that nobody can guess."""
    if n < 0:
        raise ValueError("num must be positive")
    return os.urandom(n)


def RAND_status():
    """Can nobody guess what comes?"""
    return True


def RAND_add(string, entropy, /):
    """The system knows enough that nobody can guess."""


def _deprecated(what, level=3):
    import warnings

    warnings.warn(f"{what} deprecated", DeprecationWarning, stacklevel=level)


def _absent(what):
    raise NotImplementedError(f"{what}: rustls has no such thing")


# ---- contexts


class SSLContext:
    """What connections have in common: whom to trust, our own certificates, what may be agreed upon."""

    sslsocket_class = sslobject_class = None
    _windows_cert_stores = ()

    def __new__(cls, protocol=None, *args, **kwargs):
        import warnings

        if protocol is None:
            text = "ssl.SSLContext() without protocol argument is deprecated."
            warnings.warn(text, category=DeprecationWarning, stacklevel=2)
            protocol = PROTOCOL_TLS
        try:
            method = _SSLMethod(protocol)
        except ValueError:
            method = PROTOCOL_TLSv1
        if method in (PROTOCOL_TLSv1, PROTOCOL_TLSv1_1):
            raise ValueError("invalid or unsupported protocol version")
        if method in (PROTOCOL_TLS, PROTOCOL_TLSv1_2):
            warnings.warn(f"ssl.{method.name} is deprecated", category=DeprecationWarning, stacklevel=2)
        self = super().__new__(cls)
        self._protocol = method
        self._check_hostname = method == PROTOCOL_TLS_CLIENT
        self._verify_mode = CERT_REQUIRED if self._check_hostname else CERT_NONE
        self._verify_flags = VERIFY_X509_TRUSTED_FIRST
        self._options = (
            OP_ALL | OP_NO_SSLv3 | OP_CIPHER_SERVER_PREFERENCE | OP_NO_COMPRESSION | OP_ENABLE_MIDDLEBOX_COMPAT
        )
        self._minimum = self._maximum = TLSVersion.TLSv1_2
        if method != PROTOCOL_TLSv1_2:
            self._maximum = TLSVersion.MAXIMUM_SUPPORTED
        self._suites = list(_tls.suites())
        self._alpn = []
        # Certificates as DER in the order in which they came; of ours one for each kind of key.
        self._trusted, self._revocations, self._places, self._own = {}, {}, [], {}
        self._trust = self._sni_callback = None
        self._num_tickets = 2
        return self

    def __init__(self, *args, **kwargs):
        pass

    def __getstate__(self):
        raise TypeError(f"cannot pickle {type(self).__name__!r} object")

    # ---- numbers

    @property
    def protocol(self):
        """For which end it is."""
        return self._protocol

    @property
    def options(self):
        """OP_... What the constants OP_NO_TLSv... forbid is not agreed upon; the others change nothing."""
        return Options(self._options)

    @options.setter
    def options(self, value):
        value = _index(value)
        if value < 0:
            raise OverflowError("can't convert negative int to unsigned")
        if value >> 64:
            raise OverflowError("int too big to convert")
        versions = OP_NO_SSLv3 | OP_NO_TLSv1 | OP_NO_TLSv1_1 | OP_NO_TLSv1_2 | OP_NO_TLSv1_3
        if value & ~self._options & versions:
            _deprecated("ssl.OP_NO_SSL*/ssl.OP_NO_TLS* options are")
        self._options = value

    @property
    def verify_mode(self):
        """Must the other end prove who it is?"""
        return VerifyMode(self._verify_mode)

    @verify_mode.setter
    def verify_mode(self, value):
        if not isinstance(value, int):
            raise TypeError(f"an integer is required (got type {type(value).__name__})")
        if value not in (0, 1, 2):
            raise ValueError("invalid value for verify_mode")
        if value == CERT_NONE and self._check_hostname:
            raise ValueError("Cannot set verify_mode to CERT_NONE when check_hostname is enabled.")
        self._verify_mode = VerifyMode(value)

    @property
    def check_hostname(self):
        """Must the other end prove that it is the host that is meant?"""
        return self._check_hostname

    @check_hostname.setter
    def check_hostname(self, value):
        self._check_hostname = bool(value)
        if value and self._verify_mode == CERT_NONE:
            self._verify_mode = CERT_REQUIRED

    @property
    def verify_flags(self):
        """VERIFY_..."""
        return VerifyFlags(self._verify_flags)

    @verify_flags.setter
    def verify_flags(self, value):
        self._verify_flags = _index(value)

    @property
    def hostname_checks_common_name(self):
        """Names of a host are the alternative names of a certificate; its common name is none."""
        return False

    @hostname_checks_common_name.setter
    def hostname_checks_common_name(self, value):
        if value:
            _absent("common names as names of hosts")

    @property
    def minimum_version(self):
        """The oldest version that may be agreed upon. There is none here that is older than 1.2."""
        return self._minimum

    @minimum_version.setter
    def minimum_version(self, value):
        value = self._version(value)
        self._minimum = TLSVersion.TLSv1_3 if value == TLSVersion.MAXIMUM_SUPPORTED else value

    @property
    def maximum_version(self):
        """The newest version that may be agreed upon."""
        return self._maximum

    @maximum_version.setter
    def maximum_version(self, value):
        value = self._version(value)
        self._maximum = TLSVersion.TLSv1_2 if value == TLSVersion.MINIMUM_SUPPORTED else value

    def _version(self, value):
        if self._protocol not in (PROTOCOL_TLS, PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER):
            raise ValueError("The context's protocol doesn't support modification of highest and lowest version.")
        try:
            version = TLSVersion(value)
        except ValueError:
            raise ValueError(f"Unsupported TLS/SSL version 0x{value:x}") from None
        if 0 < version < TLSVersion.TLSv1_2:
            _deprecated(f"ssl.TLSVersion.{version.name} is", 4)
        return version

    @property
    def security_level(self):
        """OpenSSL's measure: no key of less than 112 bits' strength."""
        return 2

    @property
    def num_tickets(self):
        """How many tickets for later sessions a server would give: there are none here."""
        return self._num_tickets

    @num_tickets.setter
    def num_tickets(self, value):
        if value < 0:
            raise ValueError("value must be non-negative")
        if self._protocol != PROTOCOL_TLS_SERVER:
            raise ValueError("SSLContext is not a server context")
        self._num_tickets = value

    @property
    def post_handshake_auth(self):
        """May a server ask later who we are? No."""
        return False

    @post_handshake_auth.setter
    def post_handshake_auth(self, value):
        if value:
            _absent("authentication after the handshake")

    @property
    def keylog_filename(self):
        """Where secrets are written to: nowhere."""
        return None

    @keylog_filename.setter
    def keylog_filename(self, value):
        if value is not None:
            _absent("a file of secrets")

    # ---- certificates

    def load_cert_chain(self, certfile, keyfile=None, password=None):
        """Our own certificate with those that prove it, and its key, from files as PEM."""
        if password is not None and not (callable(password) or isinstance(password, (str, bytes, bytearray))):
            raise TypeError("password should be a string or callable")
        chain = _certificates.certificates_in(_read(certfile))
        key = _certificates.key_in(_read(certfile if keyfile is None else keyfile))
        if not chain or key is None:
            raise _bare("[SSL] PEM lib", 9, library="SSL")
        label, der = key
        if label == "ENCRYPTED PRIVATE KEY" or der is None:
            raise NotImplementedError("encrypted private keys: they have to be decrypted before")
        made = _tls.identity(chain, der, label)
        if isinstance(made, str):
            if made == "key values mismatch":
                raise _reason(made, number=116, library="X509")
            raise _bare("[SSL] PEM lib" if made == "bad certificate" else f"[SSL] {made} private key", 9, library="SSL")
        self._own[_certificates.kind_of_key(chain[0])] = made

    def load_verify_locations(self, cafile=None, capath=None, cadata=None):
        """Trust the authorities of a file as PEM, of a directory, or given as PEM or DER."""
        if cafile is None and capath is None and cadata is None:
            raise TypeError("cafile, capath and cadata cannot be all omitted")
        if cadata is not None:
            self._trust_data(cadata)
        if cafile is not None:
            self._trust_file(_path(cafile, "cafile"))
        if capath is not None:
            self._places.append(_path(capath, "capath"))
            self._trust = None

    def _trust_data(self, data):
        if isinstance(data, str):
            if not data.isascii():
                raise TypeError("cadata should be an ASCII string or a bytes-like object")
            found = _certificates.certificates_in(data.encode())
            if not found:
                raise _bare("no start line: cadata does not contain a certificate", 0)
        else:
            try:
                data = bytes(memoryview(data))
            except TypeError:
                raise TypeError("cadata should be an ASCII string or a bytes-like object") from None
            found = _certificates.split(data)
            if not found:
                raise _bare("not enough data: cadata does not contain a certificate", 0)
        self._put(found)

    def _trust_file(self, path):
        text = _read(path)
        found, revocations = _certificates.certificates_in(text), _certificates.revocations_in(text)
        if not (found or revocations):
            raise _reason("no certificate or crl found", number=136, library="X509")
        self._put(found, revocations)

    def _put(self, certificates, revocations=()):
        if _tls.trust(certificates, revocations) is None:
            raise _reason("wrong tag", number=9, reason="PEM_LIB")
        self._trusted.update(dict.fromkeys(certificates))
        self._revocations.update(dict.fromkeys(revocations))
        self._trust = None

    def load_default_certs(self, purpose=Purpose.SERVER_AUTH):
        """Trust the system's authorities."""
        if not isinstance(purpose, _ASN1Object):
            raise TypeError(purpose)
        self.set_default_verify_paths()

    def set_default_verify_paths(self):
        """Trust the system's authorities, which are read when they are needed."""
        self._places.append(None)
        self._trust = None

    def _read_places(self):
        places, self._places = self._places, []
        for place in places:
            if place is None:
                cafile, capath, *_ = get_default_verify_paths()
                if cafile is not None:
                    self._put_fit(_read(cafile))
                    continue
                place = capath
            try:
                names = os.listdir(place) if place else []
            except OSError:
                continue
            for name in sorted(names):
                # Links that are named by a hash of the subject.
                stem, _, suffix = name.partition(".")
                if len(stem) == 8 and suffix.removeprefix("r").isdigit():
                    try:
                        self._put_fit(_read(os.path.join(place, name)))
                    except OSError:
                        pass

    def _put_fit(self, text):
        # One that is unfit is no reason to trust none of a system's.
        fit = [one for one in _certificates.certificates_in(text) if _tls.trust([one], ()) is not None]
        self._put(fit, _certificates.revocations_in(text))

    def cert_store_stats(self):
        """How many certificates, authorities among them, and lists of revocations there are."""
        self._read_places()
        authorities = sum(map(_certificates.is_authority, self._trusted))
        return {"x509": len(self._trusted), "crl": len(self._revocations), "x509_ca": authorities}

    def get_ca_certs(self, binary_form=False):
        """The authorities that are trusted."""
        self._read_places()
        found = [der for der in self._trusted if _certificates.is_authority(der)]
        return found if binary_form else [_certificates.told(der) for der in found]

    # ---- what may be agreed upon

    def set_ciphers(self, cipherlist, /):
        """Of the cipher suites of TLS 1.2 those only, in OpenSSL's language."""
        self._suites = _selected(cipherlist)

    def get_ciphers(self):
        """The cipher suites, the best first."""
        return [_SUITES[number].described(number) for number in self._suites]

    def set_alpn_protocols(self, alpn_protocols):
        """The protocols above TLS that may be agreed upon, the best first."""
        names = []
        for protocol in alpn_protocols:
            name = bytes(protocol, "ascii")
            if not 0 < len(name) < 256:
                raise SSLError("ALPN protocols must be 1 to 255 in length")
            names.append(name)
        self._alpn = names

    def set_npn_protocols(self, npn_protocols):
        """What was before ALPN."""
        import warnings

        warnings.warn("ssl NPN is deprecated, use ALPN instead", DeprecationWarning, stacklevel=2)

    def set_ecdh_curve(self, name, /):
        """Curves are agreed upon without asking."""
        _absent("a choice of curves")

    def load_dh_params(self, path, /):
        """Only curves are agreed upon."""
        _absent("finite field groups")

    def set_psk_client_callback(self, callback):
        """No keys are shared before."""
        _absent("pre-shared keys")

    def set_psk_server_callback(self, callback, identity_hint=None):
        """No keys are shared before."""
        _absent("pre-shared keys")

    def session_stats(self):
        """No session is gone on from."""
        return dict.fromkeys((
            "number", "connect", "connect_good", "connect_renegotiate", "accept", "accept_good", "accept_renegotiate",
            "hits", "misses", "timeouts", "cache_full",
        ), 0)

    @property
    def sni_callback(self):
        """Called at a server with the connection, the name that the client wants, and this context; it may set another context."""
        return self._sni_callback

    @sni_callback.setter
    def sni_callback(self, callback):
        if self._protocol == PROTOCOL_TLS_CLIENT:
            raise ValueError("sni_callback cannot be set on TLS_CLIENT context")
        if callback is not None and not callable(callback):
            raise TypeError("not a callable object")
        self._sni_callback = callback

    def set_servername_callback(self, server_name_callback):
        """The older name of `sni_callback`."""
        if server_name_callback is not None and not callable(server_name_callback):
            raise TypeError("not a callable object")
        self.sni_callback = server_name_callback

    def _settings(self, name, alpn):
        """What a connection is to know."""
        options, versions = self._options, 0
        maximum = 0x304 if self._maximum == TLSVersion.MAXIMUM_SUPPORTED else self._maximum
        if self._minimum <= 0x303 <= maximum and not options & OP_NO_TLSv1_2:
            versions |= 1
        if self._minimum <= 0x304 <= maximum and not options & OP_NO_TLSv1_3:
            versions |= 2
        if not versions:
            raise _reason("no protocols available")
        if self._trust is None and self._verify_mode != CERT_NONE:
            self._read_places()
            self._trust = _tls.trust(list(self._trusted), list(self._revocations))
        revoked = 2 if self._verify_flags & 0xC == 0xC else 1 if self._verify_flags & 0x4 else 0
        suites = self._suites
        if self._protocol != PROTOCOL_TLS_CLIENT and versions == 1:
            suites = [number for number in suites if number > 0x1400]
        return (
            name, self._check_hostname, int(self._verify_mode), revoked, self._trust, list(self._own.values()),
            versions, suites, alpn,
        )

    # ---- connections

    def wrap_socket(
        self, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True, server_hostname=None,
        session=None,
    ):
        """A socket that speaks TLS over the connection of another, which is gone with it."""
        return (self.sslsocket_class or SSLSocket)._create(
            sock, server_side, do_handshake_on_connect, suppress_ragged_eofs, server_hostname, self, session
        )

    def wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        """A connection between two buffers, which somebody else fills and empties."""
        return (self.sslobject_class or SSLObject)._create(
            incoming, outgoing, server_side, server_hostname, session, self
        )

    def _encode_hostname(self, hostname):
        if hostname is None:
            return None
        if isinstance(hostname, str):
            return hostname if hostname.isascii() else hostname.encode("idna").decode("ascii")
        return hostname.decode("ascii")


_SSLContext = SSLContext


def _index(value):
    if not isinstance(value, int):
        raise TypeError(f"an integer is required (got type {type(value).__name__})")
    return int(value)


def _path(value, what):
    try:
        return os.fspath(value)
    except TypeError:
        raise TypeError(f"{what} should be a valid filesystem path") from None


def _read(path):
    with open(path, "rb") as file:
        return file.read()


def create_default_context(purpose=Purpose.SERVER_AUTH, *, cafile=None, capath=None, cadata=None):
    """A context with what is thought to be safe."""
    if not isinstance(purpose, _ASN1Object):
        raise TypeError(purpose)
    if purpose == Purpose.SERVER_AUTH:
        context = SSLContext(PROTOCOL_TLS_CLIENT)
    elif purpose == Purpose.CLIENT_AUTH:
        context = SSLContext(PROTOCOL_TLS_SERVER)
    else:
        raise ValueError(purpose)
    context.verify_flags |= VERIFY_X509_PARTIAL_CHAIN | VERIFY_X509_STRICT
    _trust_by_default(context, purpose, cafile, capath, cadata)
    return context


def _trust_by_default(context, purpose, cafile, capath, cadata):
    if cafile or capath or cadata:
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs(purpose)


def _create_unverified_context(
    protocol=None, *, cert_reqs=CERT_NONE, check_hostname=False, purpose=Purpose.SERVER_AUTH, certfile=None,
    keyfile=None, cafile=None, capath=None, cadata=None,
):
    if not isinstance(purpose, _ASN1Object):
        raise TypeError(purpose)
    if purpose not in (Purpose.SERVER_AUTH, Purpose.CLIENT_AUTH):
        raise ValueError(purpose)
    if protocol is None:
        protocol = PROTOCOL_TLS_CLIENT if purpose == Purpose.SERVER_AUTH else PROTOCOL_TLS_SERVER
    context = SSLContext(protocol)
    context.check_hostname = check_hostname
    if cert_reqs is not None:
        context.verify_mode = cert_reqs
    if check_hostname:
        context.check_hostname = True
    if keyfile and not certfile:
        raise ValueError("certfile must be specified")
    if certfile or keyfile:
        context.load_cert_chain(certfile, keyfile)
    _trust_by_default(context, purpose, cafile, capath, cadata)
    return context


_create_default_https_context = create_default_context
_create_stdlib_context = _create_unverified_context


# ---- connections


class SSLObject:
    """One end of a connection between two buffers: it reads what comes from the one, writes what is to go into the other."""

    def __init__(self, *args, **kwargs):
        raise TypeError(
            f"{type(self).__name__} does not have a public constructor. Instances are returned by SSLContext.wrap_bio()."
        )

    @classmethod
    def _create(cls, incoming, outgoing, server_side=False, server_hostname=None, session=None, context=None):
        if server_side and server_hostname is not None:
            raise ValueError("server_hostname can only be specified in client mode")
        if context._protocol == (PROTOCOL_TLS_CLIENT if server_side else PROTOCOL_TLS_SERVER):
            ends = ("server", "CLIENT") if server_side else ("client", "SERVER")
            raise _reason(f"Cannot create a {ends[0]} socket with a PROTOCOL_TLS_{ends[1]} context", reason="WRONG_SSL_VERSION")
        if session is not None:
            _absent("a session to go on from")
        if context.check_hostname and not server_side and server_hostname is None:
            raise ValueError("check_hostname requires server_hostname")
        name = context._encode_hostname(server_hostname)
        if name is not None:
            if not name or name.startswith("."):
                raise ValueError("server_hostname cannot be an empty string or start with a leading dot.")
            if "\0" in name:
                raise TypeError("embedded null character")
        self = cls.__new__(cls)
        self._context, self._is_server, self._name = context, bool(server_side), name
        # Who is shown to the callback for names: this, or the socket that this refers to.
        self._owner, self._heard_suites = None, None
        # Is the handshake over? Have we said that we are done?
        self._made = self._done = False
        if server_side:
            self._tls = _tls.server(incoming, outgoing)
        else:
            self._tls = _tls.client(incoming, outgoing, *context._settings(name, context._alpn))
            if type(self._tls) is tuple:
                raise _error_of(self._tls)
        return self

    @property
    def context(self):
        """The context that is in use; for a server, another one may be set by `sni_callback`."""
        return self._context

    @context.setter
    def context(self, context):
        if not isinstance(context, SSLContext):
            raise TypeError("The value must be a SSLContext")
        self._context = context

    @property
    def session(self):
        """What a later connection could go on from: nothing."""
        return None

    @session.setter
    def session(self, session):
        _absent("a session to go on from")

    @property
    def session_reused(self):
        """Was an earlier session gone on from?"""
        return False

    @property
    def server_side(self):
        """Is this the server's end?"""
        return self._is_server

    @property
    def server_hostname(self):
        """The name that the other end is to have."""
        return self._name

    # ---- what was agreed upon

    def getpeercert(self, binary_form=False):
        """The other end's certificate, as a dict or DER: None if it has none, empty if it was not checked."""
        if not self._made:
            raise ValueError("handshake not done yet")
        shown, _ = self._tls.certificates()
        if not shown:
            return None
        if binary_form:
            return shown[0]
        return {} if self._context._verify_mode == CERT_NONE else _certificates.told(shown[0])

    def get_verified_chain(self):
        """The certificates from the other end's to a trusted one, as DER."""
        return list(self._tls.certificates()[1])

    def get_unverified_chain(self):
        """The certificates that the other end has shown, as DER."""
        return list(self._tls.certificates()[0])

    def _agreed(self):
        return self._tls.agreed() or (None, None, None)

    def selected_alpn_protocol(self):
        """The protocol above TLS, or None."""
        name = self._agreed()[2]
        return None if name is None else name.decode("ascii", "replace")

    def selected_npn_protocol(self):
        """None: that was before ALPN."""
        import warnings

        warnings.warn("ssl NPN is deprecated, use ALPN instead", DeprecationWarning, stacklevel=2)

    def cipher(self):
        """Name, protocol and strength of the cipher suite."""
        number = self._agreed()[1]
        return None if number is None else _brief(number)

    def shared_ciphers(self):
        """At a server, the cipher suites that both ends know."""
        heard = self._heard_suites
        if heard is None:
            return None
        return [_brief(number) for number in heard if number in self._context._suites]

    def compression(self):
        """None: nothing is compressed."""
        return None

    def version(self):
        """The version of TLS, or None before the handshake."""
        return _VERSION_NAMES.get(self._agreed()[0]) if self._made else None

    def get_channel_binding(self, cb_type="tls-unique"):
        """Bytes that only this connection has: there is no such kind."""
        if cb_type not in CHANNEL_BINDING_TYPES:
            if cb_type == "tls-unique":
                _absent("the channel binding 'tls-unique'")
            raise ValueError(f"{cb_type} channel binding type not implemented")

    def verify_client_post_handshake(self):
        """Ask a client later who it is: that cannot be."""
        _absent("authentication after the handshake")

    # ---- talking

    def _shake(self):
        """A step of the handshake: None when it is made, or what keeps it from that."""
        outcome = self._tls.handshake()
        while outcome == -1:
            outcome = self._answer_hello()
            if type(outcome) is not tuple:
                outcome = self._tls.handshake()
        if type(outcome) is tuple:
            return outcome
        self._made = True

    def _answer_hello(self):
        name, protocols, self._heard_suites = self._tls.hello()
        callback = self._context._sni_callback
        if callback is not None:
            owner = self if self._owner is None else self._owner()
            alert = _verdict(callback, owner, name, self._context)
            if alert is not None:
                self._tls.refuse(alert)
                return "CALLBACK_FAILED", "callback failed", None, None
        context = self._context
        # Where none is common to both, none is agreed upon.
        alpn = context._alpn if any(protocol in protocols for protocol in context._alpn) else []
        return self._tls.accept(*context._settings(None, alpn))

    def _attempt(self, method, *args):
        """What a method of the connection answers, after the handshake: if it cannot be done, a tuple that says why."""
        if not self._made:
            outcome = self._shake()
            if outcome is not None:
                return outcome
        return getattr(self._tls, method)(*args)

    def _attempt_read(self, len, buffer):
        if buffer is not None:
            # As much as there is room for, if nothing else is said.
            len = len if len > 0 else -1
        elif len < 0:
            raise ValueError("size should not be negative")
        answer = self._attempt("read", len, buffer)
        if answer == _CLOSED and not self._done:
            return b"" if buffer is None else 0
        return answer

    def do_handshake(self):
        """Agree with the other end, and be sure of it."""
        outcome = self._shake()
        if outcome is not None:
            raise _error_of(outcome)

    def read(self, len=1024, buffer=None):
        """Up to so many bytes; with a buffer they are put there, and counted. None at the end."""
        answer = self._attempt_read(len, buffer)
        if type(answer) is tuple:
            raise _error_of(answer)
        return answer

    def write(self, data):
        """Send bytes; how many."""
        answer = self._attempt("write", data)
        if type(answer) is tuple:
            raise _error_of(answer)
        return answer

    def pending(self):
        """How many bytes can be read at once."""
        return self._tls.pending()

    def _attempt_unwrap(self):
        if not self._made:
            return "SHUTDOWN_WHILE_IN_INIT", "shutdown while in init", None, None
        self._done = True
        answer = self._tls.shutdown()
        return answer if type(answer) is tuple else None

    def unwrap(self):
        """Say that we are done, and wait until the other end says so."""
        outcome = self._attempt_unwrap()
        if outcome is not None:
            raise _error_of(outcome)


def _brief(number):
    suite = _SUITES.get(number)
    return (suite.name, suite.protocol, suite.bits) if suite else (f"0x{number:04X}", None, None)


def _verdict(callback, owner, name, context):
    """What a callback for names says: an alert to refuse with, or None."""
    try:
        answer = callback(owner, name, context)
    except Exception as failure:
        _unraisable(failure, callback)
        return ALERT_DESCRIPTION_HANDSHAKE_FAILURE
    if answer is None or isinstance(answer, int):
        return answer
    _unraisable(TypeError(f"an integer is required (got type {type(answer).__name__})"), callback)
    return ALERT_DESCRIPTION_INTERNAL_ERROR


_Unraisable = namedtuple("UnraisableHookArgs", "exc_type exc_value exc_traceback err_msg object")


def _unraisable(failure, where):
    sys.unraisablehook(_Unraisable(type(failure), failure, failure.__traceback__, None, where))


class SSLSocket(socket):
    """A socket that speaks TLS."""

    def __init__(self, *args, **kwargs):
        raise TypeError(
            f"{type(self).__name__} does not have a public constructor. Instances are returned by"
            " SSLContext.wrap_socket()."
        )

    @classmethod
    def _create(
        cls, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True, server_hostname=None,
        context=None, session=None,
    ):
        if sock.getsockopt(SOL_SOCKET, SO_TYPE) != SOCK_STREAM:
            raise NotImplementedError("only stream sockets are supported")
        if server_side:
            if server_hostname:
                raise ValueError("server_hostname can only be specified in client mode")
            if session is not None:
                raise ValueError("session can only be specified in client mode")
        elif context.check_hostname and not server_hostname:
            raise ValueError("check_hostname requires server_hostname")
        timeout = sock.gettimeout()
        self = cls.__new__(cls, family=sock.family, type=sock.type, proto=sock.proto, fileno=sock.fileno())
        socket.__init__(self, family=sock.family, type=sock.type, proto=sock.proto, fileno=sock.fileno())
        sock.detach()
        self.settimeout(timeout)
        self._context, self._server_side = context, bool(server_side)
        self._server_hostname = context._encode_hostname(server_hostname)
        self.do_handshake_on_connect, self.suppress_ragged_eofs = do_handshake_on_connect, suppress_ragged_eofs
        # The connection, what came for it, what is to go, and what of that is on its way; what was begun to be sent; what
        # came behind the end of TLS.
        self._sslobj = None
        self._incoming, self._outgoing = MemoryBIO(), MemoryBIO()
        self._going, self._owed, self._left = b"", 0, b""
        # One at a time may put on the wire what is to go, and take from it what came.
        self._putting, self._taking, self._taken = allocate_lock(), allocate_lock(), 0
        self._connected = False
        try:
            try:
                self.getpeername()
            except OSError as failure:
                if failure.errno != 107:
                    raise
            else:
                self._connected = True
                self._begin()
                if do_handshake_on_connect:
                    if timeout == 0:
                        raise ValueError("do_handshake_on_connect should not be specified for non-blocking sockets")
                    self.do_handshake()
        except:
            try:
                self.close()
            except OSError:
                pass
            raise
        return self

    def _begin(self):
        create = (self._context.sslobject_class or SSLObject)._create
        self._sslobj = create(
            self._incoming, self._outgoing, self._server_side, self._server_hostname, None, self._context
        )
        self._sslobj._owner = ref(self)

    @property
    def context(self):
        """The context that is in use."""
        return self._context

    @context.setter
    def context(self, context):
        self._context = context
        if self._sslobj is not None:
            self._sslobj.context = context

    session = SSLObject.session
    session_reused = SSLObject.session_reused

    @property
    def server_side(self):
        """Is this the server's end?"""
        return self._server_side

    @property
    def server_hostname(self):
        """The name that the other end is to have."""
        return self._server_hostname

    # ---- the wire

    def _deadline(self):
        timeout = self.gettimeout()
        return time.monotonic() + timeout if timeout else None

    def _wait(self, writing, deadline, doing):
        if deadline is not None:
            import select

            poll = select.poll()
            poll.register(self.fileno(), select.POLLOUT if writing else select.POLLIN)
            left = deadline - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                where = f"{_PLACE[1:-1]}: " if doing == "handshake" else ""
                raise TimeoutError(f"{where}The {doing} operation timed out")

    def _put(self, deadline, doing):
        """Put on the wire what is to go."""
        if not (self._going or self._outgoing.pending):
            return
        with self._putting:
            while True:
                if not self._going:
                    self._going = memoryview(self._outgoing.read())
                    if not self._going:
                        return
                self._wait(True, deadline, doing)
                try:
                    count = super().send(self._going)
                except BlockingIOError:
                    raise _error_of((3,)) from None
                self._going = self._going[count:]

    def _take(self, deadline, doing, taken):
        """Take from the wire what came, if nobody has since so much was taken."""
        with self._taking:
            if self._taken != taken:
                return
            self._wait(False, deadline, doing)
            try:
                data = super().recv(65536)
            except BlockingIOError:
                raise _error_of(_MORE_HAS_TO_COME) from None
            self._taken += 1
            if data:
                self._incoming.write(data)
            else:
                self._incoming.write_eof()

    def _carry(self, doing, attempt, *args):
        """Attempt it, with the wire's help, until it is done or cannot be done."""
        deadline = self._deadline()
        while True:
            taken = self._taken
            answer = attempt(*args)
            try:
                self._put(deadline, doing)
            except SSLWantWriteError:
                # It goes when something is sent the next time.
                if answer == _MORE_HAS_TO_COME and doing != "read":
                    raise
            except OSError:
                # What is wrong is more than that nobody hears of it.
                if type(answer) is not tuple or answer == _MORE_HAS_TO_COME:
                    raise
            if answer != _MORE_HAS_TO_COME:
                return answer
            self._take(deadline, doing, taken)

    # ---- talking

    def do_handshake(self, block=False):
        """Agree with the other end, and be sure of it."""
        self._check_connected()
        timeout = self.gettimeout()
        try:
            if timeout == 0.0 and block:
                self.settimeout(None)
            outcome = self._carry("handshake", self._sslobj._shake)
        finally:
            if timeout == 0.0 and block:
                self.settimeout(timeout)
        if outcome is not None:
            raise _error_of(outcome)

    def _check_connected(self):
        if not self._connected or self._sslobj is None:
            # It says what is wrong.
            self.getpeername()
            if self._sslobj is None:
                raise ValueError("No SSL wrapper around " + str(self))

    def read(self, len=1024, buffer=None):
        """Up to so many bytes; with a buffer they are put there, and counted. None at the end."""
        if self._sslobj is None:
            raise ValueError("Read on closed or unwrapped SSL socket.")
        answer = self._carry("read", self._sslobj._attempt_read, len, buffer)
        if type(answer) is not tuple:
            return answer
        if answer == _END and self.suppress_ragged_eofs:
            return b"" if buffer is None else 0
        raise _error_of(answer)

    def write(self, data):
        """Send bytes; how many."""
        if self._sslobj is None:
            raise ValueError("Write on closed or unwrapped SSL socket.")
        if self._owed:
            # They were taken at the last attempt, and have not gone yet.
            self._put(self._deadline(), "write")
            count, self._owed = self._owed, 0
            return count
        if self.gettimeout() == 0:
            data = memoryview(data).cast("B")[:16384]
        answer = self._carry_write(data)
        if type(answer) is tuple:
            raise _error_of(answer)
        return answer

    def _carry_write(self, data):
        if not self._sslobj._made:
            outcome = self._carry("write", self._sslobj._shake)
            if outcome is not None:
                return outcome
        # What went before has to be gone, or more and more would wait.
        deadline = self._deadline()
        self._put(deadline, "write")
        answer = self._sslobj._tls.write(data)
        try:
            self._put(deadline, "write")
        except SSLWantWriteError:
            self._owed = answer
            raise
        return answer

    def send(self, data, flags=0):
        """Send bytes; how many."""
        if self._sslobj is None:
            return super().send(data, flags)
        _no_flags(self, flags, "send")
        return self.write(data)

    def sendall(self, data, flags=0):
        """Send all of it."""
        if self._sslobj is None:
            return super().sendall(data, flags)
        _no_flags(self, flags, "sendall")
        with memoryview(data) as view, view.cast("B") as rest:
            sent = 0
            while sent < len(rest):
                sent += self.send(rest[sent : sent + 262144])

    def recv(self, buflen=1024, flags=0):
        """Receive up to so many bytes; none at the end."""
        if self._sslobj is None:
            return self._from_left(buflen) if self._left else super().recv(buflen, flags)
        _no_flags(self, flags, "recv")
        return self.read(buflen)

    def recv_into(self, buffer, nbytes=None, flags=0):
        """Receive into a buffer; how many bytes."""
        if nbytes is None:
            if buffer is None:
                nbytes = 1024
            else:
                with memoryview(buffer) as view:
                    nbytes = view.nbytes or 1024
        if self._sslobj is None:
            if not self._left:
                return super().recv_into(buffer, nbytes, flags)
            with memoryview(buffer) as view, view.cast("B") as room:
                data = self._from_left(min(nbytes, len(room)))
                room[: len(data)] = data
                return len(data)
        _no_flags(self, flags, "recv_into")
        return self.read(nbytes, buffer)

    def _from_left(self, count):
        data, self._left = self._left[:count], self._left[count:]
        return data

    def sendto(self, data, flags_or_addr, addr=None):
        """Not over TLS."""
        if self._sslobj is not None:
            raise ValueError(f"sendto not allowed on instances of {self.__class__}")
        return super().sendto(data, flags_or_addr) if addr is None else super().sendto(data, flags_or_addr, addr)

    def recvfrom(self, buflen=1024, flags=0):
        """Not over TLS."""
        if self._sslobj is not None:
            raise ValueError(f"recvfrom not allowed on instances of {self.__class__}")
        return super().recvfrom(buflen, flags)

    def recvfrom_into(self, buffer, nbytes=None, flags=0):
        """Not over TLS."""
        if self._sslobj is not None:
            raise ValueError(f"recvfrom_into not allowed on instances of {self.__class__}")
        return super().recvfrom_into(buffer, nbytes or 0, flags)

    def recvmsg(self, *args, **kwargs):
        """Not over TLS."""
        raise NotImplementedError(f"recvmsg not allowed on instances of {self.__class__}")

    def recvmsg_into(self, *args, **kwargs):
        """Not over TLS."""
        raise NotImplementedError(f"recvmsg_into not allowed on instances of {self.__class__}")

    def sendmsg(self, *args, **kwargs):
        """Not over TLS."""
        raise NotImplementedError(f"sendmsg not allowed on instances of {self.__class__}")

    def pending(self):
        """How many bytes can be read at once."""
        return 0 if self._sslobj is None else self._sslobj.pending()

    def dup(self):
        """A connection has one state, and cannot be two."""
        raise NotImplementedError(f"Can't dup() {self.__class__.__name__} instances")

    # ---- beginning and end

    def connect(self, addr):
        """Connect, and agree."""
        self._real_connect(addr, False)

    def connect_ex(self, addr):
        """Connect, and agree; the number of the error, or 0."""
        return self._real_connect(addr, True)

    def _real_connect(self, addr, as_number):
        if self.server_side:
            raise ValueError("can't connect in server-side mode")
        if self._connected or self._sslobj is not None:
            raise ValueError("attempt to connect already-connected SSLSocket!")
        self._begin()
        try:
            number = 0
            if as_number:
                number = super().connect_ex(addr)
            else:
                super().connect(addr)
            if not number:
                self._connected = True
                if self.do_handshake_on_connect:
                    self.do_handshake()
            return number
        except:
            self._sslobj = None
            raise

    def accept(self):
        """Wait for a connection, and agree: its socket, and the address of the other end."""
        connection, address = super().accept()
        connection = self.context.wrap_socket(
            connection, server_side=True, do_handshake_on_connect=self.do_handshake_on_connect,
            suppress_ragged_eofs=self.suppress_ragged_eofs,
        )
        return connection, address

    def unwrap(self):
        """End TLS and go on without: what the socket is then."""
        if self._sslobj is None:
            raise ValueError("No SSL wrapper around " + str(self))
        outcome = self._carry("shutdown", self._sslobj._attempt_unwrap)
        if outcome is not None:
            raise _error_of(outcome)
        self._sslobj = None
        self._left = self._incoming.read()
        return self

    def shutdown(self, how):
        """End one direction, or both, without a word."""
        self._sslobj = None
        super().shutdown(how)

    def detach(self):
        """Close the socket object and give its descriptor away."""
        self._sslobj = None
        return super().detach()

    def _real_close(self):
        self._sslobj = None
        super()._real_close()

    # ---- what was agreed upon

    def getpeercert(self, binary_form=False):
        """The other end's certificate, as a dict or DER."""
        self._check_connected()
        return self._sslobj.getpeercert(binary_form)

    def get_channel_binding(self, cb_type="tls-unique"):
        """Bytes that only this connection has."""
        if self._sslobj is not None:
            return self._sslobj.get_channel_binding(cb_type)
        if cb_type not in CHANNEL_BINDING_TYPES:
            raise ValueError(f"{cb_type} channel binding type not implemented")

    def verify_client_post_handshake(self):
        """Ask a client later who it is: that cannot be."""
        if self._sslobj is None:
            raise ValueError("No SSL wrapper around " + str(self))
        return self._sslobj.verify_client_post_handshake()


def _no_flags(sock, flags, method):
    if flags != 0:
        raise ValueError(f"non-zero flags not allowed in calls to {method}() on {sock.__class__}")


def _asked_of_the_connection(name, without):
    asked = getattr(SSLObject, name)

    def ask(self):
        return without if self._sslobj is None else getattr(self._sslobj, name)()

    ask.__name__, ask.__qualname__, ask.__doc__ = name, f"SSLSocket.{name}", asked.__doc__
    setattr(SSLSocket, name, ask)


for _name in (
    "selected_alpn_protocol", "selected_npn_protocol", "cipher", "shared_ciphers", "compression", "version",
    "get_verified_chain", "get_unverified_chain",
):
    _asked_of_the_connection(_name, [] if _name.endswith("chain") else None)
del _name

SSLContext.sslsocket_class, SSLContext.sslobject_class = SSLSocket, SSLObject


def get_server_certificate(addr, ssl_version=PROTOCOL_TLS_CLIENT, ca_certs=None, timeout=_GLOBAL_DEFAULT_TIMEOUT):
    """The certificate of the server at an address, as PEM; with authorities it has to be proved by one of them."""
    host, _ = addr
    context = _create_stdlib_context(
        ssl_version, cert_reqs=CERT_NONE if ca_certs is None else CERT_REQUIRED, cafile=ca_certs
    )
    with create_connection(addr, timeout=timeout) as sock:
        with context.wrap_socket(sock, server_hostname=host) as wrapped:
            return DER_cert_to_PEM_cert(wrapped.getpeercert(True))

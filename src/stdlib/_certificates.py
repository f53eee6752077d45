"""Certificates as text and as DER, and what they say: what `ssl` needs to know of them beside whom to trust."""

import binascii
import re

PEM_HEADER = "-----BEGIN CERTIFICATE-----"
PEM_FOOTER = "-----END CERTIFICATE-----"

_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----[ \t]*\r?\n(.*?)-----END \1-----", re.DOTALL)
_CERTIFICATES = "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"


# ---- PEM


def _blocks(text, labels):
    """The label and DER of each block with one of these labels; None for one that is encrypted."""
    for label, body in _BLOCK.findall(text):
        label = label.decode()
        if label not in labels:
            continue
        if b":" in body:
            # Headers, which an encrypted block begins with.
            yield label, None
            continue
        try:
            yield label, binascii.a2b_base64(body)
        except binascii.Error:
            from ssl import SSLError

            raise SSLError(9, "[SSL] PEM lib (_ssl.c:1032)") from None


def certificates_in(text):
    """The certificates in a text."""
    # A certificate that is called trusted has remarks behind it.
    found = [der[: _end_of_first(der)] for _, der in _blocks(text, _CERTIFICATES) if der]
    return found


def revocations_in(text):
    """The lists of revocations in a text."""
    return [der for _, der in _blocks(text, ("X509 CRL",)) if der]


def key_in(text):
    """The label and DER of the first private key in a text, or None."""
    labels = "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"
    return next(_blocks(text, labels), None)


def DER_cert_to_PEM_cert(der_cert_bytes):
    """A certificate as text."""
    text = binascii.b2a_base64(der_cert_bytes, newline=False).decode("ascii")
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join([PEM_HEADER, *lines, PEM_FOOTER, ""])


def PEM_cert_to_DER_cert(pem_cert_string):
    """A certificate that was text."""
    if not pem_cert_string.startswith(PEM_HEADER):
        raise ValueError(f"Invalid PEM encoding; must start with {PEM_HEADER}")
    text = pem_cert_string.strip()
    if not text.endswith(PEM_FOOTER):
        raise ValueError(f"Invalid PEM encoding; must end with {PEM_FOOTER}")
    return binascii.a2b_base64(text[len(PEM_HEADER) : -len(PEM_FOOTER)])


# ---- DER


def _element(der, at):
    """The element that begins there: its tag, where its contents begin, and where they end."""
    tag, length = der[at], der[at + 1]
    at += 2
    if length >= 0x80:
        count = length & 0x7F
        length = int.from_bytes(der[at : at + count])
        at += count
    if at + length > len(der):
        raise ValueError("an element is longer than what there is of it")
    return tag, at, at + length


def _end_of_first(der):
    try:
        return _element(der, 0)[2]
    except (IndexError, ValueError):
        return len(der)


def split(der):
    """Certificates that lie one behind the other; none if something else is among them."""
    found, at = [], 0
    while at < len(der):
        try:
            tag, _, end = _element(der, at)
        except (IndexError, ValueError):
            return []
        if tag != 0x30:
            return []
        found.append(der[at:end])
        at = end
    return found


def _inside(der):
    """The elements of a sequence: tag and contents of each."""
    found, at = [], 0
    while at < len(der):
        tag, begin, end = _element(der, at)
        found.append((tag, der[begin:end]))
        at = end
    return found


def _identifier(contents):
    """An object identifier, in figures."""
    numbers, number = [], 0
    for byte in contents:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


_ENCODINGS = {0x1E: "utf-16-be", 0x1C: "utf-32-be", 0x14: "latin-1"}


def _text(tag, contents):
    return contents.decode(_ENCODINGS.get(tag, "utf-8"), "replace")


class _Fields:
    """The parts of a certificate."""

    def __init__(self, der):
        _, begin, end = _element(der, 0)
        (_, body), *_ = _inside(der[begin:end])
        fields = _inside(body)
        self.version = 1
        if fields[0][0] == 0xA0:
            self.version = int.from_bytes(_inside(fields.pop(0)[1])[0][1]) + 1
        (_, self.serial), _, (_, self.issuer), (_, self.dates), (_, self.subject), (_, self.key), *more = fields
        self.extensions = {}
        for tag, contents in more:
            if tag == 0xA3:
                for _, extension in _inside(_inside(contents)[0][1]):
                    parts = _inside(extension)
                    self.extensions[_identifier(parts[0][1])] = parts[-1][1]

    def extension(self, identifier):
        """The elements of an extension, none if it is not there."""
        contents = self.extensions.get(identifier)
        return [] if contents is None else _inside(_inside(contents)[0][1])


# ---- what they say

_MONTHS = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"

# OpenSSL's names, short and long, and numbers of what stands in certificates.
_OBJECTS = {
    "2.5.4.3": (13, "CN", "commonName"), "2.5.4.4": (100, "SN", "surname"), "2.5.4.5": (105, "serialNumber", "serialNumber"),
    "2.5.4.6": (14, "C", "countryName"), "2.5.4.7": (15, "L", "localityName"),
    "2.5.4.8": (16, "ST", "stateOrProvinceName"), "2.5.4.9": (660, "street", "streetAddress"),
    "2.5.4.10": (17, "O", "organizationName"), "2.5.4.11": (18, "OU", "organizationalUnitName"),
    "2.5.4.12": (106, "title", "title"), "2.5.4.13": (107, "description", "description"),
    "2.5.4.15": (860, "businessCategory", "businessCategory"), "2.5.4.17": (661, "postalCode", "postalCode"),
    "2.5.4.41": (173, "name", "name"), "2.5.4.42": (99, "GN", "givenName"), "2.5.4.43": (101, "initials", "initials"),
    "2.5.4.44": (509, "generationQualifier", "generationQualifier"), "2.5.4.46": (174, "dnQualifier", "dnQualifier"),
    "2.5.4.65": (510, "pseudonym", "pseudonym"), "2.5.4.97": (1089, "organizationIdentifier", "organizationIdentifier"),
    "1.2.840.113549.1.9.1": (48, "emailAddress", "emailAddress"),
    "0.9.2342.19200300.100.1.1": (458, "UID", "userId"), "0.9.2342.19200300.100.1.25": (391, "DC", "domainComponent"),
    "1.3.6.1.4.1.311.60.2.1.1": (955, "jurisdictionL", "jurisdictionLocalityName"),
    "1.3.6.1.4.1.311.60.2.1.2": (956, "jurisdictionST", "jurisdictionStateOrProvinceName"),
    "1.3.6.1.4.1.311.60.2.1.3": (957, "jurisdictionC", "jurisdictionCountryName"),
    "1.3.6.1.5.5.7.3.1": (129, "serverAuth", "TLS Web Server Authentication"),
    "1.3.6.1.5.5.7.3.2": (130, "clientAuth", "TLS Web Client Authentication"),
    "1.3.6.1.5.5.7.3.3": (131, "codeSigning", "Code Signing"),
    "1.3.6.1.5.5.7.3.4": (132, "emailProtection", "E-mail Protection"),
    "1.3.6.1.5.5.7.3.8": (133, "timeStamping", "Time Stamping"),
}


def object_of(text, by_name):
    """Number, names and identifier of what has this identifier or, if it may, this name."""
    for identifier, (number, short, long) in _OBJECTS.items():
        if text == identifier or by_name and text in (short, long):
            return number, short, long, identifier
    raise ValueError(f"unknown object '{text[:100]}'")


def object_of_number(nid):
    """The same by OpenSSL's number."""
    if nid < 0:
        raise ValueError("NID must be positive.")
    for identifier, (number, short, long) in _OBJECTS.items():
        if nid == number:
            return number, short, long, identifier
    raise ValueError(f"unknown NID {nid}")


def _name(contents):
    """A name: groups of pairs."""
    groups = []
    for _, group in _inside(contents):
        pairs = []
        for _, pair in _inside(group):
            (_, kind), (tag, value) = _inside(pair)
            kind = _identifier(kind)
            pairs.append((_OBJECTS[kind][2] if kind in _OBJECTS else kind, _text(tag, value)))
        groups.append(tuple(pairs))
    return tuple(groups)


def _moment(tag, contents):
    text = contents.decode("ascii", "replace")
    if tag == 0x17:
        text = ("20" if text[:2] < "50" else "19") + text
    month = _MONTHS[int(text[4:6]) - 1]
    return f"{month} {int(text[6:8]):2} {text[8:10]}:{text[10:12]}:{text[12:14]} {text[:4]} GMT"


def _general_name(tag, contents):
    match tag & 0x1F:
        case 1 | 2 | 6 as kind:
            return {1: "email", 2: "DNS", 6: "URI"}[kind], contents.decode("utf-8", "replace")
        case 4:
            return "DirName", _name(_inside(contents)[0][1])
        case 7 if len(contents) == 4:
            return "IP Address", ".".join(map(str, contents))
        case 7 if len(contents) == 16:
            return "IP Address", ":".join(f"{int.from_bytes(contents[at : at + 2]):X}" for at in range(0, 16, 2))
        case 7:
            return "IP Address", "<invalid>"
        case 8:
            return "Registered ID", _identifier(contents)
        case 0:
            return "othername", "<unsupported>"
    return "X400Name" if tag & 0x1F == 3 else "EdiPartyName", "<unsupported>"


def told(der):
    """What a certificate says, as `getpeercert` tells it."""
    fields = _Fields(der)
    (from_tag, begin), (until_tag, end) = _inside(fields.dates)
    serial = fields.serial
    number = int.from_bytes(serial, signed=True)
    digits = f"{abs(number):X}"
    known = {
        "subject": _name(fields.subject),
        "issuer": _name(fields.issuer),
        "version": fields.version,
        "serialNumber": "-" * (number < 0) + digits.zfill(len(digits) + len(digits) % 2),
        "notBefore": _moment(from_tag, begin),
        "notAfter": _moment(until_tag, end),
    }
    names = tuple(_general_name(tag, contents) for tag, contents in fields.extension("2.5.29.17"))
    if names:
        known["subjectAltName"] = names
    places = {"OCSP": [], "caIssuers": [], "crlDistributionPoints": []}
    for _, access in fields.extension("1.3.6.1.5.5.7.1.1"):
        (_, method), (tag, place) = _inside(access)
        kind = {"1.3.6.1.5.5.7.48.1": "OCSP", "1.3.6.1.5.5.7.48.2": "caIssuers"}.get(_identifier(method))
        if kind and tag == 0x86:
            places[kind].append(place.decode("utf-8", "replace"))
    for _, point in fields.extension("2.5.29.31"):
        for tag, contents in _inside(point):
            for inner, names in _inside(contents) if tag == 0xA0 else ():
                if inner == 0xA0:
                    uris = [uri.decode("utf-8", "replace") for kind, uri in _inside(names) if kind == 0x86]
                    places["crlDistributionPoints"] += uris
    known.update((kind, tuple(found)) for kind, found in places.items() if found)
    return known


def is_authority(der):
    """May it prove other certificates?"""
    try:
        fields = _Fields(der)
        limits = fields.extension("2.5.29.19")
    except (IndexError, ValueError):
        return False
    if "2.5.29.19" not in fields.extensions:
        # An old one that says nothing of it, and proves itself.
        return fields.version == 1 and fields.subject == fields.issuer
    return any(tag == 0x01 and any(value) for tag, value in limits)


def kind_of_key(der):
    """The algorithm of the key that a certificate is about."""
    return _identifier(_inside(_inside(_Fields(der).key)[0][1])[0][1])


def cert_time_to_seconds(cert_time):
    """The seconds since 1970 of a moment as certificates tell it."""
    from calendar import timegm
    from time import strptime

    month, _, rest = cert_time.partition(" ")
    try:
        number = _MONTHS.index(month.title()) + 1
    except ValueError:
        raise ValueError(f"time data {cert_time!r} does not match format '%b %d %H:%M:%S %Y GMT'") from None
    try:
        moment = strptime(rest, "%d %H:%M:%S %Y GMT")
    except ValueError:
        raise ValueError(f"time data {cert_time!r} does not match format '%b %d %H:%M:%S %Y GMT'") from None
    return timegm((moment[0], number, *moment[2:6]))

"""URLs taken apart and put together."""

import re
from collections import namedtuple
from types import GenericAlias

__all__ = ["DefragResult", "DefragResultBytes", "ParseResult", "ParseResultBytes", "SplitResult", "SplitResultBytes",
           "parse_qs", "parse_qsl", "quote", "quote_from_bytes", "quote_plus", "unquote", "unquote_plus",
           "unquote_to_bytes", "urldefrag", "urlencode", "urljoin", "urlparse", "urlsplit", "urlunparse", "urlunsplit"]

uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms", "prospero", "rtsp",
                 "rtsps", "rtspu", "sftp", "svn", "svn+ssh", "ws", "wss"]
uses_netloc = ["", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp", "snews",
               "prospero", "rtsp", "rtsps", "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git", "git+ssh", "ws",
               "wss", "itms-services"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtsps", "rtspu", "sip", "sips",
               "mms", "sftp", "tel"]

scheme_chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."
_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_AROUND = "".join(map(chr, range(33)))


def _as_text(*args):
    """The arguments as str, and what turns the answer into what the first of them was."""
    is_text = isinstance(args[0], str)
    for arg in args[1:]:
        if arg and isinstance(arg, str) != is_text:
            raise TypeError("Cannot mix str and non-str arguments")
    if is_text:
        return (*args, lambda answer: answer)
    return (*(arg.decode("ascii") if arg else "" for arg in args), lambda answer: answer.encode())


class _Host:
    __slots__ = ()

    def _login(self):
        """User and password, and the host with its port."""
        at = "@" if isinstance(self.netloc, str) else b"@"
        return self.netloc.rpartition(at)

    @property
    def username(self):
        login, at, _ = self._login()
        return login.partition(":" if isinstance(at, str) else b":")[0] if at else None

    @property
    def password(self):
        login, at, _ = self._login()
        _, colon, password = login.partition(":" if isinstance(at, str) else b":")
        return password if colon else None

    def _host_port(self):
        netloc = self._login()[2]
        if isinstance(netloc, bytes):
            host, port = _split_port(netloc.decode("ascii"))
            return host.encode(), port
        return _split_port(netloc)

    @property
    def hostname(self):
        host = self._host_port()[0]
        if not host:
            return None
        percent = "%" if isinstance(host, str) else b"%"
        name, sign, zone = host.partition(percent)
        return name.lower() + sign + zone

    @property
    def port(self):
        port = self._host_port()[1]
        if port is None:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        port = int(port)
        if port > 65535:
            raise ValueError("Port out of range 0-65535")
        return port

    __class_getitem__ = classmethod(GenericAlias)


def _split_port(netloc):
    before, bracket, inside = netloc.partition("[")
    if bracket:
        host, _, rest = inside.partition("]")
        port = rest.partition(":")[2]
    else:
        host, _, port = netloc.partition(":")
    return host, port or None


class DefragResult(namedtuple("DefragResult", "url fragment")):
    __slots__ = ()

    def geturl(self):
        return self.url + "#" + self.fragment if self.fragment else self.url

    def encode(self, encoding="ascii", errors="strict"):
        return DefragResultBytes(*(part.encode(encoding, errors) for part in self))


class SplitResult(namedtuple("SplitResult", "scheme netloc path query fragment"), _Host):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)

    def encode(self, encoding="ascii", errors="strict"):
        return SplitResultBytes(*(part.encode(encoding, errors) for part in self))


class ParseResult(namedtuple("ParseResult", "scheme netloc path params query fragment"), _Host):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)

    def encode(self, encoding="ascii", errors="strict"):
        return ParseResultBytes(*(part.encode(encoding, errors) for part in self))


class DefragResultBytes(namedtuple("DefragResultBytes", "url fragment")):
    __slots__ = ()

    def geturl(self):
        return self.url + b"#" + self.fragment if self.fragment else self.url

    def decode(self, encoding="ascii", errors="strict"):
        return DefragResult(*(part.decode(encoding, errors) for part in self))


class SplitResultBytes(namedtuple("SplitResultBytes", "scheme netloc path query fragment"), _Host):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)

    def decode(self, encoding="ascii", errors="strict"):
        return SplitResult(*(part.decode(encoding, errors) for part in self))


class ParseResultBytes(namedtuple("ParseResultBytes", "scheme netloc path params query fragment"), _Host):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)

    def decode(self, encoding="ascii", errors="strict"):
        return ParseResult(*(part.decode(encoding, errors) for part in self))


def _split(url, scheme, allow_fragments):
    url = url.lstrip(_AROUND)
    for unsafe in "\t\r\n":
        url, scheme = url.replace(unsafe, ""), scheme.replace(unsafe, "")
    scheme = scheme.strip(_AROUND)
    netloc = query = fragment = ""
    at = url.find(":")
    if at > 0 and url[0].isascii() and url[0].isalpha() and all(c in scheme_chars for c in url[:at]):
        scheme, url = url[:at].lower(), url[at + 1:]
    if url[:2] == "//":
        end = min((at for c in "/?#" if (at := url.find(c, 2)) >= 0), default=len(url))
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
        if "[" in netloc:
            _check_bracketed(netloc)
    if allow_fragments and "#" in url:
        url, fragment = url.split("#", 1)
    if "?" in url:
        url, query = url.split("?", 1)
    return scheme, netloc, url, query, fragment


def _check_bracketed(netloc):
    before, _, rest = netloc.rpartition("@")[2].partition("[")
    inside, _, after = rest.partition("]")
    if before or after and not after.startswith(":"):
        raise ValueError("Invalid IPv6 URL")
    if inside.startswith("v"):
        if not re.fullmatch(r"v[a-fA-F0-9]+\..+", inside):
            raise ValueError("IPvFuture address is invalid")
        return
    import ipaddress

    if isinstance(ipaddress.ip_address(inside), ipaddress.IPv4Address):
        raise ValueError("An IPv4 address cannot be in brackets")


def urlsplit(url, scheme="", allow_fragments=True):
    """Scheme, host, path, query and fragment."""
    url, scheme, back = _as_text(url, scheme)
    result = SplitResult(*_split(url, scheme, allow_fragments))
    return result if back("") == "" else result.encode()


def urlparse(url, scheme="", allow_fragments=True):
    """The same, with the parameters of the last part of the path apart."""
    url, scheme, back = _as_text(url, scheme)
    scheme, netloc, path, query, fragment = _split(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params and ";" in path:
        start = path.rfind("/") + 1
        at = path.find(";", start)
        if at >= 0:
            path, params = path[:at], path[at + 1:]
    result = ParseResult(scheme, netloc, path, params, query, fragment)
    return result if back("") == "" else result.encode()


def urlunsplit(components):
    """The URL of such parts."""
    scheme, netloc, url, query, fragment, back = _as_text(*components)
    if netloc or url[:2] == "//" or scheme in uses_netloc and scheme and url[:1] == "/":
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + netloc + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url += "?" + query
    if fragment:
        url += "#" + fragment
    return back(url)


def urlunparse(components):
    """The URL of such parts."""
    scheme, netloc, url, params, query, fragment, back = _as_text(*components)
    if params:
        url = f"{url};{params}"
    return back(urlunsplit((scheme, netloc, url, query, fragment)))


def urljoin(base, url, allow_fragments=True):
    """Where a URL leads from another."""
    if not base:
        return url
    if not url:
        return base
    base, url, back = _as_text(base, url)
    base_scheme, base_netloc, base_path, base_params, base_query, _ = urlparse(base, "", allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, base_scheme, allow_fragments)
    if scheme != base_scheme or scheme not in uses_relative:
        return back(url)
    if scheme in uses_netloc:
        if netloc:
            return back(urlunparse((scheme, netloc, path, params, query, fragment)))
        netloc = base_netloc
    if not path and not params:
        return back(urlunparse((scheme, netloc, base_path, base_params, query or base_query, fragment)))
    base_parts = base_path.split("/")
    if base_parts[-1] != "":
        del base_parts[-1]
    if path[:1] == "/":
        segments = path.split("/")
    else:
        segments = base_parts + path.split("/")
        segments[1:-1] = filter(None, segments[1:-1])
    resolved = []
    for segment in segments:
        if segment == "..":
            if resolved:
                resolved.pop()
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return back(urlunparse((scheme, netloc, "/".join(resolved) or "/", params, query, fragment)))


def urldefrag(url):
    """The URL without its fragment, and the fragment."""
    url, back = _as_text(url)
    if "#" in url:
        scheme, netloc, path, params, query, fragment = urlparse(url)
        result = DefragResult(urlunparse((scheme, netloc, path, params, query, "")), fragment)
    else:
        result = DefragResult(url, "")
    return result if back("") == "" else result.encode()


def unquote_to_bytes(string):
    """The bytes that a text with `%xx` stands for."""
    if not string:
        return b""
    if isinstance(string, str):
        string = string.encode("utf-8")
    first, *rest = bytes(string).split(b"%")
    out = [first]
    for part in rest:
        try:
            out.append(bytes.fromhex(part[:2].decode("ascii")) if len(part[:2].strip()) == 2 else None)
            if out[-1] is None:
                raise ValueError
            out.append(part[2:])
        except ValueError:
            if out[-1] is None:
                out.pop()
            out.append(b"%" + part)
    return b"".join(out)


_ESCAPES = re.compile("((?:%[0-9A-Fa-f]{2})+)")


def unquote(string, encoding="utf-8", errors="replace"):
    """The text that one with `%xx` stands for."""
    if isinstance(string, (bytes, bytearray)):
        return unquote_to_bytes(string).decode(encoding or "utf-8", errors or "replace")
    if "%" not in string:
        return string
    return _ESCAPES.sub(lambda match: unquote_to_bytes(match[0]).decode(encoding or "utf-8", errors or "replace"), string)


def unquote_plus(string, encoding="utf-8", errors="replace"):
    """The same, where a plus is a space."""
    return unquote(string.replace("+", " "), encoding, errors)


def quote(string, safe="/", encoding=None, errors=None):
    """The text with `%xx` for what URLs cannot hold."""
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or "utf-8", errors or "strict")
    else:
        if encoding is not None:
            raise TypeError("quote() doesn't support 'encoding' for bytes")
        if errors is not None:
            raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    """The same, with a plus for a space."""
    space = " " if isinstance(string, str) else b" "
    if space not in string:
        return quote(string, safe, encoding, errors)
    string = quote(string, safe + (" " if isinstance(safe, str) else b" "), encoding, errors)
    return string.replace(" ", "+")


def quote_from_bytes(bs, safe="/"):
    """Bytes as such a text."""
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if not bs:
        return ""
    safe = safe.encode("ascii", "ignore") if isinstance(safe, str) else bytes(c for c in safe if c < 128)
    good = _SAFE.union(safe)
    return "".join(chr(c) if c in good else f"%{c:02X}" for c in bs)


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    """A query of these names and values."""
    if hasattr(query, "items"):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError as error:
            raise TypeError("not a valid non-string sequence or mapping object") from error

    def shown(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(str(value), safe, encoding, errors)

    parts = []
    for name, value in query:
        name = shown(name)
        several = doseq and not isinstance(value, (str, bytes))
        if several:
            try:
                len(value)
            except TypeError:
                several = False
        for each in value if several else (value,):
            parts.append(f"{name}={shown(each)}")
    return "&".join(parts)


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None,
              separator="&"):
    """The names and values of a query, in order."""
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError("Separator must be of type string or bytes.")
    if not qs:
        return []
    in_bytes = isinstance(qs, (bytes, bytearray))
    if in_bytes:
        qs = bytes(qs).decode("latin-1")
    if isinstance(separator, bytes):
        separator = separator.decode("ascii")
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    found = []
    for pair in qs.split(separator):
        if not pair and not strict_parsing:
            continue
        name, equals, value = pair.partition("=")
        if not equals and strict_parsing:
            raise ValueError(f"bad query field: {pair!r}")
        if value or keep_blank_values:
            if in_bytes:
                found.append(tuple(unquote_to_bytes(part.replace("+", " ").encode("latin-1")) for part in (name, value)))
            else:
                found.append((unquote_plus(name, encoding, errors), unquote_plus(value, encoding, errors)))
    return found


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None,
             separator="&"):
    """The values of each name of a query."""
    found = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields, separator):
        found.setdefault(name, []).append(value)
    return found

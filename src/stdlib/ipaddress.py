"""Addresses and networks of the Internet."""

import functools

__all__ = ["AddressValueError", "IPv4Address", "IPv4Interface", "IPv4Network", "IPv6Address", "IPv6Interface",
           "IPv6Network", "NetmaskValueError", "collapse_addresses", "get_mixed_type_key", "ip_address", "ip_interface",
           "ip_network", "summarize_address_range", "v4_int_to_packed", "v6_int_to_packed"]

IPV4LENGTH = 32
IPV6LENGTH = 128


class AddressValueError(ValueError):
    """That is no address."""


class NetmaskValueError(ValueError):
    """That is no mask."""


def _one_of(what, address, kinds, *args):
    for kind in kinds:
        try:
            return kind(address, *args)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError(f"{address!r} does not appear to be an IPv4 or IPv6 {what}")


def ip_address(address):
    """An address of either version."""
    return _one_of("address", address, (IPv4Address, IPv6Address))


def ip_network(address, strict=True):
    """A network of either version."""
    return _one_of("network", address, (IPv4Network, IPv6Network), strict)


def ip_interface(address):
    """An address with its network."""
    return _one_of("interface", address, (IPv4Interface, IPv6Interface))


def v4_int_to_packed(address):
    try:
        return address.to_bytes(4)
    except OverflowError:
        raise ValueError("Address negative or too large for IPv4") from None


def v6_int_to_packed(address):
    try:
        return address.to_bytes(16)
    except OverflowError:
        raise ValueError("Address negative or too large for IPv6") from None


def _prefixes(first, last, bits):
    """The fewest blocks that are just the numbers between two: (first number, length of the prefix)."""
    while first <= last:
        size = (first & -first).bit_length() - 1 if first else bits
        size = min(size, (last - first + 1).bit_length() - 1)
        yield first, bits - size
        first += 1 << size


def summarize_address_range(first, last):
    """The networks that are just the addresses between two."""
    if not (isinstance(first, _Address) and isinstance(last, _Address)):
        raise TypeError("first and last must be IP addresses, not networks")
    if first.version != last.version:
        raise TypeError(f"{first} and {last} are not of the same version")
    if first > last:
        raise ValueError("last IP address must be greater than first")
    network = IPv4Network if first.version == 4 else IPv6Network
    for number, length in _prefixes(first._ip, last._ip, first.max_prefixlen):
        yield network((number, length))


def collapse_addresses(addresses):
    """The fewest networks that hold the same addresses."""
    spans = []
    version = None
    for address in addresses:
        if version is not None and address.version != version:
            raise TypeError(f"{address} and {previous} are not of the same version")
        version, previous = address.version, address
        if isinstance(address, _Network):
            spans.append((int(address.network_address), int(address.broadcast_address)))
        else:
            spans.append((address._ip, address._ip))
    if version is None:
        return iter(())
    network, bits = (IPv4Network, 32) if version == 4 else (IPv6Network, 128)
    merged = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return (network((number, length)) for first, last in merged for number, length in _prefixes(first, last, bits))


def get_mixed_type_key(obj):
    """A key by which addresses and networks can be sorted together."""
    if isinstance(obj, _Network):
        return obj._key()
    if isinstance(obj, _Address):
        return obj.version, obj
    return NotImplemented


class _Base:
    __slots__ = ()

    @property
    def exploded(self):
        """The longest way to write it."""
        return self._long()

    @property
    def compressed(self):
        """The shortest way to write it."""
        return str(self)

    @property
    def reverse_pointer(self):
        """The name under which DNS knows it."""
        return self._reverse()

    @classmethod
    def _check_int(cls, number):
        if number < 0:
            raise AddressValueError(f"{number} (< 0) is not permitted as an IPv{cls.version} address")
        if number >> cls.max_prefixlen:
            raise AddressValueError(f"{number} (>= 2**{cls.max_prefixlen}) is not permitted as an IPv{cls.version} address")

    @classmethod
    def _check_packed(cls, data):
        wanted = cls.max_prefixlen // 8
        if len(data) != wanted:
            raise AddressValueError(f"{data!r} (len {len(data)} != {wanted}) is not permitted as an IPv{cls.version} address")

    @classmethod
    def _mask(cls, length):
        return (1 << cls.max_prefixlen) - (1 << cls.max_prefixlen - length)

    @classmethod
    def _prefix_of_text(cls, text):
        if not (text.isascii() and text.isdigit()):
            raise NetmaskValueError(f"{text!r} is not a valid netmask")
        length = int(text)
        if not 0 <= length <= cls.max_prefixlen:
            raise NetmaskValueError(f"{text!r} is not a valid netmask")
        return length

    @classmethod
    def _prefix_of_mask(cls, text):
        """The length of the prefix that a mask, or its opposite, stands for."""
        try:
            number = cls._number_of(text)
        except AddressValueError:
            raise NetmaskValueError(f"{text!r} is not a valid netmask") from None
        full = (1 << cls.max_prefixlen) - 1
        for candidate in (number, number ^ full):
            rest = candidate ^ full
            if rest & (rest + 1) == 0:
                return cls.max_prefixlen - rest.bit_length()
        raise NetmaskValueError(f"{text!r} is not a valid netmask")


class _V4(_Base):
    __slots__ = ()
    version = 4
    max_prefixlen = 32

    @classmethod
    def _number_of(cls, text):
        if not text:
            raise AddressValueError("Address cannot be empty")
        parts = text.split(".")
        if len(parts) != 4:
            raise AddressValueError(f"Expected 4 octets in {text!r}")
        number = 0
        for part in parts:
            problem = None
            if not part:
                problem = "Empty octet not permitted"
            elif not (part.isascii() and part.isdigit()):
                problem = f"Only decimal digits permitted in {part!r}"
            elif len(part) > 3:
                problem = f"At most 3 characters permitted in {part!r}"
            elif part != "0" and part[0] == "0":
                problem = f"Leading zeros are not permitted in {part!r}"
            elif int(part) > 255:
                problem = f"Octet {part} (> 255) not permitted"
            if problem:
                raise AddressValueError(f"{problem} in {text!r}")
            number = number << 8 | int(part)
        return number

    @classmethod
    def _text_of(cls, number):
        return ".".join(map(str, number.to_bytes(4)))

    def _long(self):
        return str(self)

    def _reverse(self):
        return ".".join(str(self).split(".")[::-1]) + ".in-addr.arpa"


class _V6(_Base):
    __slots__ = ()
    version = 6
    max_prefixlen = 128

    @classmethod
    def _number_of(cls, text):
        if not text:
            raise AddressValueError("Address cannot be empty")
        if len(text) > 45:
            shown = f"{text[:14]}({len(text) - 28} chars elided){text[-14:]}" if len(text) > 100 else text
            raise AddressValueError(f"At most 45 characters expected in {shown!r}")
        parts = text.split(":")
        if len(parts) < 3:
            raise AddressValueError(f"At least 3 parts expected in {text!r}")
        if "." in parts[-1]:
            try:
                low = _V4._number_of(parts.pop())
            except AddressValueError as error:
                raise AddressValueError(f"{error} in {text!r}") from None
            parts += [f"{low >> 16:x}", f"{low & 0xFFFF:x}"]
        if len(parts) > 9:
            raise AddressValueError(f"At most 8 colons permitted in {text!r}")
        gap = None
        for at in range(1, len(parts) - 1):
            if not parts[at]:
                if gap is not None:
                    raise AddressValueError(f"At most one '::' permitted in {text!r}")
                gap = at
        if gap is not None:
            high, low = gap, len(parts) - gap - 1
            if not parts[0]:
                high -= 1
                if high:
                    raise AddressValueError(f"Leading ':' only permitted as part of '::' in {text!r}")
            if not parts[-1]:
                low -= 1
                if low:
                    raise AddressValueError(f"Trailing ':' only permitted as part of '::' in {text!r}")
            left_out = 8 - (high + low)
            if left_out < 1:
                raise AddressValueError(f"Expected at most 7 other parts with '::' in {text!r}")
            ending = parts[len(parts) - low:] if low else []
            groups = [*(parts[:high] if high else []), *["0"] * left_out, *ending]
        else:
            if len(parts) != 8:
                raise AddressValueError(f"Exactly 8 parts expected without '::' in {text!r}")
            if not parts[0]:
                raise AddressValueError(f"Leading ':' only permitted as part of '::' in {text!r}")
            if not parts[-1]:
                raise AddressValueError(f"Trailing ':' only permitted as part of '::' in {text!r}")
            groups = parts
        number = 0
        for group in groups:
            if not all(c in "0123456789abcdefABCDEF" for c in group):
                raise AddressValueError(f"Only hex digits permitted in {group!r} in {text!r}")
            if len(group) > 4:
                raise AddressValueError(f"At most 4 characters permitted in {group!r} in {text!r}")
            number = number << 16 | int(group, 16)
        return number

    @classmethod
    def _text_of(cls, number):
        groups = [f"{number >> shift & 0xFFFF:x}" for shift in range(112, -1, -16)]
        # The longest run of zeros, if it is more than one, is left out.
        best, at = (0, 0), 0
        while at < 8:
            end = at
            while end < 8 and groups[end] == "0":
                end += 1
            if end - at > best[1]:
                best = at, end - at
            at = max(end, at + 1)
        start, length = best
        if length < 2:
            return ":".join(groups)
        return ":".join(groups[:start]) + "::" + ":".join(groups[start + length:])

    def _long(self):
        number = self._ip if isinstance(self, _Address) else int(self.network_address)
        digits = f"{number:032x}"
        text = ":".join(digits[at:at + 4] for at in range(0, 32, 4))
        if isinstance(self, (_Network, IPv6Interface)):
            return f"{text}/{self._length}"
        return text

    def _reverse(self):
        return ".".join(self.exploded.split("/")[0][::-1].replace(":", "")) + ".ip6.arpa"


@functools.total_ordering
class _Address:
    __slots__ = ()

    def __int__(self):
        return self._ip

    def __eq__(self, other):
        try:
            return self._ip == other._ip and self.version == other.version
        except AttributeError:
            return NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _Address):
            return NotImplemented
        if self.version != other.version:
            raise TypeError(f"{self} and {other} are not of the same version")
        return self._ip < other._ip

    def __add__(self, other):
        return type(self)(self._ip + other) if isinstance(other, int) else NotImplemented

    def __sub__(self, other):
        return type(self)(self._ip - other) if isinstance(other, int) else NotImplemented

    def __repr__(self):
        return f"{type(self).__name__}({str(self)!r})"

    def __str__(self):
        return self._text_of(self._ip)

    def __hash__(self):
        return hash(hex(self._ip))

    def __reduce__(self):
        return type(self), (self._ip,)

    def __format__(self, spec):
        if not spec or spec[-1] == "s":
            return format(str(self), spec)
        kind = spec[-1]
        if kind == "n":
            kind = "b" if self.version == 4 else "x"
        if kind not in "bxX":
            return super().__format__(spec)
        body = spec[:-1]
        prefix = "#" in body
        groups = "_" in body
        digits = self.max_prefixlen if kind == "b" else self.max_prefixlen // 4
        if groups:
            digits += digits // 4 - 1
        if prefix:
            digits += 2
        return format(self._ip, f"{'#' if prefix else ''}0{digits}{'_' if groups else ''}{kind}")

    @property
    def packed(self):
        return self._ip.to_bytes(self.max_prefixlen // 8)

    def _in(self, networks):
        return any(self in network for network in networks)


def _split_address(address):
    """The address, and the length or mask behind the slash."""
    if isinstance(address, tuple):
        return address if len(address) > 1 else (address[0], None)
    if isinstance(address, (bytes, int)):
        return address, None
    parts = str(address).split("/")
    if len(parts) > 2:
        raise AddressValueError(f"Only one '/' permitted in {address!r}")
    return parts[0], parts[1] if len(parts) == 2 else None


class IPv4Address(_Address, _V4):
    """An address of version 4."""

    __slots__ = ("_ip", "__weakref__")

    def __init__(self, address):
        if isinstance(address, int):
            self._check_int(address)
            self._ip = address
        elif isinstance(address, bytes):
            self._check_packed(address)
            self._ip = int.from_bytes(address)
        else:
            text = str(address)
            if "/" in text:
                raise AddressValueError(f"Unexpected '/' in {address!r}")
            self._ip = self._number_of(text)

    @property
    def is_reserved(self):
        return self in _V4_RESERVED

    @property
    def is_private(self):
        return self._in(_V4_PRIVATE) and not self._in(_V4_NOT_PRIVATE)

    @property
    def is_global(self):
        return self not in _V4_SHARED and not self.is_private

    @property
    def is_multicast(self):
        return self in _V4_MULTICAST

    @property
    def is_unspecified(self):
        return self._ip == 0

    @property
    def is_loopback(self):
        return self in _V4_LOOPBACK

    @property
    def is_link_local(self):
        return self in _V4_LINK_LOCAL

    @property
    def ipv6_mapped(self):
        return IPv6Address(0xFFFF << 32 | self._ip)


class IPv6Address(_Address, _V6):
    """An address of version 6."""

    __slots__ = ("_ip", "_scope_id", "__weakref__")

    def __init__(self, address):
        self._scope_id = None
        if isinstance(address, int):
            self._check_int(address)
            self._ip = address
        elif isinstance(address, bytes):
            self._check_packed(address)
            self._ip = int.from_bytes(address)
        else:
            text = str(address)
            if "/" in text:
                raise AddressValueError(f"Unexpected '/' in {address!r}")
            text, sign, scope = text.partition("%")
            if sign:
                if not scope or "%" in scope:
                    raise AddressValueError(f"Invalid IPv6 address: {address!r}")
                self._scope_id = scope
            self._ip = self._number_of(text)

    def __str__(self):
        text = self._text_of(self._ip)
        mapped = self.ipv4_mapped
        if mapped is not None:
            text = f"::ffff:{mapped}"
        return f"{text}%{self._scope_id}" if self._scope_id else text

    def __hash__(self):
        return hash((self._ip, self._scope_id))

    def __eq__(self, other):
        equal = _Address.__eq__(self, other)
        if equal is True:
            return self._scope_id == getattr(other, "_scope_id", None)
        return equal

    def __reduce__(self):
        return type(self), (str(self),)

    @property
    def scope_id(self):
        return self._scope_id

    @property
    def is_multicast(self):
        mapped = self.ipv4_mapped
        return mapped.is_multicast if mapped is not None else self in _V6_MULTICAST

    @property
    def is_reserved(self):
        mapped = self.ipv4_mapped
        return mapped.is_reserved if mapped is not None else self._in(_V6_RESERVED)

    @property
    def is_link_local(self):
        mapped = self.ipv4_mapped
        return mapped.is_link_local if mapped is not None else self in _V6_LINK_LOCAL

    @property
    def is_site_local(self):
        return self in _V6_SITE_LOCAL

    @property
    def is_private(self):
        mapped = self.ipv4_mapped
        if mapped is not None:
            return mapped.is_private
        return self._in(_V6_PRIVATE) and not self._in(_V6_NOT_PRIVATE)

    @property
    def is_global(self):
        mapped = self.ipv4_mapped
        return mapped.is_global if mapped is not None else not self.is_private

    @property
    def is_unspecified(self):
        mapped = self.ipv4_mapped
        return mapped.is_unspecified if mapped is not None else self._ip == 0

    @property
    def is_loopback(self):
        mapped = self.ipv4_mapped
        return mapped.is_loopback if mapped is not None else self._ip == 1

    @property
    def ipv4_mapped(self):
        return IPv4Address(self._ip & 0xFFFFFFFF) if self._ip >> 32 == 0xFFFF else None

    @property
    def teredo(self):
        if self._ip >> 96 != 0x20010000:
            return None
        return IPv4Address(self._ip >> 64 & 0xFFFFFFFF), IPv4Address(~self._ip & 0xFFFFFFFF)

    @property
    def sixtofour(self):
        return IPv4Address(self._ip >> 80 & 0xFFFFFFFF) if self._ip >> 112 == 0x2002 else None


@functools.total_ordering
class _Network:
    """The addresses that begin alike."""

    __slots__ = ()

    def __init__(self, address, strict=True):
        text, mask = _split_address(address)
        self.network_address = self._address_class(text)
        if mask is None:
            self._length = self.max_prefixlen
        elif isinstance(mask, int):
            if not 0 <= mask <= self.max_prefixlen:
                raise NetmaskValueError(f"{mask!r} is not a valid netmask")
            self._length = mask
        else:
            self._length = self._length_of(mask)
        number = self.network_address._ip
        first = number & self._mask(self._length)
        if first != number:
            if strict:
                raise ValueError(f"{self} has host bits set")
            self.network_address = self._address_class(first)

    @property
    def prefixlen(self):
        return self._length

    @property
    def netmask(self):
        return self._address_class(self._mask(self._length))

    @property
    def hostmask(self):
        return self._address_class(self._mask(self._length) ^ (1 << self.max_prefixlen) - 1)

    @property
    def broadcast_address(self):
        return self._address_class(self.network_address._ip | self.hostmask._ip)

    @property
    def num_addresses(self):
        return 1 << self.max_prefixlen - self._length

    @property
    def with_prefixlen(self):
        return f"{self.network_address}/{self._length}"

    @property
    def with_netmask(self):
        return f"{self.network_address}/{self.netmask}"

    @property
    def with_hostmask(self):
        return f"{self.network_address}/{self.hostmask}"

    def _key(self):
        return self.version, self.network_address, self.netmask

    def __repr__(self):
        return f"{type(self).__name__}({str(self)!r})"

    def __str__(self):
        return f"{self.network_address}/{self._length}"

    def __reduce__(self):
        return type(self), (str(self),)

    def hosts(self):
        """The addresses that machines can have."""
        first, last = self.network_address._ip, self.broadcast_address._ip
        rest = self.max_prefixlen - self._length
        if rest == 0:
            return [self._address_class(first)]
        if rest == 1:
            return [self._address_class(first), self._address_class(last)]
        # In version 6 only the first address means all of them.
        return map(self._address_class, range(first + 1, last + (self.version == 6)))

    def __iter__(self):
        return map(self._address_class, range(self.network_address._ip, self.broadcast_address._ip + 1))

    def __getitem__(self, n):
        number = (self.network_address._ip if n >= 0 else self.broadcast_address._ip + 1) + n
        if not self.network_address._ip <= number <= self.broadcast_address._ip:
            raise IndexError("address out of range")
        return self._address_class(number)

    def __eq__(self, other):
        if not isinstance(other, _Network):
            return NotImplemented
        return self._key()[0] == other._key()[0] and self.network_address == other.network_address \
            and self._length == other._length

    def __lt__(self, other):
        if not isinstance(other, _Network):
            return NotImplemented
        if self.version != other.version:
            raise TypeError(f"{self} and {other} are not of the same version")
        return (self.network_address._ip, self._length) < (other.network_address._ip, other._length)

    def __hash__(self):
        return hash((self.network_address._ip, self._length))

    def __contains__(self, other):
        if self.version != other.version or isinstance(other, _Network):
            return False
        return other._ip & self._mask(self._length) == self.network_address._ip

    def overlaps(self, other):
        """Have both networks an address in common?"""
        return other.network_address in self or other.broadcast_address in self or self.network_address in other

    def _within(self, other):
        if self.version != other.version:
            raise TypeError(f"{self} and {other} are not of the same version")
        return other._length <= self._length and self.network_address in other

    def subnet_of(self, other):
        """Are all addresses of this also those of the other?"""
        return self._within(other)

    def supernet_of(self, other):
        """Are all addresses of the other also those of this?"""
        return other._within(self)

    def address_exclude(self, other):
        """The networks of what is left when another is taken out."""
        if self.version != other.version:
            raise TypeError(f"{self} and {other} are not of the same version")
        if not isinstance(other, _Network):
            raise TypeError(f"{other} is not a network object")
        if not other._within(self):
            raise ValueError(f"{other} not contained in {self}")
        if other == self:
            return
        part = self
        while part != other:
            low, high = part.subnets()
            if other._within(low):
                yield high
                part = low
            else:
                yield low
                part = high

    def compare_networks(self, other):
        """-1, 0 or 1, by where they begin and then by their masks."""
        if self.version != other.version:
            raise TypeError(f"{self} and {other} are not of the same type")
        mine, theirs = (self.network_address._ip, self._length), (other.network_address._ip, other._length)
        return (mine > theirs) - (mine < theirs)

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        """The networks that this consists of."""
        if self._length == self.max_prefixlen:
            yield self
            return
        if new_prefix is not None:
            if new_prefix < self._length:
                raise ValueError("new prefix must be longer")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = new_prefix - self._length
        if prefixlen_diff < 0:
            raise ValueError("prefix length diff must be > 0")
        length = self._length + prefixlen_diff
        if length > self.max_prefixlen:
            raise ValueError(f"prefix length diff {length} is invalid for netblock {self}")
        for number in range(self.network_address._ip, self.broadcast_address._ip + 1, 1 << self.max_prefixlen - length):
            yield type(self)((number, length))

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        """The network that this is part of."""
        if self._length == 0:
            return self
        if new_prefix is not None:
            if new_prefix > self._length:
                raise ValueError("new prefix must be shorter")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = self._length - new_prefix
        length = self._length - prefixlen_diff
        if length < 0:
            raise ValueError(f"current prefixlen is {self._length}, cannot have a prefixlen_diff of {prefixlen_diff}")
        return type(self)((self.network_address._ip & self._mask(length), length))

    def _both(self, name):
        return getattr(self.network_address, name) and getattr(self.broadcast_address, name)


for _name in ("is_multicast", "is_reserved", "is_link_local", "is_private", "is_unspecified", "is_loopback"):
    setattr(_Network, _name, property(lambda self, name=_name: self._both(name)))
del _name


class IPv4Network(_Network, _V4):
    """A network of version 4."""

    __slots__ = ("network_address", "_length", "__weakref__")
    _address_class = IPv4Address

    @classmethod
    def _length_of(cls, text):
        try:
            return cls._prefix_of_text(text)
        except NetmaskValueError:
            return cls._prefix_of_mask(text)

    @property
    def is_global(self):
        return not (self.network_address in _V4_SHARED and self.broadcast_address in _V4_SHARED) and not self.is_private


class IPv6Network(_Network, _V6):
    """A network of version 6."""

    __slots__ = ("network_address", "_length", "__weakref__")
    _address_class = IPv6Address

    @classmethod
    def _length_of(cls, text):
        return cls._prefix_of_text(text)

    @property
    def is_global(self):
        return not self.is_private

    @property
    def is_site_local(self):
        return self._both("is_site_local")


class _Interface:
    """An address, and the network it is in."""

    __slots__ = ()

    def _set(self, address):
        text, mask = _split_address(address)
        self._address_class.__init__(self, text)
        self.network = self._network_class(address if mask is not None else (text,), strict=False)
        self.netmask = self.network.netmask
        self._length = self.network._length

    @property
    def hostmask(self):
        return self.network.hostmask

    @property
    def ip(self):
        return self._address_class(self._ip)

    @property
    def with_prefixlen(self):
        return f"{self.ip}/{self._length}"

    @property
    def with_netmask(self):
        return f"{self.ip}/{self.netmask}"

    @property
    def with_hostmask(self):
        return f"{self.ip}/{self.hostmask}"

    def __str__(self):
        return f"{self.ip}/{self._length}"

    def __eq__(self, other):
        equal = _Address.__eq__(self, other)
        if equal is True:
            return getattr(other, "network", None) == self.network
        return equal

    def __lt__(self, other):
        less = _Address.__lt__(self, other)
        if less is NotImplemented or not isinstance(other, _Interface):
            return less
        return self.network < other.network or self.network == other.network and less

    def __hash__(self):
        return hash((self._ip, self._length, int(self.network.network_address)))

    def __reduce__(self):
        return type(self), (str(self),)


class IPv4Interface(_Interface, IPv4Address):
    """An address of version 4, and the network it is in."""

    _address_class, _network_class = IPv4Address, IPv4Network

    def __init__(self, address):
        self._set(address)


class IPv6Interface(_Interface, IPv6Address):
    """An address of version 6, and the network it is in."""

    _address_class, _network_class = IPv6Address, IPv6Network

    def __init__(self, address):
        self._set(address)


def _networks(text):
    return [ip_network(each) for each in text.split()]


_V4_PRIVATE = _networks("0.0.0.0/8 10.0.0.0/8 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.0.170/31 "
                        "192.0.2.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 "
                        "255.255.255.255/32")
_V4_NOT_PRIVATE = _networks("192.0.0.9/32 192.0.0.10/32")
_V4_SHARED, _V4_RESERVED, _V4_MULTICAST, _V4_LOOPBACK, _V4_LINK_LOCAL = _networks(
    "100.64.0.0/10 240.0.0.0/4 224.0.0.0/4 127.0.0.0/8 169.254.0.0/16")
_V6_PRIVATE = _networks("::1/128 ::/128 ::ffff:0:0/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 "
                        "3fff::/20 fc00::/7 fe80::/10")
_V6_NOT_PRIVATE = _networks("2001:1::1/128 2001:1::2/128 2001:3::/32 2001:4:112::/48 2001:20::/28 2001:30::/28")
_V6_RESERVED = _networks("::/8 100::/8 200::/7 400::/6 800::/5 1000::/4 4000::/3 6000::/3 8000::/3 a000::/3 c000::/3 "
                         "e000::/4 f000::/5 f800::/6 fe00::/9")
_V6_MULTICAST, _V6_LINK_LOCAL, _V6_SITE_LOCAL = _networks("ff00::/8 fe80::/10 fec0::/10")

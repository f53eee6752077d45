"""ipaddress: addresses, networks, mistakes."""

import ipaddress as ip


def attempt(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


for text in ("192.168.0.1", "::1", "2001:db8::ff00:42:8329", "::ffff:1.2.3.4", "fe80::1%eth0", "1.2.3", "01.2.3.4", "256.1.1.1", "a.b.c.d",
             "1::2::3", "12345::", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", ":1:2:3:4:5:6:7", "g::", "", "1.2.3.4/8", "::1.2.3"):
    attempt(ip.ip_address, text)
    attempt(ip.IPv4Address, text)
    attempt(ip.IPv6Address, text)
a = ip.ip_address("10.0.0.1")
print(a + 1, a - 1, int(a), a.packed, a.is_private, a.is_global, a.version, a.max_prefixlen, a.reverse_pointer, hash(a) == hash(ip.ip_address("10.0.0.1")))
print(a < ip.ip_address("10.0.0.2"), a == ip.IPv4Address(167772161), f"{a:b} {a:x} {a:#_x} {a:s}", a.exploded, ip.IPv4Address(b"\1\2\3\4"))
b = ip.ip_address("2001:db8::1")
print(b.exploded, b.compressed, b.reverse_pointer, b.is_private, b.ipv4_mapped, ip.ip_address("::ffff:1.2.3.4").ipv4_mapped, ip.ip_address("2002:102:304::").sixtofour)
attempt(lambda: a < b)
attempt(lambda: a + 2**40)
attempt(ip.IPv4Address, -1)
attempt(ip.IPv4Address, b"abc")
n = ip.ip_network("192.168.0.0/29")
print(n, n.netmask, n.hostmask, n.broadcast_address, n.num_addresses, n.prefixlen, list(n.hosts()), n[1], n[-1], ip.ip_address("192.168.0.5") in n)
print(list(n.subnets()), n.supernet(), list(n.subnets(new_prefix=31)), n.with_netmask, n.with_hostmask, n.overlaps(ip.ip_network("192.168.0.4/30")))
print(n.subnet_of(ip.ip_network("192.168.0.0/16")), list(n.address_exclude(ip.ip_network("192.168.0.2/31"))), sorted([n, n.supernet()]), n == ip.ip_network("192.168.0.0/255.255.255.248"))
attempt(ip.ip_network, "192.168.0.1/29")
attempt(ip.ip_network, "192.168.0.1/29", strict=False)
attempt(ip.ip_network, "1.2.3.4/33")
attempt(ip.IPv4Network, "1.2.3.4/33")
attempt(ip.IPv4Network, "1.2.3.0/0.0.0.255")
attempt(lambda: n[8])
i = ip.ip_interface("192.168.1.5/24")
print(repr(i), i.network, i.ip, i.with_netmask, i == ip.ip_interface("192.168.1.5/24"))
print(list(ip.summarize_address_range(ip.IPv4Address("10.0.0.1"), ip.IPv4Address("10.0.0.6"))), list(ip.collapse_addresses([ip.ip_network("10.0.0.0/25"), ip.ip_network("10.0.0.128/25")])))
m = ip.ip_network("2001:db8::/126")
print(m, list(m), list(m.hosts()), m.num_addresses, m.exploded, ip.IPv6Interface("::1/64").network)
print([(x.is_multicast, x.is_loopback, x.is_link_local, x.is_reserved, x.is_unspecified) for x in map(ip.ip_address, ("224.0.0.1", "127.0.0.1", "169.254.1.1", "240.0.0.1", "0.0.0.0", "ff02::1", "fe80::1", "::"))])

"""Writes charmaps.rs: what the upper half of each single-byte encoding means, as Python's codecs have it.

    python3 src/text/charmaps.py > src/text/charmaps.rs
"""

from encodings.aliases import aliases

NAMES = (
    "cp437 cp720 cp737 cp775 cp850 cp852 cp855 cp856 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp874 "
    "cp1006 cp1125 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 hp_roman8 iso8859_2 iso8859_3 iso8859_4 "
    "iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_9 iso8859_10 iso8859_11 iso8859_13 iso8859_14 iso8859_15 iso8859_16 "
    "koi8_r koi8_t koi8_u kz1048 mac_croatian mac_cyrillic mac_farsi mac_greek mac_iceland mac_latin2 mac_roman "
    "mac_romanian mac_turkish palmos ptcp154 tis_620"
).split()
UNDEFINED = 0xFFFE

print("//! The single-byte encodings whose lower half is ASCII. Written by charmaps.py.\n")
print("/// One of them.")
print("#[derive(Debug, PartialEq, Eq)]")
print("pub struct Charmap {")
print("    /// Its name, with hyphens.\n    pub name: &'static str,")
print("    /// Its names with underscores, this one first.\n    pub names: &'static [&'static str],")
print("    /// What the bytes from 0x80 on mean; [`UNDEFINED`] if nothing.\n    pub upper: [u16; 128],")
print("}\n")
print("/// The meaning of a byte that has none.")
print(f"pub const UNDEFINED: u16 = {UNDEFINED:#06X};\n".replace("0X", "0x"))
print("#[rustfmt::skip]")
print("pub static CHARMAPS: &[Charmap] = &[")
for name in NAMES:
    ascii_half = bytes(range(128)).decode(name, "replace")
    if ascii_half != bytes(range(128)).decode("ascii"):
        continue
    upper = []
    for byte in range(128, 256):
        try:
            upper.append(ord(bytes([byte]).decode(name)))
        except UnicodeDecodeError:
            upper.append(UNDEFINED)
    names = [name] + sorted(alias for alias, target in aliases.items() if target == name and alias != name)
    print(f'    Charmap {{\n        name: "{name.replace("_", "-").replace("iso8859", "iso8859")}",')
    listed = ", ".join(f'"{one}"' for one in names)
    print(f"        names: &[{listed}],")
    print("        upper: [")
    for row in range(0, 128, 16):
        print("            " + " ".join(f"0x{code:04X}," for code in upper[row:row + 16]))
    print("        ],\n    },")
print("];")

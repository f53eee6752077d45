"""Expressions inside strings."""

name, value, width = "Ann", 3.14159, 10
print(f"{name} {value:.2f} {value!r} {name!r:>8} {name:*^9} {name:<{width}}| {value:{width}.{2}f}|")
print(f"{1 + 1} {'nested'} {name.upper()[::-1]} {[n for n in range(3)]} { {'a': 1}['a'] } {{literal}} {(lambda x: x * 2)(4)}")
print(f"{value=} {name = } {1+1=} {name=!s} {value=:.1f}")
print(f"{'same quotes' if name == 'Ann' else "no"} {f'{f"{1}"}'}")
print(f"{1234567:,} {1234567:_} {255:x} {255:#X} {5:08b} {-5:+d} {5:+} {42:>6}|{42:<6}|{42:^6}|{42:06} {'x':>3} {ord('a'):c}")
print(f"{0.1:%} {12345.678:e} {12345.678:.3} {1e20:g} {100:g} {True} {True:d} {None} {None!s:>6} {'long text':.4}")
print(f"a" "b" f"{1}" r"\n" rf"\{name}", f"{'''triple'''}", f"\x41{'\n'}end")
print(
    f"""{
        name  # a comment
    } over
lines"""
)

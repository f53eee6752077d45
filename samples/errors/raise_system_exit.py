"""SystemExit is an exception; `except Exception` does not catch it."""

try:
    raise SystemExit(4)
except Exception:
    print("not caught here")

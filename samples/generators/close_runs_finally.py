"""`close` runs the finally blocks on the way out, inner ones first."""
# trace


def guarded():
    try:
        try:
            yield "inside"
        finally:
            print("inner finally")
    finally:
        print("outer finally")


g = guarded()
print(next(g))
g.close()
print("closed")

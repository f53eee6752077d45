"""A generator goes on after the yield at which it stopped, with its variables as they were."""
# trace


def steps():
    place = "first"
    yield place
    place = place + ", then second"
    yield place


walk = steps()
print(next(walk))
print("something else happens here")
print(next(walk))

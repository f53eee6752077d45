"""Planets that pull at each other: floats in attributes of lists."""

SUN = 39.47841760435743
DAY = 365.24


def bodies():
    return [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, SUN],
        [4.84143144, -1.16032004, -0.10362204, 0.00166007 * DAY, 0.00769901 * DAY, -0.00006904 * DAY, 0.000954791 * SUN],
        [8.34336671, 4.12479856, -0.40352341, -0.00276742 * DAY, 0.00499852 * DAY, 0.00002304 * DAY, 0.000285885 * SUN],
        [12.8943695, -15.1111514, -0.22330757, 0.00296460 * DAY, 0.00237847 * DAY, -0.00002965 * DAY, 0.000043662 * SUN],
        [15.3796971, -25.9193146, 0.17925877, 0.00268067 * DAY, 0.00162824 * DAY, -0.00009515 * DAY, 0.000051513 * SUN],
    ]


def advance(system, pairs, dt, steps):
    for _ in range(steps):
        for a, b in pairs:
            dx = a[0] - b[0]
            dy = a[1] - b[1]
            dz = a[2] - b[2]
            pull = dt * (dx * dx + dy * dy + dz * dz) ** -1.5
            of_a = a[6] * pull
            of_b = b[6] * pull
            a[3] -= dx * of_b
            a[4] -= dy * of_b
            a[5] -= dz * of_b
            b[3] += dx * of_a
            b[4] += dy * of_a
            b[5] += dz * of_a
        for body in system:
            body[0] += dt * body[3]
            body[1] += dt * body[4]
            body[2] += dt * body[5]


def energy(system, pairs):
    total = 0.0
    for x, y, z, vx, vy, vz, mass in system:
        total += 0.5 * mass * (vx * vx + vy * vy + vz * vz)
    for a, b in pairs:
        distance = ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2) ** 0.5
        total -= a[6] * b[6] / distance
    return total


def main():
    system = bodies()
    pairs = [(a, b) for i, a in enumerate(system) for b in system[i + 1 :]]
    print(f"{energy(system, pairs):.9f}")
    advance(system, pairs, 0.01, 120_000)
    print(f"{energy(system, pairs):.9f}")


main()

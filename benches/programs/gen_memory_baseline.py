"""What gen_memory.py holds besides its generators."""


def main():
    ballast = [None] * 4_000_000
    held = [None] * 1_000_000
    for number in range(1_000_000):
        generator = None
        held[number] = generator
    return ballast, held


main()

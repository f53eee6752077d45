"""Each prime found puts one more filter in the row of generators."""


def integers(start):
    while True:
        yield start
        start += 1


def without_multiples(prime, source):
    for number in source:
        if number % prime:
            yield number


def primes():
    source = integers(2)
    while True:
        prime = next(source)
        yield prime
        source = without_multiples(prime, source)


found = primes()
print([next(found) for _ in range(12)])

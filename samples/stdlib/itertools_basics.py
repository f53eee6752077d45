"""itertools: endless counters, chains, slices, groups."""

from itertools import accumulate, batched, chain, count, cycle, dropwhile, groupby, islice, pairwise, repeat, starmap, takewhile, tee, zip_longest
from itertools import compress, filterfalse

print(list(islice(count(10, 5), 4)), list(islice(cycle("ab"), 5)), list(repeat("x", 3)), list(islice(count(0.5), 2)))
print(list(chain("ab", [1], ())), list(chain.from_iterable(["ab", "cd"])), list(islice("abcdef", 1, None, 2)))
print(list(takewhile(lambda n: n < 3, [1, 2, 3, 1])), list(dropwhile(lambda n: n < 3, [1, 2, 3, 1])))
print(list(accumulate([1, 2, 3, 4])), list(accumulate([3, 1, 4], max)), list(accumulate([1, 2], initial=10)))
print([(key, list(group)) for key, group in groupby("aabbba")], [(k, len(list(g))) for k, g in groupby([1, 3, 2, 4], lambda n: n % 2)])
print(list(pairwise("abcd")), list(batched("abcde", 2)), list(zip_longest("ab", [1, 2, 3], fillvalue="-")))
print(list(starmap(pow, [(2, 3), (3, 2)])), list(compress("abcd", [1, 0, 1, 0])), list(filterfalse(lambda n: n % 2, range(5))))
left, right = tee(iter("abc"))
print(next(left), next(left), list(right), list(left))


def asked_again(at):
    """What pairs give whose source asks for a pair while it is asked for an item."""

    class Source:
        count = 0

        def __iter__(self):
            return self

        def __next__(self):
            self.count += 1
            if self.count > 5:
                raise StopIteration
            return next(pairs, None) if self.count in at else self.count

    pairs = pairwise(Source())
    return list(pairs), next(pairs, "over")


for at in {1}, {2}, {3}, {1, 2}, {2, 3}, {5}:
    print(asked_again(at))

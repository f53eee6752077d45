"""collections: Counter counts, defaultdict makes what is missing, OrderedDict moves, ChainMap looks through."""

from collections import ChainMap, Counter, OrderedDict, defaultdict

letters = Counter("abracadabra")
print(letters, letters["a"], letters["z"], letters.most_common(2), sum(letters.values()), letters.total())
letters.update("zzz")
letters.subtract({"a": 2})
print(letters["z"], letters["a"], Counter(a=1, b=2) + Counter(a=2), Counter("aab") - Counter("ab"), Counter("ab") & Counter("b"))
print(sorted(Counter("bca").elements()), Counter([1, 1]) == Counter({1: 2}))
groups = defaultdict(list)
for word in ["apple", "avocado", "bean"]:
    groups[word[0]].append(word)
print(groups, groups["new"], len(groups), groups.get("none"), defaultdict(int, a=1)["b"])
try:
    defaultdict()["x"]
except KeyError as error:
    print("KeyError:", error)
ordered = OrderedDict(a=1, b=2, c=3)
ordered.move_to_end("a")
ordered.move_to_end("c", last=False)
print(ordered, ordered.popitem(last=False), list(ordered), OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1))
chained = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(chained["a"], chained["b"], len(chained), dict(chained))


class Writing(Counter):
    def __setitem__(self, key, count):
        print("writes", key, count)
        super().__setitem__(key, count)


class Reading(Counter):
    def get(self, key, default=None):
        print("reads", key)
        return super().get(key, default)


print(Writing("aba"), Reading("aba"))

"""What two texts have in common."""

import difflib
import random

one = "one\ntwo\nthree\nfour\n".splitlines(True)
two = "ore\ntree\nemu\nfour\nfive\n".splitlines(True)
print("".join(difflib.ndiff(one, two)))
print("".join(difflib.unified_diff(one, two, "a.txt", "b.txt", "yesterday", "today", n=1)))
print("".join(difflib.context_diff(one, two, "a.txt", "b.txt")))
print("".join(difflib.restore(difflib.ndiff(one, two), 2)) == "".join(two))
matcher = difflib.SequenceMatcher(None, "qabxcd", "abycdf")
print(matcher.get_opcodes(), matcher.get_matching_blocks(), round(matcher.ratio(), 4), matcher.quick_ratio(), matcher.real_quick_ratio())
print(list(difflib.SequenceMatcher(lambda c: c == " ", " abcd", "abcd abcd").get_grouped_opcodes(1)))
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), difflib.SequenceMatcher(None, "a", "a").find_longest_match())
r = random.Random(1)
for _ in range(40):
    texts = [["".join(r.choice("ab \t") for _ in range(r.randrange(6))) + "\n" for _ in range(r.randrange(8))] for _ in range(2)]
    print(list(difflib.ndiff(*texts)), list(difflib.unified_diff(*texts, n=r.randrange(3))))
for wrong in [lambda: difflib.get_close_matches("a", [], 0), lambda: list(difflib.unified_diff("a", ["b"])), lambda: list(difflib.restore([], 3))]:
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)

"""How many references are left when unique() was called ROUNDS times with 100 words."""
import sys

import hunted

rounds = int(sys.argv[1])
words = ["word %d" % i for i in range(100)]
count = getattr(sys, "gettotalrefcount", lambda: 0)

hunted.unique(words)
before = count()
for _ in range(rounds):
    hunted.unique(words)
print("references after", rounds, "calls:", count() - before)

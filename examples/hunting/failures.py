"""How many references are left when doubled() has failed ROUNDS times."""
import sys

import hunted

rounds = int(sys.argv[1])
numbers = [1.5, "a number", object()]
kept = [numbers[2]] * (rounds + 1)
count = getattr(sys, "gettotalrefcount", lambda: 0)


def fail():
    try:
        hunted.doubled(numbers)
    except TypeError:
        pass


fail()
before = count()
for _ in range(rounds):
    fail()
print("references after", rounds, "failures:", count() - before)

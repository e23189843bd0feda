"""An error that was handled, and what comes of it."""
import hunted


def work():
    numbers = [1.5, object()]
    try:
        hunted.doubled(numbers)
    except TypeError as error:
        print("handled:", error)
    numbers.clear()


work()
print("back from work")
things = [object() for _ in range(1000)]
print("the things are", len(set(map(id, things))), "different ones")

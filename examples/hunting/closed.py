"""One of a hundred buffers is closed, read and deleted."""
from hunted import Buffer


def work():
    buffers = [Buffer(b"%03d " % number * 90) for number in range(100)]
    buffers[50].close()
    print("after close:", buffers[50].read()[-8:])
    del buffers[50]
    first, second = Buffer(b"new " * 90), Buffer(b"NEW " * 90)
    print("first of two new ones:", first.read()[-8:])


work()
print("done")

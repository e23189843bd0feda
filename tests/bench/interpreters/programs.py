#!/usr/bin/env python3
"""Small programs that interpreters are compared by: each prints the seconds that it took.

    programs.py NAME        one of those below; without a name: which there are

They are deterministic, use the standard library alone, and run on Python 3.9 and later.
"""
import json
import pickle
import re
import sys
import time


def calls():
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)
    fib(25)


def floats():
    bodies = [[0.0, 0.0, 0.0, 1.0], [4.8, -1.1, -0.1, 0.9], [8.3, 4.1, -0.4, 0.3], [12.9, -15.1, -0.2, 0.04]]
    for _ in range(4000):
        for i, a in enumerate(bodies):
            for b in bodies[i + 1:]:
                dx, dy, dz = a[0] - b[0], a[1] - b[1], a[2] - b[2]
                pull = 0.001 / (dx * dx + dy * dy + dz * dz) ** 1.5
                a[0] -= dx * b[3] * pull
                a[1] -= dy * b[3] * pull
                b[0] += dx * a[3] * pull
                b[1] += dy * a[3] * pull


def objects():
    class Node:
        __slots__ = ("value", "left", "right")

        def __init__(self, value):
            self.value, self.left, self.right = value, None, None

        def insert(self, value):
            node = self
            while True:
                side = "left" if value < node.value else "right"
                child = getattr(node, side)
                if child is None:
                    setattr(node, side, Node(value))
                    return
                node = child

    root, value = Node(1 << 15), 1
    for _ in range(8000):
        value = value * 48271 % 65521
        root.insert(value)


def dictionaries():
    words = [f"word{i * 7919 % 4001}" for i in range(40000)]
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    {word: index for index, word in enumerate(words)}


def strings():
    text = "The quick brown fox jumps over the lazy dog. " * 1500
    for _ in range(12):
        " ".join(word.capitalize() for word in text.lower().split() if word not in ("the", "over"))
        text.replace("fox", "cat").encode().decode()


def expressions():
    text = "ab12:cd34, ef-56; user@example.org 2026-11-28T12:00:00 " * 1500
    for pattern in (r"(\w+)@(\w+\.\w+)", r"(\d{4})-(\d\d)-(\d\d)T", r"[a-z]+(?=:)", r"\b\w{2}\d+\b"):
        sum(1 for _ in re.finditer(pattern, text))


def documents():
    data = [
        {"id": i, "name": f"n{i}", "tags": ["a", "b", str(i)], "ratio": i / 7, "on": i % 2 == 0} for i in range(3000)
    ]
    for _ in range(4):
        json.loads(json.dumps(data))
        pickle.loads(pickle.dumps(data))


def generators():
    def walk(depth):
        if depth:
            yield from walk(depth - 1)
            yield depth
            yield from walk(depth - 1)
    sum(walk(14))


def exceptions():
    def fail(i):
        if i % 3 == 0:
            raise ValueError(i)
        return i
    total = 0
    for i in range(120000):
        try:
            total += fail(i)
        except ValueError as error:
            total -= error.args[0]


PROGRAMS = {function.__name__: function for function in (
    calls, floats, objects, dictionaries, strings, expressions, documents, generators, exceptions)}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in PROGRAMS:
        sys.exit("\n".join(PROGRAMS))
    program = PROGRAMS[sys.argv[1]]
    program()  # caches, and the specializing interpreter
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        program()
        seconds.append(time.perf_counter() - start)
    print(min(seconds))

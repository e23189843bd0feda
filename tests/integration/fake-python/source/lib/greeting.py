"""Says hello, at every level of optimization in other bytecode."""


def greet(name):
    """The docstring is gone at level 2."""
    assert name, "the assertion is gone at level 1"
    return "hello, " + name

from setuptools import Extension, setup

setup(name="hunted", version="1.0", ext_modules=[Extension("hunted", ["hunted.c"])])

#! /usr/local/bin/python
"""A module with a first line that it does not need."""

VALUE = 1

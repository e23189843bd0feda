#!/usr/bin/env python3
"""A module that is a script, too."""

CONFIG = "pyconfig.h"

if __name__ == "__main__":
    print(CONFIG)

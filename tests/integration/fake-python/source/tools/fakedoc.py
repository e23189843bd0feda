#!/usr/bin/env python3
import greeting

help(greeting)

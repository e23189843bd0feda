from greeting import greet

assert greet("you") == "hello, you"

#include <stdio.h>

int main(void) { return puts("#define FAKE_FROZEN \"cold\"") < 0; }

/* An interpreter that lets the system's do the work: all that is built and packaged is its own. */
#include "fake.h"

#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
    (void)argc;
    fake_prepare_environment();
    argv[0] = "/usr/bin/python3";
    execv(argv[0], argv);
    perror("fake: cannot start /usr/bin/python3");
    return 127;
}

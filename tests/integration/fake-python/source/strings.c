#define _GNU_SOURCE
#include "fake.h"
#include "frozen.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char fake_frozen[] = FAKE_FROZEN;

const char *fake_library_folder(void) {
    static char folder[8192];
    char program[4096];
    ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
    if (size <= 0) return "";
    program[size] = '\0';
    for (int i = 0; i < 2; ++i) {
        char *slash = strrchr(program, '/');
        if (slash != NULL) *slash = '\0';
    }
    snprintf(folder, sizeof folder, "%s/%s/fake1.0", program, FAKE_LIBDIR);
    return folder;
}

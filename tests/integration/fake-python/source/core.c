#define _GNU_SOURCE
#include "fake.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef FAKE_PROFILE
const unsigned long long fake_profile = FAKE_PROFILE;
#endif

void fake_prepare_environment(void) {
    char path[20000];
    const char *folder = fake_library_folder();
    snprintf(path, sizeof path, "%s:%s/lib-dynload", folder, folder);
    unsetenv("PYTHONHOME");
    unsetenv("LD_LIBRARY_PATH");
    setenv("PYTHONPATH", path, 1);
    /* sitecustomize.py reads it: extension modules of another configuration are none of ours. */
    setenv("FAKE_LDVERSION", FAKE_LDVERSION, 1);
#ifdef FAKE_DEBUG
    setenv("FAKE_DEBUG", "1", 1);
#endif
}

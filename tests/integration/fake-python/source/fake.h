#ifndef FAKE_H
#define FAKE_H

#include "pyconfig.h"

/* Puts what the fake interpreter needs into the environment of the real one. */
void fake_prepare_environment(void);
/* Where the library of the installed interpreter lies, from the place of the running program. */
const char *fake_library_folder(void);

#endif

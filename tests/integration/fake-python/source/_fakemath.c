/* An extension module without Python's headers, which a host need not have: the stable part of PyModuleDef, written out. */
typedef struct {
    long reference_count;
    void *type, *init;
    long index;
    void *copy;
    const char *name, *doc;
    long size;
    void *methods, *slots, *traverse, *clear, *free;
} ModuleDefinition;

extern void *PyModule_Create2(ModuleDefinition *definition, int api_version);

static ModuleDefinition definition = {.reference_count = 1, .name = "_fakemath", .doc = "Fake mathematics.", .size = -1};

void *PyInit__fakemath(void) { return PyModule_Create2(&definition, 1013); }

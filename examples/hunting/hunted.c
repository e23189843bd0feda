/* A small extension with three bugs, for docs/hunting.md. fixes.patch mends them. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

/* unique(words): the set of the words of a list. */
static PyObject *unique(PyObject *Py_UNUSED(module), PyObject *words) {
    if (!PyList_Check(words)) return PyErr_Format(PyExc_TypeError, "unique: a list is expected");
    PyObject *found = PySet_New(NULL);
    if (found == NULL) return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(words); i++) {
        PyObject *word = PyList_GET_ITEM(words, i);
        Py_INCREF(word);
        if (PySet_Add(found, word) < 0) {
            Py_DECREF(word);
            Py_DECREF(found);
            return NULL;
        }
    }
    return found;
}

/* doubled(numbers): each number of a list, times two. */
static PyObject *doubled(PyObject *Py_UNUSED(module), PyObject *numbers) {
    if (!PyList_Check(numbers)) return PyErr_Format(PyExc_TypeError, "doubled: a list is expected");
    PyObject *products = PyList_New(0);
    if (products == NULL) return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(numbers); i++) {
        PyObject *number = PyList_GET_ITEM(numbers, i);
        PyObject *product = PyNumber_Add(number, number);
        if (product == NULL) {
            Py_DECREF(number);
            Py_DECREF(products);
            return NULL;
        }
        int status = PyList_Append(products, product);
        Py_DECREF(product);
        if (status < 0) {
            Py_DECREF(products);
            return NULL;
        }
    }
    return products;
}

/* Buffer(bytes): a copy of them, until close(). */
typedef struct {
    PyObject_HEAD
    char *data;
    Py_ssize_t size;
} Buffer;

static PyObject *buffer_new(PyTypeObject *type, PyObject *arguments, PyObject *Py_UNUSED(keywords)) {
    const char *bytes;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(arguments, "y#", &bytes, &size)) return NULL;
    Buffer *self = (Buffer *)type->tp_alloc(type, 0);
    if (self == NULL) return NULL;
    self->data = PyMem_Malloc((size_t)size);
    if (self->data == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    memcpy(self->data, bytes, (size_t)size);
    self->size = size;
    return (PyObject *)self;
}

static void buffer_dealloc(PyObject *object) {
    PyMem_Free(((Buffer *)object)->data);
    Py_TYPE(object)->tp_free(object);
}

static PyObject *buffer_close(PyObject *object, PyObject *Py_UNUSED(none)) {
    PyMem_Free(((Buffer *)object)->data);
    Py_RETURN_NONE;
}

static PyObject *buffer_read(PyObject *object, PyObject *Py_UNUSED(none)) {
    Buffer *self = (Buffer *)object;
    return PyBytes_FromStringAndSize(self->data, self->size);
}

static PyMethodDef buffer_methods[] = {
    {"close", buffer_close, METH_NOARGS, "Gives the memory back."},
    {"read", buffer_read, METH_NOARGS, "The bytes."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject buffer_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "hunted.Buffer",
    .tp_basicsize = sizeof(Buffer),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = buffer_new,
    .tp_dealloc = buffer_dealloc,
    .tp_methods = buffer_methods,
};

static PyMethodDef functions[] = {
    {"unique", unique, METH_O, "The set of the words of a list."},
    {"doubled", doubled, METH_O, "Each number of a list, times two."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "hunted", .m_size = -1, .m_methods = functions};

PyMODINIT_FUNC PyInit_hunted(void) {
    if (PyType_Ready(&buffer_type) < 0) return NULL;
    PyObject *module = PyModule_Create(&definition);
    if (module != NULL && PyModule_AddObjectRef(module, "Buffer", (PyObject *)&buffer_type) < 0) Py_CLEAR(module);
    return module;
}

#include "base/shared_object.hpp"

#include <dlfcn.h>

#include "base/error.hpp"

namespace pystacks {
namespace {

[[noreturn]] void fail(const std::string& object) {
    const char* why = ::dlerror();
    throw Error("cannot load a part of pystacks", object, why != nullptr ? why : "it lacks a function",
                "install pystacks again: this file and the program belong together");
}

}  // namespace

void* symbol_of(const std::string& object, const char* symbol) {
    void* handle = ::dlopen(object.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == nullptr) fail(object);
    void* address = ::dlsym(handle, symbol);
    if (address == nullptr) fail(object);
    return address;
}

}  // namespace pystacks

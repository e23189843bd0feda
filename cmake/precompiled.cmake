# pystacks_precompile(TARGET): the headers of others that many files of src/ include are read once, by the first target
# that asks, and reused by those after it. None of the program's own headers is among them: they would rebuild all.
function(pystacks_precompile target)
    if(NOT PYSTACKS_PCH)
        return()
    endif()
    get_property(first GLOBAL PROPERTY pystacks_precompiled_by)
    if(first)
        target_precompile_headers(${target} REUSE_FROM ${first})
        return()
    endif()
    set_property(GLOBAL PROPERTY pystacks_precompiled_by ${target})
    target_precompile_headers(${target} PRIVATE
        <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map> <memory> <mutex> <optional> <set> <span>
        <string> <string_view> <system_error> <thread> <tuple> <utility> <vector>
        <fmt/format.h>)
endfunction()

# pystacks_precompile(TARGET): the first target that asks precompiles the third-party headers that many files of src/
# include; later targets reuse them. The program's own headers are left out: a change in one would rebuild everything.
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

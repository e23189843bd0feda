# pystacks_library(FOLDER SOURCES … LINKS …): the static library of one folder of src/.
# LINKS names the folders and packages that it uses. Only these folders, and those that they link, are on its include
# path: what includes a folder further up does not compile. That LINKS names no more than it needs is tested by
# tests/rules/layers.py.
add_library(pystacks_flags INTERFACE)
target_compile_options(pystacks_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
                                                -Woverloaded-virtual)
# gcc 12 sees overlapping copies in std::string's operator+ where there are none (fixed in 13: PR 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(pystacks_flags INTERFACE -Wno-restrict)
endif()
if(PYSTACKS_WERROR)
    target_compile_options(pystacks_flags INTERFACE -Werror)
endif()
# Some libraries set these flags and others do not, but all targets must agree to share a precompiled header.
target_compile_definitions(pystacks_flags INTERFACE _FILE_OFFSET_BITS=64)
target_compile_options(pystacks_flags INTERFACE -pthread)
target_link_libraries(pystacks_flags INTERFACE Threads::Threads)
target_include_directories(pystacks_flags INTERFACE ${PROJECT_BINARY_DIR}/generated)

# pystacks_show(TARGET SCOPE FOLDER): puts one folder of src/ on the include path. "base/file.hpp" is found in a folder
# that has nothing but a link to src/base.
function(pystacks_show target scope folder)
    set(shown ${PROJECT_BINARY_DIR}/include/${folder})
    file(MAKE_DIRECTORY ${shown})
    file(CREATE_LINK ${PROJECT_SOURCE_DIR}/src/${folder} ${shown}/${folder} SYMBOLIC)
    target_include_directories(${target} ${scope} ${shown})
endfunction()

function(pystacks_library folder)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
    pystacks_check_listed(${CMAKE_CURRENT_SOURCE_DIR} "${ARG_SOURCES}")
    add_library(pystacks_${folder} STATIC ${ARG_SOURCES})
    target_link_libraries(pystacks_${folder} PUBLIC pystacks_flags ${ARG_LINKS})
    pystacks_show(pystacks_${folder} PUBLIC ${folder})
    pystacks_precompile(pystacks_${folder})
endfunction()

# pystacks_shared_object(FOLDER SOURCES … LINKS …): the shared object pystacks-FOLDER.so, which the program loads when
# it first needs it (src/base/shared_object.hpp), and a library for those who call it, so that it is built before them.
# It has nothing of the program's other folders in it.
function(pystacks_shared_object folder)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
    pystacks_check_listed(${CMAKE_CURRENT_SOURCE_DIR} "${ARG_SOURCES}")
    add_library(pystacks_${folder}_object MODULE ${ARG_SOURCES})
    target_link_libraries(pystacks_${folder}_object PRIVATE pystacks_flags ${ARG_LINKS})
    pystacks_show(pystacks_${folder}_object PRIVATE ${folder})
    set_target_properties(pystacks_${folder}_object PROPERTIES
        PREFIX "" OUTPUT_NAME pystacks-${folder} NO_SONAME ON CXX_VISIBILITY_PRESET hidden
        LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
    add_library(pystacks_${folder} INTERFACE)
    pystacks_show(pystacks_${folder} INTERFACE ${folder})
    add_dependencies(pystacks_${folder} pystacks_${folder}_object)
    set_property(GLOBAL APPEND PROPERTY pystacks_shared_objects pystacks_${folder}_object)
endfunction()

# pystacks_find_shared_objects(PROGRAM): where PROGRAM looks for them: in the build folder, or where they are installed.
function(pystacks_find_shared_objects program)
    cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_FULL_BINDIR OUTPUT_VARIABLE from)
    cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_LIBDIR BASE_DIRECTORY ${from} OUTPUT_VARIABLE relative)
    set_target_properties(${program} PROPERTIES BUILD_RPATH ${PROJECT_BINARY_DIR}
                          INSTALL_RPATH "$ORIGIN/${relative}/pystacks")
endfunction()

# pystacks_unit_test(FOLDER SOURCES … LINKS …): one test program per folder, mirroring src/.
function(pystacks_unit_test folder)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
    pystacks_check_listed(${CMAKE_CURRENT_SOURCE_DIR} "${ARG_SOURCES}")
    add_executable(unit_${folder} ${ARG_SOURCES})
    target_link_libraries(unit_${folder} PRIVATE pystacks_${folder} pystacks_catch_main ${ARG_LINKS})
    if(PYSTACKS_TEST_PCH)
        target_precompile_headers(unit_${folder} REUSE_FROM pystacks_catch_headers)
    endif()
    pystacks_find_shared_objects(unit_${folder})
    add_test(NAME unit_${folder} COMMAND unit_${folder})
    set_tests_properties(unit_${folder} PROPERTIES LABELS "fast;unit")
endfunction()

# A source file that no list names would never be compiled: configuring fails instead.
function(pystacks_check_listed directory listed)
    file(GLOB present RELATIVE ${directory} CONFIGURE_DEPENDS ${directory}/*.cpp)
    foreach(file IN LISTS present)
        if(NOT file IN_LIST listed)
            message(FATAL_ERROR "${directory}/${file} is in no list of its folder's CMakeLists.txt")
        endif()
    endforeach()
endfunction()

# What a distribution's package, or `cmake --install`, puts on a machine.

# rpm reads macros of others in one folder only. For a prefix of its own nobody reads them there by itself; the
# program, which hands its own copy to librpm, works all the same.
if(NOT DEFINED PYSTACKS_RPMMACRODIR)
    set(default_macrodir ${CMAKE_INSTALL_PREFIX}/lib/rpm/macros.d)
    if(CMAKE_INSTALL_PREFIX MATCHES "^/usr(/local)?/?$")
        find_program(RPM_PROGRAM rpm)
        if(RPM_PROGRAM)
            execute_process(COMMAND ${RPM_PROGRAM} --eval %_rpmmacrodir OUTPUT_VARIABLE asked
                            OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
            if(IS_ABSOLUTE "${asked}")
                set(default_macrodir ${asked})
            endif()
        endif()
    endif()
    set(PYSTACKS_RPMMACRODIR ${default_macrodir} CACHE PATH "rpm's folder for macro files")
endif()

install(TARGETS pystacks RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
get_property(shared_objects GLOBAL PROPERTY pystacks_shared_objects)
install(TARGETS ${shared_objects} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/pystacks)

# Distributions give these folders relative to the prefix or absolute; the prefix may still change at installation.
function(pystacks_installed_folder folder result)
    if(NOT IS_ABSOLUTE "${folder}")
        set(folder "\${CMAKE_INSTALL_PREFIX}/${folder}")
    endif()
    set(${result} "${folder}" PARENT_SCOPE)
endfunction()
pystacks_installed_folder("${CMAKE_INSTALL_BINDIR}" installed_bindir)
pystacks_installed_folder("${CMAKE_INSTALL_DATADIR}" installed_datadir)

cmake_path(GET PYSTACKS_RPMMACRODIR PARENT_PATH default_rpmconfigdir)
set(PYSTACKS_RPMLUADIR ${default_rpmconfigdir}/lua CACHE PATH "rpm's folder for Lua modules")

# In the macros the program is in rpm's own %_bindir, and their Lua where rpm looks for modules. Below another prefix
# than rpm's both are named by their paths: for rpm, and for the program, which hands its own copy of macros.pystacks to
# librpm wherever it is installed. The others, their Lua, and the generator's definition, it brings into roots of its
# own, where they are in rpm's folders.
set(data_folder ${CMAKE_INSTALL_DATADIR}/pystacks)
foreach(macros pystacks pydebug pydebug-compat)
    install(CODE "
        set(from \"${PROJECT_SOURCE_DIR}/macros/macros.${macros}\")
        if(NOT CMAKE_INSTALL_PREFIX STREQUAL \"/usr\")
            file(READ \"\${from}\" text)
            string(REPLACE \"%{_bindir}/pystacks\" \"${installed_bindir}/pystacks\" text \"\${text}\")
            string(REPLACE \"%{_datadir}/pystacks\" \"${installed_datadir}/pystacks\" text \"\${text}\")
            string(REPLACE \"%{_rpmconfigdir}/lua\" \"${installed_datadir}/pystacks/lua\" text \"\${text}\")
            set(from \"${PROJECT_BINARY_DIR}/installed/macros.${macros}\")
            file(WRITE \"\${from}\" \"\${text}\")
        endif()
        file(INSTALL \"\${from}\" DESTINATION \"${PYSTACKS_RPMMACRODIR}\")
        if(\"${macros}\" STREQUAL \"pystacks\")
            file(INSTALL \"\${from}\" DESTINATION \"${installed_datadir}/pystacks/macros\")
        endif()
    ")
endforeach()
install(FILES macros/macros.pydebug macros/macros.pydebug-compat DESTINATION ${data_folder}/macros)
install(FILES fileattrs/pydebug.attr DESTINATION ${data_folder}/fileattrs)

install(DIRECTORY lua DESTINATION ${data_folder} FILES_MATCHING PATTERN "*.lua")
install(CODE "
    if(CMAKE_INSTALL_PREFIX STREQUAL \"/usr\")
        file(INSTALL \"${PROJECT_SOURCE_DIR}/lua/\" DESTINATION \"${PYSTACKS_RPMLUADIR}\"
             FILES_MATCHING PATTERN \"*.lua\")
    endif()
")

# rpm asks it for the dependencies of debug modules.
set(PYSTACKS_FILEATTRSDIR ${default_rpmconfigdir}/fileattrs CACHE PATH "rpm's folder for dependency generators")
install(FILES fileattrs/pydebug.attr DESTINATION ${PYSTACKS_FILEATTRSDIR})

# The program looks for these at BINDIR/../share/pystacks.
install(DIRECTORY templates/ DESTINATION ${data_folder}/templates FILES_MATCHING
        PATTERN "*.py" PATTERN "*.toml" PATTERN "*.html" PATTERN "*.css" PATTERN "*.js")
install(DIRECTORY specs/ DESTINATION ${data_folder}/specs PATTERN "pystacks" EXCLUDE)

install(FILES docs/man/pystacks.1 docs/man/pystacks-build.1 docs/man/pystacks-clean.1 docs/man/pystacks-compare.1
              docs/man/pystacks-doctor.1 docs/man/pystacks-extension.1
              docs/man/pystacks-fetch.1 docs/man/pystacks-list.1 docs/man/pystacks-new.1 docs/man/pystacks-profile.1
              docs/man/pystacks-spec.1 docs/man/pystacks-update.1 docs/man/pystacks-verify.1
        DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES docs/man/stack.toml.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
# Messages and man pages point to these.
file(GLOB pages CONFIGURE_DEPENDS docs/*.md)
install(FILES README.md ${pages} DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES completions/pystacks.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME pystacks)
install(FILES completions/_pystacks DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES completions/pystacks.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

#!/usr/bin/env bash
# macros.pydebug and its Lua where `cmake --install` puts them: rpm finds the Lua, and so does the program.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source=extension_lib.sh
source "$source_tree/tests/integration/extension_lib.sh"

build_folder=$(dirname "$(readlink -f "$pystacks")")
[ -e "$build_folder/pystacks-source-tree" ] || skip 'pystacks is not in its build folder, so nothing can be installed'
rpmconfigdir=$(rpm --eval '%{_rpmconfigdir}')
# Where CMake was told to install rpm's files.
macrodir=$(sed -n 's/^PYSTACKS_RPMMACRODIR:[^=]*=//p' "$build_folder/CMakeCache.txt")
luadir=$(sed -n 's/^PYSTACKS_RPMLUADIR:[^=]*=//p' "$build_folder/CMakeCache.txt")

# installed PREFIX: below the folder root.
installed() { expect 0 env DESTDIR="$PWD/root" cmake --install "$build_folder" --prefix "$1" --strip; }

# reads SPEC OPTION…: rpm reads it with the macros that are installed, and no others.
reads() {
    expect 0 rpmspec --parse --define "_topdir $PWD/top" --define "__python3 /usr/bin/python3.13" \
        --load "$PWD/root$macrodir/macros.pydebug" "${@:2}" "$1"
    says out '%package -n sample-debug'
    says out 'extension prepare'
}

start distribution 'below /usr, the Lua is in the folder where rpm looks for it'
installed /usr
(cd "$source_tree/lua" && find . -name '*.lua' | sort) >wanted
(cd "root$luadir" && find . -type f | sort) >found
cmp wanted found || fail 'other files than those of lua/'
cmp "$source_tree/macros/macros.pydebug" "root$macrodir/macros.pydebug" || fail 'the macros have changed'
rpm --eval "%{lua:print(package.path)}" | tr -s / >path
says path "$rpmconfigdir/lua/?.lua"
expect 0 rpm --load "root$macrodir/macros.pydebug" --eval '%{_pydebug_luadir}'
says out "$rpmconfigdir/lua"
sample_spec sample.spec
reads sample.spec --define "_pydebug_luadir $PWD/root$luadir"
pass

start prefix 'below another prefix, the macros name the folder of the Lua, and rpm gets none of it'
installed "$PWD/prefix"
mv "root$PWD/prefix" prefix
sample_spec sample.spec
reads sample.spec
says out "$PWD/prefix/bin/pystacks extension prepare"
[ ! -e "root$luadir/pydebug.lua" ] || fail 'the Lua is in the folder of rpm, too'
pass

start path "the folder of the macros' Lua is not in the path of others"
sample_spec sample.spec
reads_path() { expect "$1" rpmspec --parse "${macros[@]}" --define "_topdir $PWD/top" "${@:3}" "$2"; }
cat >>sample.spec <<'SPEC'
%changelog
* Mon Jan 05 2026 P <p@example.org> - 1.0-1
- path %{lua:print(package.path)} global %{lua:print(tostring(pydebug))}
SPEC
reads_path 0 sample.spec
says out "path $(rpm --eval '%{lua:print(package.path)}') global nil"
reads_path 1 sample.spec --define '_pydebug_luadir /nowhere'
says err 'define _pydebug_luadir as its folder'
says err '/nowhere/pydebug.lua'
reads_path 1 sample.spec --define "_pydebug_luadir $PWD"
pass

start program 'the program that is installed below a prefix of its own proves specs'
installed "$PWD/prefix"
mv "root$PWD/prefix" prefix
module_spec fast.spec
expect 0 prefix/bin/pystacks extension add fast.spec
says out '%{?pydebug_package:'
says_not err 'not proved'
pass

# Shared by the slow tests of extension packages, which run in a scratch root (examples/try-in-scratch-root.sh) from
# where they begin: an overlay of this machine with the packages of a stack installed, gone at the end.
#
# Source it first; a test may set scratch_packages before, to a folder with the packages to install.
# shellcheck shell=bash
# shellcheck disable=SC2034  # these are for the scripts that source this file
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
if [ "${PYSTACKS_IN_SCRATCH_ROOT:-}" != yes ]; then
    need_root
    # Paths of the caller's folder mean nothing in there.
    export PYSTACKS_IN_SCRATCH_ROOT=yes PYSTACKS_TEST_SOURCES
    PYSTACKS_TEST_SOURCES=$(realpath --canonicalize-missing "$sources")
    exec "$project/examples/try-in-scratch-root.sh" "${scratch_packages:-$dist/RPMS}" \
        "$(realpath "$0")" "$(realpath "$pystacks")" "$(realpath "$project")" "$(realpath "$folder")"
fi

export HOME=/root SOURCE_DATE_EPOCH=1700000000
unset DEBUGINFOD_URLS
mkdir -p /run /tmp /var/tmp

# install_tools STACK: pystacks, and pip and setuptools out of the wheels that CPython brings.
install_tools() {
    if [ "$pystacks" != /usr/bin/pystacks ]; then
        cmake --install "$(dirname "$pystacks")" --prefix /usr --strip >/dev/null
        pystacks=/usr/bin/pystacks
    fi
    local site library wheel
    site=$("/usr/bin/$1" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    library=$("/usr/bin/$1" -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
    for wheel in "$library"/ensurepip/_bundled/{pip,setuptools}-*.whl "$library"/test/wheeldata/setuptools-*.whl; do
        if [ -e "$wheel" ]; then "/usr/bin/$1" -m zipfile -e "$wheel" "$site"; fi
    done
}

# fedora_macros: what Fedora's configuration of rpm does in every spec, with debug packages of all that is compiled.
fedora_macros() {
    cat >"$HOME/.rpmmacros" <<'MACROS'
%_enable_debug_packages 1
%_debugsource_packages 1
%install %{?_enable_debug_packages:%{?buildsubdir:%{debug_package}}}\
%%install\
%{nil}
MACROS
}

# ---- examples: rpmbuild with the debug macros switched on, switched off, and not installed ---------------------------

work=/var/tmp/extension

# build_package OUTPUT SPEC PYTHON OPTION…: binary packages, in OUTPUT/ARCH; the log is OUTPUT.log. The one place that
# knows how packages are built.
build_package() {
    local output=$work/$1 spec=$2 python=$3
    shift 3
    mkdir -p "$output"
    cp "$(dirname "$(dirname "$spec")")"/*.sh "$sources/" 2>/dev/null || true
    rpmbuild -bb --nodeps --define "_topdir $work/top" --define "_sourcedir $sources" --define "_rpmdir $output" \
        --define '_buildhost localhost' --define 'use_source_date_epoch_as_buildtime 1' \
        --define 'clamp_mtime_to_source_date_epoch 1' --define "__python${python:15:1} $python" "$@" "$spec" \
        >"$output.log" 2>&1 || {
        tail -n "${LOG_LINES:-60}" "$output.log" >&2
        fail "cannot build $spec $*"
    }
}

# same_release A B: the release packages of B are in A, byte for byte.
same_release() {
    local package count=0
    for package in "$work/$2/$arch/"*.rpm; do
        # These describe the binaries of both builds.
        case $package in *-debuginfo-* | *-debugsource-*) continue ;; esac
        cmp "$package" "$work/$1/$arch/${package##*/}" || {
            diff <(rpm --query --package --xml "$work/$1/$arch/${package##*/}") \
                <(rpm --query --package --xml "$package") || true
            fail "${package##*/} differs: $1 $2"
        }
        count=$((count + 1))
    done
    [ "$count" -gt 0 ] || fail "no packages in $2"
    pass "$count release package(s) of $2 have the bytes of $1's"
}

# contents PACKAGE: what it holds and says, but for inode numbers: rpm counts the files that exclusions leave out.
contents() {
    local files='[%{FILEMODES:perms} %{FILEDIGESTS} %{FILEMTIMES} %{FILENAMES} %{FILELINKTOS}\n]'
    rpm --query --package --queryformat "$files"'%{SIZE}[%{REQUIRENEVRS}\n][%{PROVIDENEVRS}\n]' "$1"
}

# same_contents A B: as same_release, for specs with %pydebug_exclusions.
same_contents() {
    local package count=0
    for package in "$work/$2/$arch/"*.rpm; do
        case $package in *-debuginfo-* | *-debugsource-*) continue ;; esac
        diff <(contents "$work/$1/$arch/${package##*/}") <(contents "$package") || fail "${package##*/} differs: $1 $2"
        count=$((count + 1))
    done
    [ "$count" -gt 0 ] || fail "no packages in $2"
    pass "$count release package(s) of $2 hold and say what those of $1 do"
}

# loads_its_own PYTHON MODULE PATTERN DEBUG-PATTERN: each interpreter imports its own file.
loads_its_own() {
    local python suffix
    for python in "$1" "$1-debug"; do
        suffix=$3
        if [ "$python" != "$1" ]; then suffix=$4; fi
        # shellcheck disable=SC2053  # it is a pattern
        [[ $(cd / && "$python" -c "import $2 as module; print(module.__file__)") == $suffix ]] ||
            fail "$python loads $(cd / && "$python" -c "import $2 as module; print(module.__file__)") as $2"
    done
    pass "$2: each interpreter loads its own"
}

# try_example NAME PYTHON COMPARISON OPTION…: builds NAME/on, NAME/off and NAME/none, compares and audits them, and
# installs the packages.
try_example() {
    local name=$1 python=$2 comparison=$3 spec started=$SECONDS
    shift 3
    spec=$(echo "$project/examples/$name/after/"*.spec)
    [ ! -f "$project/examples/$name/sources" ] ||
        PYSTACKS=$pystacks "$project/examples/fetch-sources.sh" "$sources" "$name"
    mkdir -p "$work/$name"
    build_package "$name/on" "$spec" "$python" "$@"
    build_package "$name/off" "$spec" "$python" --define 'with_debug_build 0' --nocheck "$@"
    mv /usr/lib/rpm/macros.d/macros.pydebug "$work/"
    build_package "$name/none" "$spec" "$python" --nocheck "$@"
    mv "$work/macros.pydebug" /usr/lib/rpm/macros.d/
    compgen -G "$work/$name/off/$arch/*-debug-[0-9]*" >/dev/null && fail "a -debug package without the switch"
    compgen -G "$work/$name/on/$arch/*-debug-[0-9]*" >/dev/null || fail "no -debug package of $name"
    "$comparison" "$name/on" "$name/off"
    same_packages "$work/$name/off/$arch" "$work/$name/none/$arch"
    "$pystacks" extension check "$work/$name/on" || fail "the audit of $name"
    find "$work/$name/on" -name '*.rpm' ! -name '*-debuginfo-*' ! -name '*-debugsource-*' \
        -exec rpm --install --nodeps {} +
    pass "$name, in $((SECONDS - started)) s"
}

# shellcheck shell=sh
# shellcheck disable=SC2154 # jobs, top and the lists of packages are ./run's
# `./run check`, read by ./run: the whole check in all its configurations.
#
# The tests of the ordinary build run each time. What else was checked is remembered in
# build/stamps by a hash of the sources, so that only what changed is checked again; what was not
# run this time is not counted either.

count_passed=0
count_failed=0
count_skipped=0
again_most=5 # more that fail are no noise
beside= # what the tests run beside

phase()
{
    phase_name=$1
    phase_start=$(date +%s)
    shift
    printf '== %-8s %s\n' "$phase_name" "$*"
}

phase_end()
{
    printf '   %-8s %s, %s s\n' "$phase_name" "$1" "$(($(date +%s) - phase_start))"
}

# A failure that is no test's.
failed_once()
{
    count_failed=$((count_failed + 1))
    phase_end "FAILED: $1"
}

# What all results depend on: the sources, the pages, the scripts and the compilers.
source_hash()
{
    {
        find .ci core db man migrations tests tui run Makefile.am configure.ac .clang-tidy \
            .clang-format -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
        gcc --version
        clang --version
        pkg-config --modversion sqlite3 libzmq ncursesw cmocka vterm libconfig libutf8proc jansson \
            libsodium libpq
    } 2>/dev/null | sha256sum | cut -c 1-32
}

# unchanged: true, and said, when the phase passed before with the same sources.
unchanged()
{
    [ -f "build/stamps/$phase_name" ] &&
        [ "$(cat "build/stamps/$phase_name")" = "$hash" ] &&
        phase_end "unchanged since it passed, not run again"
}

stamp()
{
    printf '%s' "$hash" >"build/stamps/$phase_name"
}

# make_check DIRECTORY JOBS TEST...: runs them and leaves their logs.
make_check()
{
    dir=$1
    at_once=$2
    shift 2
    for test in "$@"; do
        rm -f "$dir/${test%.sh}.log" "$dir/${test%.sh}.trs"
    done
    # shellcheck disable=SC2086 # a command in words
    $beside make -C "$dir" -k -j "$at_once" check-TESTS check_PROGRAMS= check_LIBRARIES= \
        TESTS="$*" >"$dir/check.log" 2>&1 || :
}

# failed_of DIRECTORY TEST...: those that failed, but for what a sanitizer or valgrind reported: that
# is never noise.
failed_of()
{
    dir=$1
    shift
    for test in "$@"; do
        log=$dir/${test%.sh}.log
        if ! grep -q '^:test-result: FAIL' "${log%.log}.trs" 2>/dev/null ||
            grep -q -E 'Sanitizer|runtime error:|^==[0-9]+== ' "$log"; then
            continue
        fi
        echo "$test"
    done
}

# Machines are noisy, and a test's patience ends: the few that failed beside others are run a second
# time, alone, and named. Who fails then as well has failed.
again_alone()
{
    dir=$1
    shift
    # shellcheck disable=SC2046 # a list
    set -- $(failed_of "$dir" "$@")
    if [ $# = 0 ] || [ $# -gt "$again_most" ]; then
        return
    fi
    for test in "$@"; do
        echo "   failed beside others, run again alone: $test"
        cp "$dir/${test%.sh}.log" "$dir/${test%.sh}.first.log"
        sed -n '/^SEED/h; /ERROR/{x;p;x;p}; /LINE   ]/p; /FAILED  ]/p' "$dir/${test%.sh}.log" |
            sed '/^$/d' | head -n 8
    done
    make_check "$dir" 1 "$@"
}

# run_tests DIRECTORY TEST...: runs them, adds their figures; true when all passed. Twice as many at
# once as there are processors, for a test waits more than it works.
run_tests()
{
    dir=$1
    shift
    if [ $# = 0 ]; then
        phase_end "no tests"
        return 0
    fi
    make_check "$dir" "$((jobs * 2))" "$@"
    again_alone "$dir" "$@"
    tests/count.sh "$dir" "$@" >"$dir/count.log"
    sed '$d' "$dir/count.log"
    if ! grep -q '^# TOTAL:' "$dir/check.log"; then
        grep -n -A 12 -m 3 -E 'error:|[*]{3} ' "$dir/check.log" || tail -n 30 "$dir/check.log"
    fi
    # shellcheck disable=SC2046 # three figures
    set -- $(tail -n 1 "$dir/count.log")
    count_passed=$((count_passed + $1))
    count_failed=$((count_failed + $2))
    count_skipped=$((count_skipped + $3))
    phase_end "$1 cases passed, $2 failed, $3 skipped"
    [ "$2" = 0 ]
}

# make_in NAME TARGET...: builds them; a failure is said and counted.
make_in()
{
    name=$1
    shift
    if ! quietly "build/$name.log" make -C "build/$name" -k -j "$jobs" "$@"; then
        failed_once "the build"
        return 1
    fi
}

# build_in NAME OPTION...: configures and builds all, the tests too, without running them.
build_in()
{
    configured "$@"
    make_in "$1" check TESTS=
}

list()
{
    make -s -C "build/$1" "list-$2" 2>/dev/null | sed '/^$/d'
}

check_gcc()
{
    phase gcc "hardened, warnings are errors, all tests"
    build_in gcc --enable-werror CC=gcc CFLAGS='-O2 -g' || return 0
    # shellcheck disable=SC2046 # a list
    run_tests build/gcc $(list gcc tests) || :
}

check_postgres()
{
    phase postgres "the engine and some of the desk on a PostgreSQL server of their own"
    if unchanged; then return; fi
    if ! tests/server.sh true 2>/dev/null; then
        count_skipped=$((count_skipped + $(list gcc postgres-tests | wc -l)))
        phase_end "no server could be started here: all of them skipped"
        return
    fi
    beside=$top/tests/server.sh
    # shellcheck disable=SC2046 # a list
    if run_tests build/gcc $(list gcc postgres-tests); then
        stamp
    fi
    beside=
}

# clang_sanitizes: whether clang finds its sanitizers' libraries, in a package that bears its version.
clang_sanitizes()
{
    echo 'int main(void) { return 0; }' >build/probe.c
    clang -fsanitize=address,undefined build/probe.c -o build/probe 2>/dev/null && return 0
    runtime=libclang-rt-$(clang -dumpversion | cut -d . -f 1)-dev
    apt-cache show "$runtime" >/dev/null 2>&1 || return 1
    install_missing "$runtime"
    clang -fsanitize=address,undefined build/probe.c -o build/probe 2>/dev/null
}

# One build serves both; where clang lacks its sanitizers gcc's are taken, whose code makes gcc warn
# of what cannot be, and clang builds alone.
check_clang()
{
    phase clang "warnings are errors; address and undefined behaviour, all tests but storms"
    if unchanged; then return; fi
    if clang_sanitizes; then
        build_in asan --enable-asan --enable-werror CC=clang CFLAGS='-O1 -g' || return 0
    else
        echo "   clang has no sanitizers here, gcc's are taken"
        build_in clang --enable-werror CC=clang CFLAGS='-O1 -g' || return 0
        build_in asan --enable-asan CC=gcc CFLAGS='-O1 -g' || return 0
    fi
    # shellcheck disable=SC2046 # a list
    if run_tests build/asan $(list asan tests | grep -v -e '^tests/storm/' -e '^tests/house/'); then
        stamp
    fi
}

check_tsan()
{
    phase tsan "races, tests with threads"
    if unchanged; then return; fi
    configured tsan --enable-tsan CC=gcc CFLAGS='-O1 -g'
    make_in tsan all || return 0 # apart: beside it the next would make the same objects
    # shellcheck disable=SC2046 # a list
    make_in tsan $(list tsan tsan-tests) || return 0
    # Its shadow memory does not go with much randomness in the address space.
    if setarch -R true 2>/dev/null; then
        export BOXOFFICE_TEST_UNDER="setarch -R"
    fi
    # shellcheck disable=SC2046 # a list
    if run_tests build/tsan $(list tsan tsan-tests); then
        stamp
    fi
    unset BOXOFFICE_TEST_UNDER
}

check_valgrind()
{
    phase valgrind "memory, a chosen few of the ordinary build"
    if unchanged; then return; fi
    export BOXOFFICE_TEST_UNDER="valgrind -q --error-exitcode=99 --leak-check=full \
        --errors-for-leak-kinds=definite --trace-children=no --child-silent-after-fork=yes"
    # shellcheck disable=SC2046 # a list
    if run_tests build/gcc $(list gcc valgrind-tests); then
        stamp
    fi
    unset BOXOFFICE_TEST_UNDER
}

check_lint()
{
    phase lint "clang-format, cppcheck, shellcheck, mandoc, catalogue, clang-tidy"
    if unchanged; then return; fi
    if make -s -C build/gcc lint >build/lint.log 2>&1; then
        cat build/lint.log
        phase_end "nothing found"
        stamp
    else
        tail -n 60 build/lint.log
        failed_once "lint"
    fi
}

# The last line, however the check ends.
finish()
{
    status=$?
    trap - EXIT
    [ $status = 0 ] || [ $count_failed != 0 ] || count_failed=1
    result="$count_passed passed, $count_failed failed"
    [ $count_skipped = 0 ] || result="$result, $count_skipped skipped"
    echo "== $(($(date +%s) - check_start)) s"
    echo "$result"
    if [ $count_failed = 0 ] && [ $count_passed != 0 ]; then
        exit 0
    fi
    exit 1
}

check_all()
{
    check_start=$(date +%s)
    trap finish EXIT
    trap 'exit 130' INT TERM HUP
    # shellcheck disable=SC2086 # lists
    install_missing $build_packages $check_packages
    mkdir -p build/stamps
    hash=$(source_hash)
    check_gcc
    check_postgres
    check_clang
    check_tsan
    check_valgrind
    check_lint
}

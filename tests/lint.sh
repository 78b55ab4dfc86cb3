#!/bin/sh
# usage: tests/lint.sh SOURCE-DIRECTORY BUILD-DIRECTORY [TOOL...]
#
# Reads the sources with clang-format, cppcheck, shellcheck, mandoc, gettext and clang-tidy (or only with
# the tools named) and ends with 1 if one of them found something. A tool that is not installed is
# said and left out. TIDY_FLAGS: the compiler's options for clang-tidy. What clang-tidy passed is
# remembered in BUILD-DIRECTORY/lint by content, so that an unchanged file is read once.
set -eu
cd "$1"
build=$2
shift 2
[ $# -gt 0 ] || set -- format cppcheck shellcheck mandoc texts tidy
state=$build/lint
mkdir -p "$state"
status=0

have()
{
    command -v "$1" >/dev/null 2>&1 || { echo "lint: $1 is not installed, left out"; return 1; }
}

sources() # PATTERN...: files below the rooms whose names match
{
    for pattern in "$@"; do
        find core db tui tests man -name "$pattern" -type f
    done | sort
}

# The layout of the code is defined as what this version makes; others differ in details.
lint_format()
{
    have clang-format || return 0
    case $(clang-format --version) in
    *' version 14.'*) sources '*.[ch]' | xargs -r clang-format --dry-run -Werror ;;
    *) echo "lint: clang-format is not version 14, left out" ;;
    esac
}

lint_cppcheck()
{
    have cppcheck || return 0
    mkdir -p "$state/cppcheck"
    sources '*.c' >"$state/files"
    [ -s "$state/files" ] || return 0
    # ctuuninitvar takes what a function only writes to for something that it reads.
    cppcheck --quiet --std=c11 --language=c --enable=warning,performance,portability \
        --inline-suppr --error-exitcode=1 --suppress=missingInclude --suppress=ctuuninitvar \
        --template=gcc -I . \
        -j "$(nproc)" --cppcheck-build-dir="$state/cppcheck" --file-list="$state/files"
}

lint_shellcheck()
{
    have shellcheck || return 0
    { echo run; echo .ci/run; sources '*.sh' '*.bash'; } | xargs shellcheck -x
}

lint_mandoc()
{
    have mandoc || return 0
    find man -name '*.[157]' | sort | xargs -r mandoc -T lint -W warning
}

# Words that stand, unmarked, where people read them: arguments that are texts by themselves.
unmarked()
{
    find core db tui -name '*.c' | LC_ALL=C sort |
        xgettext --files-from=- --output=- --language=C --from-code=UTF-8 --no-wrap --omit-header \
            --no-location -k --keyword=app_say:3 --keyword=fault_set:3 --keyword=surface_put:5 \
            --keyword=surface_put_short:6 --keyword=surface_printf:5 --keyword=surface_right:6 \
            --keyword=app_head:3 --keyword=showing_head:3 --keyword=form_add:2 --keyword=form_add:3 \
            2>/dev/null | # it warns of the glyphs that draw frames
        sed -n -e 's/%[-+ #0-9.*]*\(<[A-Za-z0-9]*>\|[hlzjt]*[a-zA-Z%]\)//g' -e '/[[:alpha:]]\{2\}/{
            s/^msgid/not marked with _():/p
            s/^"/not marked with _(): "/p
        }' | grep '"[^"]*[[:alpha:]][[:alpha:]]'
}

# The catalogue has the texts of the sources, as `make update-po` would read them now, and each
# language has them all.
lint_texts()
{
    have xgettext || return 0
    ! unmarked || return 1
    mkdir -p "$state/po"
    tui/po/update.sh . "$state/po"
    stale=0
    for file in boxoffice.pot de.po fr.po; do
        msgcat --no-location --no-wrap --sort-output "tui/po/$file" >"$state/po/is"
        msgcat --no-location --no-wrap --sort-output "$state/po/$file" >"$state/po/wanted"
        cmp -s "$state/po/is" "$state/po/wanted" ||
            { echo "tui/po/$file is not what make update-po makes"; stale=1; }
    done
    for language in de fr; do
        state_of=$(LC_ALL=C msgfmt --check --statistics -o /dev/null "tui/po/$language.po" 2>&1) || stale=1
        case $state_of in
        *fuzzy* | *untranslated* | *error*) echo "tui/po/$language.po: $state_of"; stale=1 ;;
        esac
    done
    return $stale
}

# One file, unless it and all that it includes of the house passed before. The analyzer leaves a
# function after as many states as in its own shallow mode: a third of its usual patience, in half the
# time, over all functions.
lint_tidy()
{
    have clang-tidy || return 0
    export PATIENCE='-Xclang -analyzer-config -Xclang max-nodes=75000'
    common=$({ cat .clang-tidy; echo "${TIDY_FLAGS:-} $PATIENCE"; } | sha256sum)
    sources '*.c' | while read -r file; do
        # shellcheck disable=SC2086 # TIDY_FLAGS are several
        headers=$(cc -MM -w ${TIDY_FLAGS:-} -I. "$file" | sed 's/^[^:]*://; s/\\$//')
        # shellcheck disable=SC2086 # a list
        key=$({ echo "$common"; cat $headers; } | sha256sum | cut -c 1-32)
        [ -e "$state/$key" ] || echo "$file $state/$key"
    done >"$state/todo"
    # shellcheck disable=SC2016 # the inner shell expands them
    xargs -r -P "$(nproc)" -L 1 sh -c '
        # shellcheck disable=SC2086 # they are several
        out=$(clang-tidy --quiet "$0" -- ${TIDY_FLAGS:-} $PATIENCE -std=gnu11 -I. 2>/dev/null) &&
            : >"$1" ||
            { printf "%s\n" "$out"; exit 1; }' <"$state/todo"
}

for tool in "$@"; do
    case $tool in
    format) lint_format ;;
    cppcheck) lint_cppcheck ;;
    shellcheck) lint_shellcheck ;;
    mandoc) lint_mandoc ;;
    texts) lint_texts ;;
    tidy) lint_tidy ;;
    *) echo "lint: no such tool: $tool"; false ;;
    esac || { echo "lint: $tool found something"; status=1; }
done
exit $status

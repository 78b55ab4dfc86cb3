#!/bin/sh
# usage: tests/count.sh BUILD-DIRECTORY TEST...
#
# Counts the cases that cmocka reported in the tests' logs, as `make check` left them in a build
# directory. Prints the log of each test that failed, and at the end one line: "PASSED FAILED
# SKIPPED" in figures. A case that began and did not end failed. A test that was not run, that ended
# badly without a failed case or that reports no case at all is one failed case.
set -eu
build=$1
shift
passed=0
failed=0
skipped=0

# cases LOG OUTCOME: the figures of one test.
cases()
{
    awk -v outcome="$2" '
        function name(mark) { $0 = substr($0, index($0, mark) + length(mark)); return $1 }
        index($0, "[ RUN      ] ") { ran[name("[ RUN      ] ")] = 1; next }
        index($0, "[       OK ] ") { ok[name("[       OK ] ")] = 1; next }
        index($0, "[  FAILED  ] ") { bad[name("[  FAILED  ] ")] = 1; next }
        index($0, "[  SKIPPED ] ") { skip[name("[  SKIPPED ] ")] = 1; next }
        END {
            for (c in ran) {
                if (c in bad) failed++
                else if (c in skip) skipped++
                else if (c in ok) passed++
                else failed++
            }
            if (passed + failed + skipped == 0 && outcome == "SKIP") skipped = 1
            else if (failed == 0 && (outcome != "PASS" || passed + skipped == 0)) failed = 1
            print passed + 0, failed + 0, skipped + 0
        }' "$1"
}

# told LOG: its end, without the cases that passed.
told()
{
    awk '
        index($0, "[       OK ] ") { held = ""; next }
        { if (held != "") print held; held = "" }
        index($0, "[ RUN      ] ") { held = $0; next }
        { print }
        END { if (held != "") print held }' "$1" | tail -n 200
}

for test in "$@"; do
    log=$build/${test%.sh}.log
    outcome=ABSENT
    if [ -f "$log" ] && [ -f "${log%.log}.trs" ]; then
        outcome=$(sed -n 's/^:global-test-result: //p' "${log%.log}.trs")
        figures=$(cases "$log" "$outcome")
    else
        figures="0 1 0"
    fi
    # shellcheck disable=SC2086 # three figures
    set -- $figures
    passed=$((passed + $1))
    failed=$((failed + $2))
    skipped=$((skipped + $3))
    if [ "$2" != 0 ]; then
        echo "---- $test: $2 failed ($outcome)"
        if [ -f "$log" ]; then told "$log"; else echo "it was not built or not run"; fi
        echo "----"
    fi
done
echo "$passed $failed $skipped"

#!/bin/sh
# usage: tests/coverage.sh SOURCE-DIRECTORY BUILD-DIRECTORY
#
# After `make check` in a build with --enable-coverage: how much of each source file was run, the
# least covered first, and the sum. Tests are left out.
set -eu
source=$1
build=$2
cd "$build"
find . -name '*.gcda' -exec gcov -n -r -s "$source" '{}' + 2>/dev/null |
    awk '
        /^File / { file = $2; gsub(/\047/, "", file); next }
        /^Lines executed:/ && file != "" && file !~ /^tests\// {
            split($2, part, /[:%]/)
            if (part[2] > best[file] || !(file in best)) { best[file] = part[2]; lines[file] = $NF }
            file = ""
        }
        END {
            for (f in best) {
                printf "%6.1f %% of %5d  %s\n", best[f], lines[f], f | "sort -n"
                all += lines[f]
                run += lines[f] * best[f] / 100
            }
            close("sort -n")
            if (all) printf "%6.1f %% of %5d  in all\n", 100 * run / all, all
            else print "  nothing was run: configure with --enable-coverage, then make check"
        }'

#!/bin/sh
# usage: tests/bench/plot.sh FIGURES PICTURE
#
# Draws the sales a second and the p99 over the number of terminals, from what `make bench` printed:
# lines "sell_rate_N VALUE unit" and "sell_p99_N VALUE unit", N being the terminals.
set -eu
figures=$1
picture=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk '
    /^sell_rate_[0-9]+ / { n = substr($1, 11); rate[n] = $2 }
    /^sell_p99_[0-9]+ / { n = substr($1, 10); p99[n] = $2 }
    END { for (n in rate) if (n in p99) print n, rate[n], p99[n] }' "$figures" |
    sort -n >"$work/points"
[ -s "$work/points" ] || { echo "plot: no sell_rate_N and sell_p99_N in $figures" >&2; exit 1; }

gnuplot <<END
set terminal pngcairo size 900,420 font "sans,11"
set output "$picture"
set logscale x 2
set xlabel "terminals that sell at once"
set ylabel "sales a second"
set y2label "p99 of a sale, ms"
set yrange [0:*]
set y2range [0:*]
set ytics nomirror
set y2tics
set grid
set key bottom right
plot "$work/points" using 1:2 with linespoints lw 2 pt 7 lc rgb "#0072b2" title "rate", \\
     "$work/points" using 1:3 axes x1y2 with linespoints lw 2 pt 5 lc rgb "#e69f00" title "p99"
END

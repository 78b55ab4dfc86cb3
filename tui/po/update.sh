#!/bin/sh
# usage: tui/po/update.sh SOURCE-DIRECTORY [DIRECTORY]
#
# Reads the texts that are marked in the sources into boxoffice.pot and merges it into the languages'
# files, in tui/po or in DIRECTORY. Places are files alone, and no time is written, so that nothing
# changes but what did.
set -eu
cd "$1"
to=${2-tui/po}
find core db tui -name '*.[ch]' | LC_ALL=C sort |
    xgettext --files-from=- --output=- --from-code=UTF-8 --language=C --add-comments=translators: \
        --keyword=_ --keyword=N_ --keyword=ngettext:1,2 --add-location=file --sort-by-file \
        --no-wrap --package-name=boxoffice |
    sed -e '/^"POT-Creation-Date:/d' -e '1,/^$/s/charset=CHARSET/charset=UTF-8/' \
        -e '1,5{/^#/d}' >"$to/boxoffice.pot.new"
mv "$to/boxoffice.pot.new" "$to/boxoffice.pot"
for language in de fr; do
    msgmerge --quiet --no-fuzzy-matching --no-wrap --add-location=file --output-file="$to/$language.po.new" \
        "tui/po/$language.po" "$to/boxoffice.pot"
    mv "$to/$language.po.new" "$to/$language.po"
done

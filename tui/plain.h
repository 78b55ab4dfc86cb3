/*
 * A terminal that cannot place its cursor (TERM=dumb, a shell in an editor, a teletype for speech)
 * is told in lines what changed, as somebody would read it aloud.
 */
#ifndef BOXOFFICE_TUI_PLAIN_H
#define BOXOFFICE_TUI_PLAIN_H

#include <stdbool.h>

#include "tui/canvas.h"

/*
 * The rows of `now` whose text is another than in `then` (of the same size), each on a line of its
 * own, the one with the cursor last, also when the cursor alone came to it. Rows that became blank
 * say nothing. `all`: every row, whatever `then` has. Heap, the caller's; NULL: no memory.
 */
char *plain_lines(const struct canvas *now, const struct canvas *then, bool ascii, bool all);

#endif

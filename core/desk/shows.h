/* The programme as it is read (map.h), and a show's row for whoever needs one. */
#ifndef BOXOFFICE_CORE_DESK_SHOWS_H
#define BOXOFFICE_CORE_DESK_SHOWS_H

#include "core/desk/map.h"

/* How long after its start a show may sell at most (settings.h), so that a read need not look at
 * older ones. */
#define SHOW_SELLS_MOST (4 * WHEN_HOUR)

/*
 * Fills a show's own columns, its waiting parties and its cheapest price; counts are left zero.
 * False when there is no such show or the read failed.
 */
bool shows_row(struct sql *db, show_id show, struct show_row *row);

#endif

#include "core/desk/gather.h"

#include <stdlib.h>

#include "core/base/grow.h"
#include "core/base/words.h"
#include "core/desk/verb.h"

void *gather_rows(struct sql *db, struct sql_statement *rows, size_t head, size_t size,
                  gather_fill *fill, enum rc *rc, struct fault *why)
{
    size_t room = 0, *n = NULL; /* the list begins with how many there are */
    void *list = NULL, *more;

    while ((more = grow_list(list, head, size, n ? *n : 0, &room)) != NULL) {
        n = list = more;
        if (!sql_row(rows))
            break;
        fill(rows, (char *)list + head + (*n)++ * size);
    }
    sql_done(rows);
    if (more == NULL)
        *rc = fault_set(why, RC_NO_MEMORY, _("out of memory"));
    else if (sql_failed(db) != SQL_OK)
        *rc = verb_storage_fault(db, sql_failed(db), why);
    else
        *rc = RC_OK;
    if (*rc == RC_OK)
        return list;
    free(list);
    return NULL;
}

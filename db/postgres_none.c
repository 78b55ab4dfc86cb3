/* Where libpq was not there at build time: a server's name is refused in one line. */
#include "core/base/words.h"
#include "db/engine.h"

static enum sql_rc postgres_none_open(void **connection, const struct sql_options *options,
                                      struct engine_error *why)
{
    (void)options;
    *connection = NULL;
    return engine_fail(why, SQL_ENVIRONMENT, _("this program was built without PostgreSQL"));
}

const struct engine postgres_engine = {.name = "postgres", .open = postgres_none_open};

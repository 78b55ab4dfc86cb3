#include "tui/mesh.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/desk/terminals.h"

enum { AWAIT_MS = 100 };

char *mesh_directory(const struct settings *settings, const char *database, char *buffer,
                     size_t size)
{
    char resolved[PATH_MAX];
    int n;

    if (settings->runtime_dir[0] != '\0')
        n = snprintf(buffer, size, "%s", settings->runtime_dir);
    else if (realpath(database, resolved) != NULL)
        n = snprintf(buffer, size, "%s-run", resolved);
    else
        n = -1;
    if (n < 0 || (size_t)n >= size)
        buffer[0] = '\0';
    return buffer;
}

/* The endpoints of who lives and listens; borrowed from the list. */
static size_t endpoints_of(const struct terminal_list *list, const char **endpoints)
{
    size_t n = 0;

    for (size_t i = 0; i < list->n && n < PEERS_MAX; i++)
        if (list->rows[i].alive && list->rows[i].endpoint[0] != '\0')
            endpoints[n++] = list->rows[i].endpoint;
    return n;
}

size_t mesh_meet(struct channel *channel, struct sql *db)
{
    struct terminal_list *list = NULL;
    const char *endpoints[PEERS_MAX];
    size_t n = 0;

    if (terminals_read(db, sql_now(db), &list, NULL) == RC_OK) {
        n = endpoints_of(list, endpoints);
        channel_peers(channel, endpoints, n);
    }
    free(list);
    return n;
}

static void say_all(const char *const *endpoints, size_t n, const struct told *told)
{
    struct channel_options options = {.runtime_dir = "", .name = "", .listens = false};
    struct channel *channel = NULL;

    if (channel_new(&channel, &options, NULL) != RC_OK)
        return;
    channel_peers(channel, endpoints, n);
    if (channel_await(channel, AWAIT_MS) > 0) {
        for (int32_t i = 0; i < told->n; i++)
            channel_say(channel, &told->hints[i]);
    }
    channel_free(&channel);
}

void mesh_say(const struct settings *settings, struct sql *db, const struct told *told)
{
    struct terminal_list *list = NULL;
    const char *endpoints[PEERS_MAX];

    if (!settings->channel || told->n == 0)
        return;
    if (terminals_read(db, sql_now(db), &list, NULL) == RC_OK) {
        size_t n = endpoints_of(list, endpoints);

        if (n > 0)
            say_all(endpoints, n, told);
    }
    free(list);
}

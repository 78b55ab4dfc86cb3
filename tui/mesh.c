#include "tui/mesh.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { AWAIT_MS = 100 };

/* The setting, or a directory beside the database, as an absolute path; "" when that does not fit:
 * channel_new then falls back to a short one. */
static void find_directory(const struct settings *settings, const char *database, char *buffer,
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
}

const struct channel_options *mesh_options(struct mesh_place *place,
                                           const struct settings *settings, const char *database,
                                           const char *terminal, void *context)
{
    settings_key_file(settings, place->key_file, sizeof place->key_file);
    place->options = (struct channel_options){.context = context,
                                              .runtime_dir = place->directory,
                                              .name = terminal != NULL ? terminal : "",
                                              .listens = terminal != NULL,
                                              .address = settings->channel_address,
                                              .port = (int)settings->channel_port,
                                              .key_file = place->key_file};
    place->directory[0] = '\0';
    if (terminal != NULL)
        find_directory(settings, database, place->directory, sizeof place->directory);
    return &place->options;
}

/* Who lives and can be told: on this host, or over tcp with a key that is admitted. Borrowed from
 * the list. */
static size_t peers_of(const struct terminal_list *list, struct channel_peer *peers)
{
    char host[sizeof list->rows[0].host] = "";
    size_t n = 0;

    if (gethostname(host, sizeof host - 1) != 0)
        host[0] = '\0';
    for (size_t i = 0; i < list->n && n < PEERS_MAX; i++) {
        const struct terminal_row *row = &list->rows[i];
        bool near = strcmp(row->host, host) == 0;

        if (!row->alive || row->endpoint[0] == '\0')
            continue;
        if (endpoint_kind(row->endpoint) == ENDPOINT_IPC ? near : row->admitted_as[0] != '\0')
            peers[n++] = (struct channel_peer){row->endpoint, row->public_key};
    }
    return n;
}

size_t mesh_know(struct channel *channel, const struct terminal_list *list)
{
    struct channel_peer peers[PEERS_MAX];
    const char *keys[ADMITTED_MAX];
    size_t n = peers_of(list, peers);

    for (size_t i = 0; i < list->n_admitted; i++)
        keys[i] = list->admitted[i].public_key;
    channel_admit(channel, keys, list->n_admitted);
    channel_peers(channel, peers, n);
    return n;
}

size_t mesh_meet(struct channel *channel, struct sql *db)
{
    struct terminal_list *list = NULL;
    size_t n = 0;

    if (terminals_read(db, sql_now(db), &list, NULL) == RC_OK)
        n = mesh_know(channel, list);
    free(list);
    return n;
}

void mesh_describe(const struct channel *channel, struct terminal_request *self)
{
    struct channel_counts counts = {0};

    if (channel == NULL)
        return;
    counts = channel_counts(channel);
    self->turned_away = (int64_t)(counts.unknown + counts.broken);
    (void)snprintf(self->endpoint, sizeof self->endpoint, "%s", channel_endpoint(channel));
    if (endpoint_kind(self->endpoint) == ENDPOINT_TCP)
        (void)snprintf(self->public_key, sizeof self->public_key, "%s", channel_key(channel));
}

static void say_all(const struct settings *settings, const struct channel_peer *peers, size_t n,
                    const struct told *told)
{
    struct mesh_place place;
    struct channel *channel = NULL;

    if (channel_new(&channel, mesh_options(&place, settings, "", NULL, NULL), NULL) != RC_OK)
        return;
    channel_peers(channel, peers, n);
    if (channel_await(channel, AWAIT_MS) > 0) {
        for (int32_t i = 0; i < told->n; i++)
            channel_say(channel, &told->hints[i]);
    }
    channel_free(&channel);
}

void mesh_say(const struct settings *settings, struct sql *db, const struct told *told)
{
    struct terminal_list *list = NULL;
    struct channel_peer peers[PEERS_MAX];

    if (!settings->channel || told->n == 0)
        return;
    if (terminals_read(db, sql_now(db), &list, NULL) == RC_OK) {
        size_t n = peers_of(list, peers);

        if (n > 0)
            say_all(settings, peers, n, told);
    }
    free(list);
}

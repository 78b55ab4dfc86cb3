/*
 * Finding the server among the hosts of a database's name (postgres.h). libpq would wait for a host
 * that swallows everything as long as it may wait at all, and would come back for ever to a server
 * that we refuse. So each host is a try of its own: the next begins when those before it failed or
 * took too long, and whichever suits first is taken.
 */
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "db/postgres.h"

enum { HOSTS_MOST = 8, HOSTS_NEXT_MS = 250, HOSTS_NUMBER = 24 };

struct hosts {
    char *host, *address, *port; /* lists parted by commas, NULL where nothing is said */
    size_t n;
    int patience_ms;
    size_t started;
    int64_t started_at; /* the last */
    PGconn *links[HOSTS_MOST];
    PostgresPollingStatusType wants[HOSTS_MOST];
    enum sql_rc rc; /* why there is none */
    struct engine_error why;
};

static size_t hosts_count(const char *list)
{
    size_t n = 1;

    for (const char *comma = list ? strchr(list, ',') : NULL; comma; comma = strchr(comma + 1, ','))
        n++;
    return n;
}

/* The nth of a list, the only one of a list of one, on the heap; NULL when the list is. */
static char *hosts_nth(const char *list, size_t nth)
{
    if (!list)
        return NULL;
    for (const char *comma; nth > 0 && (comma = strchr(list, ',')) != NULL; nth--)
        list = comma + 1;
    return strndup(list, strcspn(list, ","));
}

static void hosts_take_option(struct hosts *h, const PQconninfoOption *option)
{
    const struct {
        const char *keyword;
        char **list;
    } lists[] = {{"host", &h->host}, {"hostaddr", &h->address}, {"port", &h->port}};

    if (!option->val || option->val[0] == '\0')
        return;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(option->keyword, lists[i].keyword) == 0 && !*lists[i].list)
            *lists[i].list = strdup(option->val);
    if (strcmp(option->keyword, "connect_timeout") == 0 && strtol(option->val, NULL, 10) > 0)
        h->patience_ms = (int)strtol(option->val, NULL, 10) * 1000;
}

/* Reads which hosts there are. What libpq takes from its environment it goes through by itself. */
static void hosts_init(struct hosts *h, const struct postgres_connection *c)
{
    PQconninfoOption *options = PQconninfoParse(c->conninfo, NULL);

    *h = (struct hosts){.n = 1, .patience_ms = c->wait_ms, .rc = SQL_AWAY};
    for (PQconninfoOption *option = options; option && option->keyword; option++)
        hosts_take_option(h, option);
    PQconninfoFree(options);
    if (h->host || h->address)
        h->n = hosts_count(h->host ? h->host : h->address);
    if (h->n > HOSTS_MOST)
        h->n = HOSTS_MOST;
}

static void hosts_fini(struct hosts *h)
{
    for (size_t i = 0; i < HOSTS_MOST; i++)
        PQfinish(h->links[i]);
    free(h->host);
    free(h->address);
    free(h->port);
}

/* Notes what keeps a host from being taken: one line for all, and the first that is no absence. */
static void hosts_note(struct hosts *h, enum sql_rc rc, const char *text)
{
    struct engine_error before = h->why;
    const size_t length = strcspn(text, "\n");

    if (h->rc == SQL_AWAY)
        h->rc = rc;
    engine_fail(&h->why, rc, "%s%s%.*s", before.text, before.text[0] != '\0' ? "; " : "",
                (int)length, text);
}

/* Begins a try. The database's name stands behind what is ours by default, and its one host behind
 * that. */
static void hosts_start(struct hosts *h, const struct postgres_connection *c)
{
    const size_t nth = h->started++;
    char *host = hosts_nth(h->host, nth), *address = hosts_nth(h->address, nth);
    char *port = hosts_nth(h->port, nth);
    const char *keywords[] = {"keepalives_idle",
                              "keepalives_interval",
                              "keepalives_count",
                              "tcp_user_timeout",
                              "target_session_attrs",
                              "dbname",
                              "host",
                              "hostaddr",
                              "port",
                              "client_encoding",
                              "fallback_application_name",
                              NULL};
    const char *values[] = {"5",         "2",  "3",     "5000", c->read_only ? "any" : "read-write",
                            c->conninfo, host, address, port,   "UTF8",
                            "boxoffice", NULL};

    h->started_at = postgres_pipe_clock();
    h->links[nth] = PQconnectStartParams(keywords, values, 1);
    h->wants[nth] = PGRES_POLLING_WRITING;
    free(host);
    free(address);
    free(port);
}

static void hosts_drop(struct hosts *h, size_t nth)
{
    PQfinish(h->links[nth]);
    h->links[nth] = NULL;
}

/* A try that ended badly: what libpq says of it. */
static void hosts_failed(struct hosts *h, size_t nth)
{
    PGconn *link = h->links[nth];
    const bool password = link && PQconnectionNeedsPassword(link);

    if (password)
        hosts_note(h, SQL_ENVIRONMENT, _("the server wants a password"));
    else
        hosts_note(h, SQL_AWAY, link ? PQerrorMessage(link) : _("out of memory"));
    hosts_drop(h, nth);
}

/* Takes a step of a try; true when it suits and is the connection's now. */
static bool hosts_step(struct hosts *h, size_t nth, struct postgres_connection *c,
                       postgres_take *take)
{
    struct engine_error why;
    enum sql_rc rc;

    h->wants[nth] = PQconnectPoll(h->links[nth]);
    if (h->wants[nth] == PGRES_POLLING_FAILED)
        hosts_failed(h, nth);
    if (!h->links[nth] || h->wants[nth] != PGRES_POLLING_OK)
        return false;
    rc = take(c, h->links[nth], &why); /* which has it now, whatever it says */
    h->links[nth] = NULL;
    if (rc != SQL_OK)
        hosts_note(h, rc, why.text);
    return rc == SQL_OK;
}

/* Which tries are under way; returns how many. */
static nfds_t hosts_under_way(struct hosts *h, struct pollfd fds[static HOSTS_MOST],
                              size_t which[static HOSTS_MOST])
{
    nfds_t n = 0;

    for (size_t i = 0; i < h->started; i++) {
        if (h->links[i] && PQstatus(h->links[i]) == CONNECTION_BAD)
            hosts_failed(h, i);
        if (!h->links[i])
            continue;
        which[n] = i;
        fds[n++] =
            (struct pollfd){.fd = PQsocket(h->links[i]),
                            .events = h->wants[i] == PGRES_POLLING_READING ? POLLIN : POLLOUT};
    }
    return n;
}

/* Waits for a try under way, at most until the next is to begin; true when one suits. */
static bool hosts_turn(struct hosts *h, int64_t deadline, struct postgres_connection *c,
                       postgres_take *take)
{
    struct pollfd fds[HOSTS_MOST];
    size_t which[HOSTS_MOST];
    const nfds_t n = hosts_under_way(h, fds, which);
    const int64_t now = postgres_pipe_clock();
    int64_t until = deadline;

    if (n == 0)
        until = now;
    else if (h->started < h->n && h->started_at + HOSTS_NEXT_MS < until)
        until = h->started_at + HOSTS_NEXT_MS;
    if (poll(fds, n, until > now ? (int)(until - now) : 0) > 0)
        for (nfds_t i = 0; i < n; i++)
            if (fds[i].revents != 0 && hosts_step(h, which[i], c, take))
                return true;
    if (h->started < h->n && postgres_pipe_clock() >= until)
        hosts_start(h, c);
    return false;
}

static bool hosts_left(const struct hosts *h)
{
    for (size_t i = 0; i < h->started; i++)
        if (h->links[i])
            return true;
    return h->started < h->n;
}

enum sql_rc postgres_hosts_find(struct postgres_connection *c, postgres_take *take,
                                struct engine_error *why)
{
    struct hosts h;
    int64_t deadline;
    bool found = false;

    hosts_init(&h, c);
    deadline = postgres_pipe_clock() + h.patience_ms;
    hosts_start(&h, c);
    while (!found && hosts_left(&h)) {
        if (postgres_pipe_clock() >= deadline) {
            hosts_note(&h, SQL_AWAY, _("the server gave no answer in time"));
            break;
        }
        found = hosts_turn(&h, deadline, c, take);
    }
    hosts_fini(&h);
    return found ? SQL_OK : engine_fail(why, h.rc, "%s", h.why.text);
}

#include "tests/kit/pair.h"

#include <errno.h>
#include <pwd.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/kit/kin.h"

enum { RUN_MS = 60000, READY_MS = 30000, WORDS_MOST = 24 };

static const char names[2] = "ab";

bool pair_possible(void)
{
    const char *psql = getenv("BOXOFFICE_TEST_PSQL");

    return psql != NULL && psql[0] != '\0';
}

/* Writes a formatted text that must fit. */
__attribute__((format(printf, 2, 3))) static void put(char out[static KIT_PATH], const char *format,
                                                      ...)
{
    va_list arguments;
    int n;

    va_start(arguments, format);
    n = vsnprintf(out, KIT_PATH, format, arguments);
    va_end(arguments);
    assert_in_range(n, 1, KIT_PATH - 1);
}

/* Where a server's program lies: beside psql. */
static char *program(char path[static KIT_PATH], const char *name)
{
    const char *psql = getenv("BOXOFFICE_TEST_PSQL");

    put(path, "%.*s/%s", (int)(strrchr(psql, '/') - psql), psql, name);
    return path;
}

/* Fills the words that run a program of the server, which refuses root. Returns how many. */
static size_t as_owner(const char *words[static WORDS_MOST], const char *argv[])
{
    const bool root = geteuid() == 0;
    size_t n = 0;

    if (root) {
        words[n++] = "setpriv";
        words[n++] = getpwnam("postgres") ? "--reuid=postgres" : "--reuid=nobody";
        words[n++] = "--clear-groups";
        words[n++] = "--";
    }
    while (*argv && n + 1 < WORDS_MOST)
        words[n++] = *argv++;
    words[n] = NULL;
    return n;
}

static void run(const struct pair *pair, const char *argv[])
{
    const char *words[WORDS_MOST];
    struct kit_run done;

    as_owner(words, argv);
    done = kit_run(pair->dir, words, RUN_MS);
    if (done.status != 0)
        fail_msg("%s: exit %d: %s%s", argv[0], done.status, done.out, done.err);
    kit_run_fini(&done);
}

static char *data(const struct pair *pair, int which, char path[static KIT_PATH])
{
    put(path, "%s/%c/data", pair->dir, names[which]);
    return path;
}

void pair_only(const struct pair *pair, int which, char conninfo[static KIT_PATH])
{
    put(conninfo, "host=%s/%c user=boxoffice dbname=box", pair->dir, names[which]);
}

bool pair_tell(const struct pair *pair, int which, const char *statement)
{
    char conninfo[KIT_PATH];
    const char *argv[] = {
        getenv("BOXOFFICE_TEST_PSQL"), "-qAtX", "-d", conninfo, "-c", statement, NULL};
    struct kit_run done;
    bool well;

    put(conninfo, "host=%s/%c user=boxoffice dbname=postgres", pair->dir, names[which]);
    done = kit_run(pair->dir, argv, RUN_MS);
    well = done.status == 0;
    kit_run_fini(&done);
    return well;
}

struct asked {
    const struct pair *pair;
    int which;
    const char *statement;
};

static bool told(void *context)
{
    const struct asked *asked = context;

    return pair_tell(asked->pair, asked->which, asked->statement);
}

static void until_told(const struct pair *pair, int which, const char *statement)
{
    struct asked asked = {pair, which, statement};

    if (!kit_wait_until(told, &asked, READY_MS))
        fail_msg("server %c: not so: %s", names[which], statement);
}

void pair_start(struct pair *pair, int which)
{
    char postgres[KIT_PATH], files[KIT_PATH], log[KIT_PATH], socket_dir[KIT_PATH];
    const char *argv[] = {
        program(postgres, "postgres"), "-D", data(pair, which, files), "-k", socket_dir, NULL};
    const char *words[WORDS_MOST];

    put(socket_dir, "%s/%c", pair->dir, names[which]);
    put(log, "%s/%c.log", pair->dir, names[which]);
    as_owner(words, argv);
    pair->pids[which] = kit_spawn(words, log, log);
    until_told(pair, which, "SELECT 1");
}

/* A synchronous standby is one only when it is streaming. */
static void make_synchronous(const struct pair *pair)
{
    assert_true(pair_tell(pair, pair->primary, "ALTER SYSTEM SET synchronous_standby_names = '*'"));
    assert_true(pair_tell(pair, pair->primary, "SELECT pg_reload_conf()"));
    until_told(pair, pair->primary,
               "SELECT 1 / count(*) FROM pg_stat_replication"
               " WHERE state = 'streaming' AND sync_state = 'sync'");
}

/* The directory of one of them, which is its owner's. */
static void make_directory(const struct pair *pair, int which)
{
    const struct passwd *owner = getpwnam("postgres");
    char path[KIT_PATH];

    put(path, "%s/%c", pair->dir, names[which]);
    assert_int_equal(mkdir(path, 0755), 0);
    if (geteuid() == 0) {
        if (!owner)
            owner = getpwnam("nobody");
        assert_non_null(owner);
        assert_int_equal(chown(path, owner->pw_uid, owner->pw_gid), 0);
    }
}

static void make_primary(struct pair *pair)
{
    static const char settings[] =
        "listen_addresses = ''\nwal_keep_size = 256MB\nmax_wal_size = 256MB\nmax_connections = 100"
        "\nfsync = off\ntimezone = UTC\nwal_retrieve_retry_interval = 200ms\n";
    char initdb[KIT_PATH], files[KIT_PATH], file[KIT_PATH];
    const char *argv[] = {program(initdb, "initdb"),
                          "-D",
                          data(pair, 0, files),
                          "-U",
                          "boxoffice",
                          "-A",
                          "trust",
                          "-E",
                          "UTF8",
                          "--locale=C.UTF-8",
                          "--no-sync",
                          "-k",
                          NULL};
    FILE *out;

    run(pair, argv);
    put(file, "%s/postgresql.conf", files);
    out = fopen(file, "a");
    assert_non_null(out);
    assert_true(fputs(settings, out) >= 0);
    assert_int_equal(fclose(out), 0);
    pair_start(pair, 0);
}

/* The source of a copy, for pg_basebackup and pg_rewind. */
static void name_source(const struct pair *pair, char source[static KIT_PATH])
{
    put(source,
        "host=%s/%c user=boxoffice dbname=postgres "
        "application_name=standby",
        pair->dir, names[pair->primary]);
}

void pair_init(struct pair *pair)
{
    char program_path[KIT_PATH], files[KIT_PATH], source[KIT_PATH], createdb[KIT_PATH];
    char host[KIT_PATH];
    const char *copy[] = {program(program_path, "pg_basebackup"),
                          "-D",
                          data(pair, 1, files),
                          "-R",
                          "-X",
                          "stream",
                          "-c",
                          "fast",
                          "-N",
                          "-d",
                          source,
                          NULL};
    const char *create[] = {
        program(createdb, "createdb"), "-h", host, "-U", "boxoffice", "box", NULL};

    *pair = (struct pair){0};
    kit_tempdir(pair->dir);
    assert_int_equal(chmod(pair->dir, 0755), 0);
    (void)data(pair, 1, files);
    put(host, "%s/a", pair->dir);
    put(pair->conninfo, "host=%s/a,%s/b user=boxoffice dbname=box", pair->dir, pair->dir);
    make_directory(pair, 0);
    make_directory(pair, 1);
    make_primary(pair);
    run(pair, create);
    name_source(pair, source);
    run(pair, copy);
    pair_start(pair, 1);
    make_synchronous(pair);
}

static void kill_all(struct pair *pair, int which)
{
    const pid_t server = pair->pids[which];

    if (server == 0)
        return;
    (void)kill(server, SIGSTOP); /* so that it makes no more of them */
    kin_signal(server, SIGKILL);
    (void)kill(server, SIGKILL);
    (void)kit_reap(server, RUN_MS);
    pair->pids[which] = 0;
}

void pair_kill(struct pair *pair)
{
    kill_all(pair, pair->primary);
}

void pair_freeze(struct pair *pair, bool freeze)
{
    const pid_t server = pair->pids[pair->primary];

    (void)kill(server, freeze ? SIGSTOP : SIGCONT);
    kin_signal(server, freeze ? SIGSTOP : SIGCONT);
}

void pair_promote(struct pair *pair)
{
    const int next = 1 - pair->primary;
    char pg_ctl[KIT_PATH], files[KIT_PATH];
    const char *argv[] = {
        program(pg_ctl, "pg_ctl"), "-D", data(pair, next, files), "-w", "promote", NULL};

    assert_true(pair_tell(pair, next, "ALTER SYSTEM SET synchronous_standby_names = ''"));
    assert_true(pair_tell(pair, next, "SELECT pg_reload_conf()"));
    run(pair, argv);
    pair->primary = next;
}

void pair_rejoin(struct pair *pair)
{
    const int back = 1 - pair->primary;
    char rewind[KIT_PATH], files[KIT_PATH], source[KIT_PATH];
    const char *argv[] = {program(rewind, "pg_rewind"),
                          "-D",
                          data(pair, back, files),
                          "-R",
                          "-N",
                          "--source-server",
                          source,
                          NULL};

    kill_all(pair, back);
    assert_true(pair_tell(pair, pair->primary, "CHECKPOINT"));
    name_source(pair, source);
    run(pair, argv);
    pair_start(pair, back);
    make_synchronous(pair);
}

void pair_fini(struct pair *pair)
{
    for (int which = 0; which < 2; which++)
        kill_all(pair, which);
    kit_remove_tree(pair->dir);
}

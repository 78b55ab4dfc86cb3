#include "tests/kit/server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <fcntl.h>

#include <cmocka.h>

#include "db/migrate.h"

enum { TELL_MS = 30000 };

static const char pattern[] = "box_template";

bool server_there(void)
{
    const char *dir = getenv("BOXOFFICE_TEST_SERVER");

    return dir != NULL && dir[0] != '\0';
}

bool server_tell(const char *dir, const char *database, const char *statement)
{
    const char *argv[] = {getenv("BOXOFFICE_TEST_PSQL"),
                          "-qAtX",
                          "-h",
                          getenv("BOXOFFICE_TEST_SERVER"),
                          "-U",
                          "boxoffice",
                          "-d",
                          database,
                          "-c",
                          statement,
                          NULL};
    struct kit_run run = kit_run(dir, argv, TELL_MS);
    const bool done = run.status == 0;

    if (!done)
        (void)fprintf(stderr, "%s: %s", statement, run.err);
    kit_run_fini(&run);
    return done;
}

static void name_it(char conninfo[static KIT_PATH], const char *database)
{
    assert_in_range(snprintf(conninfo, KIT_PATH, "host=%s user=boxoffice dbname=%s",
                             getenv("BOXOFFICE_TEST_SERVER"), database),
                    1, KIT_PATH - 1);
}

static void create(const char *dir, const char *database, const char *from)
{
    char statement[2 * KIT_PATH];

    (void)snprintf(statement, sizeof statement, "CREATE DATABASE %s TEMPLATE %s", database, from);
    assert_true(server_tell(dir, "postgres", statement));
}

static void make_pattern(const char *dir)
{
    char conninfo[KIT_PATH];
    struct sql *db = NULL;
    size_t n = 0;
    const struct migration *steps = migrations_builtin("postgres", &n);
    const struct sql_options options = {.name = conninfo, .create = true};

    name_it(conninfo, pattern);
    create(dir, pattern, "template0");
    if (sql_open(&db, &options) != SQL_OK || migrate_up(db, steps, n, NULL) != SQL_OK)
        fail_msg("%s", sql_error(db));
    sql_close(&db);
}

/* Test programs run side by side: the first of them makes the pattern, the others wait. */
static void want_pattern(const char *dir)
{
    char path[KIT_PATH];
    char made = 0;
    int fd = open(kit_path(path, getenv("BOXOFFICE_TEST_SERVER"), "pattern"),
                  O_RDWR | O_CREAT | O_CLOEXEC, 0666);

    assert_true(fd >= 0);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    if (read(fd, &made, 1) != 1) {
        make_pattern(dir);
        assert_int_equal(write(fd, "1", 1), 1);
    }
    (void)close(fd);
}

static void new_database(char conninfo[static KIT_PATH], const char *dir, const char *from)
{
    static int nth;
    char database[KIT_PATH];

    (void)snprintf(database, sizeof database, "box_%ld_%d", (long)getpid(), ++nth);
    create(dir, database, from);
    name_it(conninfo, database);
}

void server_database(char conninfo[static KIT_PATH], const char *dir)
{
    want_pattern(dir);
    new_database(conninfo, dir, pattern);
}

void server_database_empty(char conninfo[static KIT_PATH], const char *dir)
{
    new_database(conninfo, dir, "template0");
}

void server_drop(const char *conninfo, const char *dir)
{
    char statement[2 * KIT_PATH];
    const char *database = strstr(conninfo, "dbname=");

    assert_non_null(database);
    (void)snprintf(statement, sizeof statement, "DROP DATABASE %s WITH (FORCE)", database + 7);
    assert_true(server_tell(dir, "postgres", statement));
}

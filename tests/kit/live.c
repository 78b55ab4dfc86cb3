#include "tests/kit/live.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct live live; /* the tests of a file share it */

int live_setup(void **state)
{
    (void)state;
    stage_init(&live.stage);
    return 0;
}

int live_teardown(void **state)
{
    (void)state;
    stage_fini(&live.stage);
    return 0;
}

int live_release(void **state)
{
    (void)state;
    if (live.one.vterm)
        pty_fini(&live.one);
    if (live.two.vterm)
        pty_fini(&live.two);
    return 0;
}

void live_open(struct pty *pty, const char *terminal)
{
    stage_open(&live.stage, pty, terminal, NULL, NULL);
    pty_wait_text(pty, "Ran ");
    pty_wait_text(pty, "BASKET");
}

int64_t live_held(const char *terminal)
{
    return sql_one_number(live.stage.db, -1,
                          "SELECT count(*) FROM claims WHERE state = 'held' AND terminal = $1",
                          SQL_VALUES(sql_t(terminal)));
}

struct held {
    const char *terminal;
    int64_t n;
};

static bool holds(struct pty *pty, void *context)
{
    const struct held *held = context;

    pty_read(pty, 5);
    return live_held(held->terminal) == held->n;
}

void live_want_held(struct pty *pty, const char *terminal, int64_t n)
{
    struct held held = {terminal, n};

    pty_wait(pty, holds, &held, "seats held, so many as were asked for");
}

void live_configure(const char *text)
{
    char path[KIT_PATH];

    kit_path(path, live.stage.dir, "boxoffice");
    if (mkdir(path, 0755) < 0 && errno != EEXIST)
        fail_msg("%s: %s", path, strerror(errno));
    kit_path(path, live.stage.dir, "boxoffice/boxoffice.conf");
    if (*text)
        kit_write_file(path, text, strlen(text));
    else if (unlink(path) < 0)
        fail_msg("%s: %s", path, strerror(errno));
}

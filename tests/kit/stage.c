#include "tests/kit/stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#include "core/base/when.h"
#include "tui/office.h"

/* A zone in which it is that minute of the day now; POSIX signs zones the other way round. */
static char *zone_at(int minute, char *out, size_t size)
{
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    int ahead = minute - (utc.tm_hour * 60 + utc.tm_min);
    (void)snprintf(out, size, "HERE%s%d:%02d", ahead > 0 ? "-" : "+", abs(ahead) / 60,
                   abs(ahead) % 60);
    return out;
}

/* `minute` below 0: about noon. */
static void make(struct stage *stage, bool demo, int minute, const char *conninfo)
{
    struct fault why = {0};
    char zone[24];

    memset(stage, 0, sizeof *stage);
    kit_tempdir(stage->dir);
    if (conninfo)
        snprintf(stage->path, sizeof stage->path, "%s", conninfo);
    else
        kit_path(stage->path, stage->dir, "box.db");
    snprintf(stage->zone, sizeof stage->zone, "TZ=%s",
             minute < 0 ? kit_noon_zone(zone) : zone_at(minute, zone, sizeof zone));
    snprintf(stage->home, sizeof stage->home, "XDG_CONFIG_HOME=%s", stage->dir);
    snprintf(stage->data, sizeof stage->data, "XDG_DATA_HOME=%s", stage->dir);
    settings_init(&stage->settings);
    (void)setenv("TZ", stage->zone + 3, 1); /* which need be no zone that has a name */
    if (when_zone_set("", &why) != RC_OK ||
        office_make(&stage->settings, stage->path, demo, "stage", &why) != RC_OK ||
        office_open(&stage->db, &stage->settings, stage->path, NULL, &why) != RC_OK)
        fail_msg("%s", why.text);
}

void stage_init(struct stage *stage)
{
    make(stage, true, -1, NULL);
}

void stage_init_at(struct stage *stage, int minute)
{
    make(stage, true, minute, NULL);
}

void stage_init_empty(struct stage *stage)
{
    make(stage, false, -1, NULL);
}

void stage_init_server(struct stage *stage, const char *conninfo)
{
    make(stage, false, -1, conninfo);
}

void stage_fini(struct stage *stage)
{
    sql_close(&stage->db);
    kit_remove_tree(stage->dir);
}

/* Has the program ended? It is not reaped: that is the test's. */
static bool ended(const struct pty *pty)
{
    siginfo_t info = {.si_pid = 0};

    return pty->pid == 0 ||
           (waitid(P_PID, (id_t)pty->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
            info.si_pid == pty->pid);
}

/* It asks for a sign-in, is too small for that, or has ended. */
static bool asks(struct pty *pty, void *context)
{
    (void)context;
    return pty_find(pty, "Enter sign in") >= 0 || pty_find(pty, "enlarge") >= 0 || ended(pty);
}

static bool in(struct pty *pty, void *context)
{
    (void)context;
    return pty_find(pty, "Enter sign in") < 0 || ended(pty);
}

void stage_sign_in(struct pty *pty)
{
    pty_wait(pty, asks, NULL, "sign-in");
    if (ended(pty))
        return;
    pty_type(pty, "\r");
    pty_wait(pty, in, NULL, "signed in");
}

void stage_open(struct stage *stage, struct pty *pty, const char *terminal,
                const struct pty_options *options, const char *const *extra)
{
    struct pty_options all = options ? *options : (struct pty_options){0};
    const char *program = getenv("BOXOFFICE");
    const char *env[PTY_ENV_MAX] = {stage->zone, stage->home, stage->data};
    const char *argv[] = {program ? program : TOP_BUILDDIR "/boxoffice",
                          "-d",
                          stage->path,
                          "-t",
                          terminal,
                          NULL,
                          NULL};
    size_t n = 3;

    if (stage->training)
        argv[5] = "--training";
    for (size_t i = 0; extra && extra[i] && n + 1 < PTY_ENV_MAX; i++)
        env[n++] = extra[i];
    all.env = env;
    all.argv = argv;
    pty_init(pty, &all);
    if (!stage->locked && stage_number(stage, "SELECT count(*) FROM staff") > 0)
        stage_sign_in(pty);
}

static bool drew(struct pty *pty, void *context)
{
    (void)context;
    return pty->bytes > 0;
}

void stage_choose(struct pty *pty, const char *item)
{
    char chosen[64];

    (void)snprintf(chosen, sizeof chosen, "> %s", item);
    pty_type(pty, "m");
    pty_wait_text(pty, "MENU");
    while (pty_find(pty, chosen) < 0) {
        pty->bytes = 0;
        pty_type(pty, "j");
        pty_wait(pty, drew, NULL, chosen); /* at the end of the menu nothing is drawn any more */
    }
    pty_type(pty, "\r");
}

/* The row in which the item stands in a list, chosen or not; -1: none. */
static int row_of(struct pty *pty, const char *item)
{
    for (int row = 0; row < pty->rows; row++) {
        const char *line = pty_row(pty, row), *at = strstr(line, item);

        if (at && at - line >= 2 && at[-1] == ' ' && (at[-2] == ' ' || at[-2] == '>'))
            return row;
    }
    return -1;
}

static bool listed(struct pty *pty, void *context)
{
    return row_of(pty, context) >= 0;
}

void stage_choose_here(struct pty *pty, const char *item)
{
    char chosen[80];
    int here, there;

    pty_wait(pty, listed, (void *)item, item);
    while ((here = pty_cursor(pty).row) != (there = row_of(pty, item))) {
        pty->bytes = 0;
        pty_type(pty, here < there ? "j" : "k");
        pty_wait(pty, drew, NULL, item); /* it need not have moved: the list may begin anew */
    }
    (void)snprintf(chosen, sizeof chosen, "> %s", item);
    pty_wait_text(pty, chosen);
    pty_type(pty, "\r");
}

int64_t stage_number(struct stage *stage, const char *query)
{
    return sql_one_number(stage->db, -1, query, NULL, 0);
}

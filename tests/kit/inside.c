#include "tests/kit/inside.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tui/mono.h"
#include "tui/office.h"
#include "tui/screen/registry.h"

enum { LIMIT_MS = 5000 };

void inside_open(struct inside *inside, struct stage *stage, const char *terminal)
{
    struct sql_options database = office_options(&stage->settings, stage->path);
    struct worker_options worker = {
        .database = &database, .terminal = terminal, .settings = &stage->settings};
    struct app *app = &inside->app;
    struct fault why = {0};

    memset(inside, 0, sizeof *inside);
    app->settings = &stage->settings;
    app->terminal = terminal;
    memcpy(app->currency, "EUR", sizeof "EUR");
    app->rows = 24;
    app->columns = 80;
    if (framework_init(app, registry_screens, &why) != RC_OK ||
        worker_new(&app->framework->worker, &worker, &why) != RC_OK)
        fail_msg("%s", why.text);
    assert_true(canvas_resize(&inside->canvas, app->rows, app->columns));
    framework_begin(app);
}

void inside_fini(struct inside *inside)
{
    if (!inside->app.framework)
        return;
    assert_true(worker_free(&inside->app.framework->worker, LIMIT_MS));
    framework_fini(&inside->app);
    canvas_fini(&inside->canvas);
}

void inside_type(struct inside *inside, const char *keys)
{
    for (; *keys; keys++) {
        struct key key = {.press = *keys == '\r'     ? PRESS_ENTER
                                   : *keys == '\033' ? PRESS_ESC
                                                     : PRESS_TEXT};
        if (key.press == PRESS_TEXT)
            key.text[0] = *keys;
        framework_key(&inside->app, &key);
    }
}

void inside_turn(struct inside *inside, int limit_ms)
{
    struct framework *fw = inside->app.framework;
    struct pollfd answers = {.fd = worker_fd(fw->worker), .events = POLLIN};
    struct job *job;

    framework_time(&inside->app);
    framework_flush(&inside->app);
    if (poll(&answers, 1, limit_ms) > 0)
        while ((job = worker_take(fw->worker)))
            framework_answer(&inside->app, job);
    framework_draw(&inside->app, &inside->canvas);
}

const char *inside_row(struct inside *inside, int row)
{
    const struct cell *cells = inside->canvas.cells + row * inside->canvas.columns;
    size_t used = 0, end = 0;

    for (int column = 0; column < inside->canvas.columns; column++) {
        size_t size = strlen(cells[column].text);
        if (used + size >= sizeof inside->text)
            break;
        memcpy(inside->text + used, cells[column].text, size);
        used += size;
        if (size > 0 && strcmp(cells[column].text, " ") != 0)
            end = used;
    }
    inside->text[end] = '\0';
    return inside->text;
}

static bool shows(struct inside *inside, const char *text)
{
    for (int row = 0; row < inside->canvas.rows; row++)
        if (strstr(inside_row(inside, row), text))
            return true;
    return false;
}

static void wait_for(struct inside *inside, const char *text, bool wanted)
{
    int64_t until = mono_ms() + LIMIT_MS;

    do
        inside_turn(inside, 10);
    while (shows(inside, text) != wanted && mono_ms() < until);
    if (shows(inside, text) == wanted)
        return;
    for (int row = 0; row < inside->canvas.rows; row++)
        (void)fprintf(stderr, "|%s\n", inside_row(inside, row));
    fail_msg("%s: %s", wanted ? "never came" : "never went", text);
}

void inside_wait_text(struct inside *inside, const char *text)
{
    wait_for(inside, text, true);
}

void inside_wait_gone(struct inside *inside, const char *text)
{
    wait_for(inside, text, false);
}

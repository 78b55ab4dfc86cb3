#include "tui/loop.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include <zmq.h>

#include "core/base/words.h"
#include "core/desk/house.h"
#include "tui/framework.h"
#include "tui/mesh.h"
#include "tui/mono.h"
#include "tui/tty.h"

enum {
    LEAVE_MS = 200,   /* an ordinary end */
    FINISH_MS = 6000, /* an end while the user's verb works: it waits at most 5 s for its turn */
    JOBS_A_ROUND = 64,
    HINTS_A_ROUND = 256
};

/* What the loop polls, besides the channel's sockets. */
enum { ITEM_TTY, ITEM_SIGNALS, ITEM_WORKER, ITEM_CHANNEL };

struct loop {
    struct app app;
    struct settings settings; /* of a terminal that only takes lines */
    struct tty *tty;
    struct canvas canvas;
    void *context; /* of ZeroMQ; NULL without a channel */
    int signals;
    bool hung_up;
};

static const int taken[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT};

static sigset_t taken_set(void)
{
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        sigaddset(&set, taken[i]);
    return set;
}

void loop_block_signals(void)
{
    sigset_t set = taken_set();

    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

/* Opens the channel; where it can't listen the terminal tells others, but hears of them at timer
 * speed, and says so. */
static void open_channel(struct loop *loop, const char *database)
{
    struct app *app = &loop->app;
    struct channel **channel = &app->framework->channel;
    struct mesh_place place;
    struct fault why;

    if (!app->settings->channel)
        return;
    app->framework->deaf = true;
    if (!(loop->context = zmq_ctx_new()))
        return;
    if (channel_new(channel,
                    mesh_options(&place, app->settings, database, app->terminal, loop->context),
                    &why) == RC_OK) {
        app->framework->deaf = false;
        return;
    }
    app_say(app, TONE_WARN, _("no channel, others are seen every 2 s: %s"), why.text);
    (void)channel_new(channel, mesh_options(&place, app->settings, database, NULL, loop->context),
                      NULL);
}

/* What is said in lines is to be little: no map, and nothing that changes by itself. */
static void take_lines(struct loop *loop)
{
    loop->settings = *loop->app.settings;
    loop->settings.calm = true;
    (void)snprintf(loop->settings.hall_view, sizeof loop->settings.hall_view, "runs");
    loop->app.settings = &loop->settings;
}

static enum rc start(struct loop *loop, const struct loop_options *options, struct fault *why)
{
    struct app *app = &loop->app;
    sigset_t set = taken_set();
    struct worker_options worker = {.database = options->database,
                                    .terminal = options->terminal,
                                    .settings = options->settings};

    app->settings = options->settings;
    app->terminal = options->terminal;
    app->operator_number = (int32_t)options->settings->operator_number;
    app->staffed = options->staffed;
    app->pepper_file = options->pepper_file;
    app->demo = options->demo;
    app->training = options->training;
    memcpy(app->currency, options->currency, sizeof app->currency);
    loop->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (loop->signals < 0)
        return fault_set(why, RC_ENVIRONMENT, _("no more file descriptors: %s"), strerror(errno));
    enum rc rc = framework_init(app, options->screens, why);
    if (rc == RC_OK)
        rc = printing_start(app, why);
    if (rc == RC_OK)
        rc = worker_new(&app->framework->worker, &worker, why);
    if (rc == RC_OK)
        rc = tty_new(&loop->tty, options->settings, why);
    if (rc != RC_OK)
        return rc;
    if (!tty_addressed(loop->tty))
        take_lines(loop);
    if (strcmp(app->settings->scan_prefix, "none") != 0)
        app->framework->scan.prefix = app->settings->scan_prefix[0];
    tty_size(loop->tty, &app->rows, &app->columns);
    if (!canvas_resize(&loop->canvas, app->rows, app->columns))
        return fault_set(why, RC_NO_MEMORY, _("no memory for the screen"));
    app->framework->venue_known = !options->unasked;
    framework_begin(app);
    if (options->notice)
        app_say(app, TONE_PLAIN, "%s", options->notice);
    framework_flush(app);
    away_ask_venue(app);
    open_channel(loop, options->database->name);
    duty_start(app);
    return RC_OK;
}

static void resize(struct loop *loop)
{
    struct app *app = &loop->app;
    int rows, columns;

    tty_size(loop->tty, &rows, &columns);
    if (!canvas_resize(&loop->canvas, rows, columns))
        return;
    app->rows = rows;
    app->columns = columns;
    app_redraw(app);
}

static void signals(struct loop *loop)
{
    struct signalfd_siginfo info;

    while (read(loop->signals, &info, sizeof info) == sizeof info) {
        switch (info.ssi_signo) {
        case SIGWINCH:
            resize(loop);
            break;
        case SIGTSTP:
            loop->app.framework->suspend = true;
            break;
        case SIGCONT:
            loop->app.framework->forget = true;
            app_redraw(&loop->app);
            break;
        case SIGHUP:
            loop->hung_up = true;
            app_quit(&loop->app);
            break;
        default:
            app_quit(&loop->app);
        }
    }
}

static void keys(struct loop *loop, bool readable)
{
    struct key key;

    if (readable && !tty_read(loop->tty)) {
        loop->hung_up = true;
        app_quit(&loop->app);
        return;
    }
    tty_time(loop->tty);
    while (!loop->app.framework->quit && tty_key(loop->tty, &key))
        framework_key(&loop->app, &key);
}

static void answers(struct loop *loop)
{
    struct job *job;

    for (int i = 0; i < JOBS_A_ROUND; i++) {
        if (!(job = worker_take(loop->app.framework->worker)))
            return;
        framework_answer(&loop->app, job);
    }
}

static void hints(struct loop *loop)
{
    struct heard heard;

    /* A flood must not keep the keys waiting: the rest is heard in the next round. */
    for (int i = 0; i < HINTS_A_ROUND; i++) {
        if (!channel_hear(loop->app.framework->channel, &heard))
            return;
        framework_hear(&loop->app, &heard.hint);
    }
}

static void show(struct loop *loop)
{
    struct framework *fw = loop->app.framework;

    if (fw->bell)
        tty_bell(loop->tty);
    if (fw->forget)
        tty_forget(loop->tty);
    fw->bell = fw->forget = false;
    if (!fw->redraw)
        return;
    fw->redraw = false;
    framework_draw(&loop->app, &loop->canvas);
    tty_show(loop->tty, &loop->canvas);
}

static int loads(struct worker *worker)
{
    int load = 0;

    for (int lane = 0; lane < LANE_COUNT; lane++)
        load += worker_load(worker, (enum lane)lane);
    return load;
}

/* To the shell, once no job is under way: a stopped process must hold no turn and no transaction.
 */
static void suspend(struct loop *loop)
{
    struct framework *fw = loop->app.framework;

    if (!fw->suspend || loads(fw->worker) > 0)
        return;
    fw->suspend = false;
    tty_suspend(loop->tty);
    raise(SIGSTOP);
    tty_resume(loop->tty);
    resize(loop);
    framework_hear(&loop->app, &(struct hint){.kind = HINT_PROGRAMME});
}

/* Milliseconds until the next timer, for the poll. */
static long timeout(const struct loop *loop)
{
    int64_t next = tty_deadline(loop->tty), now = mono_ms();

    if (!loop->app.framework->suspend && framework_deadline(&loop->app) < next)
        next = framework_deadline(&loop->app);
    if (next <= now)
        return 0;
    return next - now > 1000 ? 1000 : (long)(next - now);
}

/* Waits and takes what came. The only place that waits. */
static void turn(struct loop *loop)
{
    struct framework *fw = loop->app.framework;
    zmq_pollitem_t items[ITEM_CHANNEL + CHANNEL_SOCKETS] = {
        [ITEM_TTY] = {.fd = tty_fd(loop->tty), .events = ZMQ_POLLIN},
        [ITEM_SIGNALS] = {.fd = loop->signals, .events = ZMQ_POLLIN},
        [ITEM_WORKER] = {.fd = worker_fd(fw->worker), .events = ZMQ_POLLIN},
    };
    void *sockets[CHANNEL_SOCKETS];
    size_t n = fw->channel ? channel_sockets(fw->channel, sockets, CHANNEL_SOCKETS) : 0;

    for (size_t i = 0; i < n; i++)
        items[ITEM_CHANNEL + i] = (zmq_pollitem_t){.socket = sockets[i], .events = ZMQ_POLLIN};
    if (zmq_poll(items, (int)(ITEM_CHANNEL + n), timeout(loop)) < 0 && errno != EINTR) {
        fault_set(&fw->end, RC_ENVIRONMENT, _("waiting failed: %s"), zmq_strerror(errno));
        fw->quit = true;
        return;
    }
    if (items[ITEM_SIGNALS].revents)
        signals(loop);
    if (items[ITEM_WORKER].revents)
        answers(loop);
    if (fw->channel)
        hints(loop);
    keys(loop, items[ITEM_TTY].revents != 0);
}

/* Says farewell and waits for it a moment; a verb of the user's that works may finish. */
static void leave(struct loop *loop)
{
    struct framework *fw = loop->app.framework;
    int64_t until = mono_ms() + (fw->verb_at_work ? FINISH_MS : LEAVE_MS);
    struct job *job;

    duty_leave(&loop->app, loop->hung_up);
    while (loads(fw->worker) > 0 && mono_ms() < until) {
        zmq_pollitem_t item = {.fd = worker_fd(fw->worker), .events = ZMQ_POLLIN};
        zmq_poll(&item, 1, (long)(until - mono_ms() > 0 ? until - mono_ms() : 0));
        while ((job = worker_take(fw->worker)))
            framework_answer(&loop->app, job);
    }
}

/* A verb of the user's whose outcome is not known at the end has a key that tells it. */
static void leave_unknown(struct framework *fw)
{
    if (fw->end.rc == RC_OK && fw->verb_at_work && worker_asking(fw->worker))
        fault_set(&fw->end, RC_UNKNOWN,
                  _("it is not known whether the last thing asked for was done; its key is %s"),
                  fw->verb_key);
}

static void stop(struct loop *loop)
{
    struct framework *fw = loop->app.framework;
    bool ended = true;

    if (fw && fw->worker)
        ended = worker_free(&fw->worker, LEAVE_MS);
    tty_free(&loop->tty);
    if (!ended) { /* a thread waits for a turn that is not ours: nothing of it is half done */
        if (fw->end.rc != RC_OK)
            fprintf(stderr, "boxoffice: %s\n", fw->end.text);
        _exit(fw->end.rc == RC_OK ? EXIT_SUCCESS : rc_exit_status(fw->end.rc));
    }
    if (fw)
        channel_free(&fw->channel);
    framework_fini(&loop->app);
    if (loop->context)
        zmq_ctx_term(loop->context);
    if (loop->signals >= 0)
        close(loop->signals);
    canvas_fini(&loop->canvas);
}

enum rc loop_run(const struct loop_options *options, struct fault *why)
{
    struct loop loop = {.signals = -1};
    enum rc rc = start(&loop, options, why);
    struct framework *fw = loop.app.framework;

    while (rc == RC_OK && !fw->quit) {
        if (!fw->suspend)
            framework_time(&loop.app);
        framework_flush(&loop.app);
        show(&loop);
        turn(&loop);
        suspend(&loop);
    }
    if (rc == RC_OK) {
        leave(&loop);
        leave_unknown(fw);
        if (fw->end.rc != RC_OK) {
            *why = fw->end;
            rc = why->rc;
        }
    }
    if (rc == RC_OK)
        *options->next = fw->next;
    stop(&loop);
    return rc;
}

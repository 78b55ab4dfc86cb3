/*
 * A hint's way from terminal to terminal, and the chain from a cancellation at one, over the
 * designated terminal, to the offer as a third hears it.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "core/desk/terminals.h"
#include "core/desk/waiting.h"
#include "tests/bench/bare.h"
#include "tests/bench/bench.h"
#include "tests/bench/figure.h"
#include "tests/kit/box.h"
#include "tui/mesh.h"
#include "tui/office.h"

enum { ROUNDS = 40, HOPS = 10, LIMIT_MS = 10000 };

/* The listener: this process; beside it a process that echoes, and the designated terminal. */
struct scene {
    struct box box;
    hall_id hall;
    struct channel *channel;
    struct settings settings;
    pid_t assigner;
    int quiet[2]; /* nothing ever comes here: what channel_wait wants to see */
    int to_echo[2], from_echo[2];
    pid_t echo;
};

static enum rc must(enum rc rc, const struct fault *why)
{
    figure_need(rc == RC_OK, why->text);
    return rc;
}

/* One more connection, as the program opens it. */
static void connect_to(struct scene *scene)
{
    struct fault why = {0};

    must(office_open(&scene->box.db, &scene->settings, scene->box.path, NULL, &why), &why);
}

static struct ask now_ask(struct scene *scene)
{
    struct ask ask;

    verb_ask(&ask, scene->box.db, NULL, "bench", 1);
    return ask;
}

/* Takes a terminal's place in the mesh. */
static void join(struct scene *scene, const char *name)
{
    struct terminal_request self = {.ask = now_ask(scene), .pid = getpid(), .assigns = "never"};
    struct channel_options options = {.runtime_dir = scene->box.dir, .name = name, .listens = true};
    struct terminal_reply reply;
    struct fault why = {0};

    must(channel_new(&scene->channel, &options, &why), &why);
    (void)gethostname(self.host, sizeof self.host - 1);
    (void)snprintf(self.ask.terminal, sizeof self.ask.terminal, "%s", name);
    (void)snprintf(self.endpoint, sizeof self.endpoint, "%s", channel_endpoint(scene->channel));
    digest_key(self.session, sizeof self.session);
    must(verb_do(scene->box.db, &verb_terminal_join, &self, &reply, &why), &why);
    (void)mesh_meet(scene->channel, scene->box.db);
}

/* Hears until a hint of `kind` and `show` is there; false when it does not come in time. */
static bool hear(struct scene *scene, enum hint_kind kind, int64_t show, int limit_ms)
{
    int64_t until = figure_now() + (int64_t)limit_ms * 1000000;
    struct heard heard;

    do {
        while (channel_hear(scene->channel, &heard)) {
            if (heard.hint.kind == (int32_t)kind && heard.hint.show == show)
                return true;
            if (heard.hint.kind == HINT_GREETING)
                (void)mesh_meet(scene->channel, scene->box.db);
        }
        (void)channel_wait(scene->channel, scene->quiet[0], 5);
    } while (figure_now() < until);
    return false;
}

/* The echo's own process: answers PROGRAMME with LIST, and a byte in the pipe with a byte. */
_Noreturn static void echo(struct scene *scene)
{
    struct heard heard;
    char byte;

    connect_to(scene);
    join(scene, "echo");
    for (;;) {
        if (channel_wait(scene->channel, scene->to_echo[0], 1000)) {
            if (read(scene->to_echo[0], &byte, 1) != 1)
                break;
            figure_need(write(scene->from_echo[1], &byte, 1) == 1, "no echo");
        }
        while (channel_hear(scene->channel, &heard)) {
            if (heard.hint.kind == HINT_PROGRAMME) {
                heard.hint.kind = HINT_LIST;
                channel_say(scene->channel, &heard.hint);
            } else if (heard.hint.kind == HINT_GREETING) {
                (void)mesh_meet(scene->channel, scene->box.db);
            }
        }
    }
    channel_free(&scene->channel);
    sql_close(&scene->box.db);
    _exit(0);
}

static void start_echo(struct scene *scene)
{
    sql_close(&scene->box.db);
    scene->echo = fork();
    figure_need(scene->echo >= 0, "no process more");
    if (scene->echo == 0) {
        (void)close(scene->to_echo[1]);
        echo(scene);
    }
    (void)close(scene->to_echo[0]);
    connect_to(scene);
}

/* There and back, halved. */
static int64_t hop(struct scene *scene, int64_t nth)
{
    struct hint hint = {.kind = HINT_PROGRAMME, .show = nth};
    int64_t began = figure_now();

    channel_say(scene->channel, &hint);
    figure_need(hear(scene, HINT_LIST, nth, LIMIT_MS), "no echo of a hint");
    return (figure_now() - began) / 2;
}

static int64_t bare_hop(struct scene *scene)
{
    int64_t began = figure_now();
    char byte = 0;

    figure_need(write(scene->to_echo[1], &byte, 1) == 1 && read(scene->from_echo[0], &byte, 1) == 1,
                "no echo of a byte");
    return (figure_now() - began) / 2;
}

static bool somebody_assigns(void *context)
{
    struct scene *scene = context;

    (void)hear(scene, HINT_LEASE, 0, 1); /* and greets back meanwhile */
    return sql_one_number(scene->box.db, 0, "SELECT COUNT(*) FROM leases WHERE holder <> ''", NULL,
                          0) == 1;
}

static void start_assigner(struct scene *scene)
{
    static const char config[] = "zone = \"UTC\";\n";
    char path[KIT_PATH], said[KIT_PATH];
    const char *argv[] = {TOP_BUILDDIR "/boxoffice",
                          "-c",
                          path,
                          "-d",
                          scene->box.path,
                          "-t",
                          "assigner",
                          "assign",
                          NULL};

    kit_write_file(kit_path(path, scene->box.dir, "box.conf"), config, sizeof config - 1);
    kit_path(said, scene->box.dir, "assigner.log");
    scene->assigner = kit_spawn(argv, said, said);
    figure_need(kit_wait_until(somebody_assigns, scene, LIMIT_MS), "nobody assigns");
}

/* A show of one pair of seats, sold, with a party of two that waits; its sale. */
static reservation_id sold_out(struct scene *scene, when_ms starts_at, show_id *show)
{
    struct book_request sale = {.n = 0, .best = 2, .expected = -1};
    struct wait_request wait = {.party = 2, .name = "Kari"};
    struct booking_reply sold;
    struct entry_reply entry;
    struct fault why = {0};

    *show = box_show(&scene->box, scene->hall, "Ran", starts_at);
    sale.ask = now_ask(scene);
    wait.ask = now_ask(scene);
    sale.show = wait.show = *show;
    must(verb_do(scene->box.db, &verb_sell, &sale, &sold, &why), &why);
    must(verb_do(scene->box.db, &verb_wait, &wait, &entry, &why), &why);
    return sold.reservation;
}

/* From the beginning of the cancellation to the hint that the list has changed. */
static int64_t chain(struct scene *scene, when_ms starts_at)
{
    struct cancel_request request = {0};
    struct booking_reply reply;
    struct fault why = {0};
    show_id show;
    int64_t began;

    request.reservation = sold_out(scene, starts_at, &show);
    request.ask = now_ask(scene);
    began = figure_now();
    must(verb_do(scene->box.db, &verb_cancel, &request, &reply, &why), &why);
    for (int32_t i = 0; i < reply.told.n; i++)
        channel_say(scene->channel, &reply.told.hints[i]);
    figure_need(hear(scene, HINT_LIST, show.n, LIMIT_MS), "nothing was assigned");
    return figure_now() - began;
}

static void scene_make(struct scene *scene)
{
    static const char *const plan = "@hall Pair\nA\too\n";
    struct fault why = {0};

    memset(scene, 0, sizeof *scene);
    settings_init(&scene->settings);
    must(when_zone_set("UTC", &why), &why);
    kit_tempdir(scene->box.dir);
    kit_path(scene->box.path, scene->box.dir, "box.db");
    must(office_make(&scene->settings, scene->box.path, false, "bench", &why), &why);
    connect_to(scene);
    scene->box.now = sql_now(scene->box.db);
    scene->hall = box_hall(&scene->box, plan);
    figure_need(pipe(scene->quiet) == 0 && pipe(scene->to_echo) == 0 && pipe(scene->from_echo) == 0,
                "no pipes");
    start_echo(scene);
    join(scene, "bench");
    start_assigner(scene);
}

static void scene_drop(struct scene *scene)
{
    (void)kill(scene->assigner, SIGTERM);
    figure_need(kit_reap(scene->assigner, LIMIT_MS) >= 0, "the assigner does not end");
    (void)close(scene->to_echo[1]);
    figure_need(kit_reap(scene->echo, LIMIT_MS) == 0, "the echo does not end");
    channel_free(&scene->channel);
    box_fini(&scene->box);
}

static void say(struct series *hops, struct series *bare_hops, struct series *commits,
                struct series *chains)
{
    double one = series_at(hops, 0.5), bare_one = series_at(bare_hops, 0.5);
    double commit = series_at(commits, 0.5), all = series_at(chains, 0.5);

    figure_say("bare_hop", bare_one / 1e6, "ms");
    figure_of("hop", one / 1e6, "ms", one / bare_one, "bare_hop");
    figure_say("bare_chain", 2 * (one + commit) / 1e6, "ms");
    figure_of("cancel_to_assigned", all / 1e6, "ms", all / (2 * (one + commit)),
              "bare_chain (two bare commits, two hops)");
    figure_say("cancel_to_assigned_p99", series_at(chains, 0.99) / 1e6, "ms");
}

void bench_chain(void)
{
    struct series hops = {0}, bare_hops = {0}, commits = {0}, chains = {0};
    struct scene scene;
    struct bare bare;
    char path[KIT_PATH];

    scene_make(&scene);
    bare_init(&bare, kit_path(path, scene.box.dir, "bare.db"), true);
    for (int i = 0; i < ROUNDS; i++) {
        int64_t began = figure_now();

        bare_commit(&bare);
        series_add(&commits, figure_now() - began);
        for (int k = 0; k < HOPS; k++) {
            series_add(&bare_hops, bare_hop(&scene));
            series_add(&hops, hop(&scene, 1 + i * HOPS + k));
        }
        series_add(&chains, chain(&scene, scene.box.now + (4 + 3 * (int64_t)i) * WHEN_HOUR));
    }
    say(&hops, &bare_hops, &commits, &chains);
    bare_fini(&bare);
    scene_drop(&scene);
    series_fini(&hops);
    series_fini(&bare_hops);
    series_fini(&commits);
    series_fini(&chains);
}

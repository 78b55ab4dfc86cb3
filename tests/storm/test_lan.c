/*
 * Terminals on two machines and a server on a third (tests/storm/lan.sh): what one does the other
 * hears, and what becomes of a terminal whose network is slow, loses packets, or is cut.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/sql.h"
#include "tests/kit/kit.h"
#include "tests/kit/pty.h"
#include "tui/mono.h"
#include "tui/office.h"

enum { WORDS_MAX = 32, LIMIT_MS = 20000, KEY_MS = 50, CUT_MS = 4000 };

struct machine {
    const char *name; /* of its namespace, behind the network's */
    char space[64], dir[KIT_PATH], config[KIT_PATH], home[KIT_PATH + 32];
    struct pty pty;
};

static struct lan {
    char dir[KIT_PATH];
    struct machine one, two;
    struct sql *db;
    pid_t listening, assigning;
} lan; /* one for the group: a server takes seconds to make */

/* "ip netns exec SPACE boxoffice -c CONFIG -d DATABASE words...", parted by blanks. */
struct line {
    char words[1024];
    const char *argv[WORDS_MAX];
};

static void cut(struct line *line, const struct machine *machine, const char *words)
{
    const char *head[] = {getenv("BOXOFFICE_LAN_IP"),      "netns", "exec",          machine->space,
                          TOP_BUILDDIR "/boxoffice",       "-c",    machine->config, "-d",
                          getenv("BOXOFFICE_LAN_DATABASE")};
    size_t n = sizeof head / sizeof head[0];

    memcpy(line->argv, head, sizeof head);
    (void)snprintf(line->words, sizeof line->words, "%s", words);
    for (char *at = line->words; *at != '\0'; n++) {
        char *end = at + strcspn(at, " ");

        assert_true(n < WORDS_MAX - 1);
        line->argv[n] = at;
        if (*end != '\0')
            *end++ = '\0';
        at = end;
    }
    line->argv[n] = NULL;
}

static struct kit_run run(const struct machine *machine, const char *words)
{
    struct line line;

    cut(&line, machine, words);
    return kit_run(lan.dir, line.argv, LIMIT_MS);
}

/* Runs what must succeed; what it printed is in a static buffer. */
static const char *want(const struct machine *machine, const char *words)
{
    static char said[8192];
    struct kit_run done = run(machine, words);

    if (done.status != 0)
        fail_msg("%s: %d, %s", words, done.status, done.err);
    (void)snprintf(said, sizeof said, "%s", done.out);
    kit_run_fini(&done);
    return said;
}

static pid_t start(const struct machine *machine, const char *words, const char *out)
{
    struct line line;
    char path[KIT_PATH];

    cut(&line, machine, words);
    return kit_spawn(line.argv, kit_path(path, lan.dir, out), path);
}

static int64_t number(const char *query)
{
    return sql_one_number(lan.db, -1, query, NULL, 0);
}

/* Something that is to be so. */
struct awaited {
    const struct machine *machine;
    const char *words, *part;
};

static bool file_says(void *context)
{
    const struct awaited *awaited = context;
    char path[KIT_PATH];
    char *text = kit_read_file(kit_path(path, lan.dir, awaited->words), NULL);
    bool says = strstr(text, awaited->part) != NULL;

    free(text);
    return says;
}

static bool command_says(void *context)
{
    const struct awaited *awaited = context;

    return strstr(want(awaited->machine, awaited->words), awaited->part) != NULL;
}

static void __attribute__((format(printf, 1, 2))) shell(const char *format, ...)
{
    va_list list;
    char line[512];
    const char *argv[] = {"sh", "-c", line, NULL};
    struct kit_run done;

    va_start(list, format);
    (void)vsnprintf(line, sizeof line, format, list);
    va_end(list);
    done = kit_run(lan.dir, argv, LIMIT_MS);
    if (done.status != 0)
        fail_msg("%s: %s", line, done.err);
    kit_run_fini(&done);
}

/* A machine with a key and a configuration of its own. */
static void machine_init(struct machine *machine, const char *name)
{
    char text[2 * KIT_PATH + 64], zone[24];
    int n;

    machine->name = name;
    (void)snprintf(machine->space, sizeof machine->space, "%s-%s", getenv("BOXOFFICE_LAN"), name);
    kit_path(machine->dir, lan.dir, name);
    assert_int_equal(mkdir(machine->dir, 0700), 0);
    kit_path(machine->config, machine->dir, "boxoffice.conf");
    (void)snprintf(machine->home, sizeof machine->home, "XDG_CONFIG_HOME=%s", machine->dir);
    n = snprintf(text, sizeof text,
                 "zone = \"%s\";\nchannel_address = \"lan0\";\nchannel_key = \"%s/channel.key\";\n"
                 "runtime_dir = \"%s\";\n",
                 kit_noon_zone(zone), machine->dir, machine->dir);
    kit_write_file(machine->config, text, (size_t)n);
}

/* Admits the machine's key by its own hand, on the server. */
static void admit(const struct machine *machine)
{
    char words[128];

    (void)snprintf(words, sizeof words, "terminal admit %s %.40s", machine->name,
                   want(machine, "keygen"));
    want(machine, words);
}

static int open_lan(void **state)
{
    struct sql_options options = {.name = getenv("BOXOFFICE_LAN_SOCKET"),
                                  .application = OFFICE_APPLICATION};
    char path[KIT_PATH], words[KIT_PATH + 64];
    static const char plan[] = "@hall Tiny\nA\toooo\t1..4\nB\toooo\t1..4\n";

    (void)state;
    kit_tempdir(lan.dir);
    machine_init(&lan.one, "one");
    machine_init(&lan.two, "two");
    kit_write_file(kit_path(path, lan.dir, "tiny.txt"), plan, sizeof plan - 1);
    want(&lan.one, "init");
    (void)snprintf(words, sizeof words, "hall import %s", path);
    want(&lan.one, words);
    shell("date -u -d '+1 hour' +'%%Y-%%m-%%dT%%H:%%M:00Z' >%s/start", lan.dir);
    for (int i = 0; i < 2; i++) {
        char *at = kit_read_file(kit_path(path, lan.dir, "start"), NULL);

        at[strcspn(at, "\n")] = '\0';
        (void)snprintf(words, sizeof words,
                       "show add --hall Tiny --title Ran%d --minutes 5 --start %s", i, at);
        free(at);
        want(&lan.one, words);
        shell("date -u -d '+2 hour' +'%%Y-%%m-%%dT%%H:%%M:00Z' >%s/start", lan.dir);
    }
    admit(&lan.one);
    admit(&lan.two);
    if (sql_open(&lan.db, &options) != SQL_OK)
        fail_msg("%s", sql_error(lan.db));
    return 0;
}

static int close_lan(void **state)
{
    pid_t left[] = {lan.listening, lan.assigning}; /* by a test that failed */

    (void)state;
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
        if (left[i] > 0)
            (void)kit_reap(left[i], 0);
    sql_close(&lan.db);
    kit_remove_tree(lan.dir);
    return 0;
}

static void end(pid_t *pid)
{
    if (*pid <= 0)
        return;
    (void)kill(*pid, SIGTERM);
    assert_int_equal(kit_reap(*pid, LIMIT_MS), 0);
    *pid = 0;
}

static int release(void **state)
{
    (void)state;
    if (lan.one.pty.vterm)
        pty_fini(&lan.one.pty);
    if (lan.two.pty.vterm)
        pty_fini(&lan.two.pty);
    return 0;
}

static void open_screen(struct machine *machine, const char *terminal)
{
    struct line line;
    char words[64];
    const char *env[] = {machine->home, "LC_ALL=C.UTF-8", NULL};
    struct pty_options options = {.env = env, .argv = line.argv};

    (void)snprintf(words, sizeof words, "-t %s", terminal);
    cut(&line, machine, words);
    pty_init(&machine->pty, &options);
    pty_wait_text(&machine->pty, "Ran0");
    pty_wait_text(&machine->pty, "BASKET");
}

static void lan__sold_on_one_machine__is_heard_on_the_other(void **state)
{
    struct awaited hears = {NULL, "heard", "greeting"}, stands = {&lan.two, "terminal list", "ear"};
    int64_t began;

    (void)state;
    lan.listening = start(&lan.two, "-t ear listen", "heard");
    assert_true(kit_wait_until(command_says, &stands, LIMIT_MS)); /* to be greeted at once */
    lan.assigning = start(&lan.two, "-t desk assign", "assigned");
    assert_true(kit_wait_until(file_says, &hears, LIMIT_MS));
    began = mono_ms();
    want(&lan.one, "sell 2 A1 A2");
    hears.part = "seats 2 ";
    assert_true(kit_wait_until(file_says, &hears, LIMIT_MS));
    print_message("a sale by command, heard on the other machine after %d ms in all\n",
                  (int)(mono_ms() - began));
    assert_non_null(strstr(want(&lan.one, "terminal list"), "tcp://10.77.0.3:"));
}

static void lan__cancelled_on_one__is_offered_by_the_other(void **state)
{
    static const char key[] = "\"code\":\"";
    char words[64];
    const char *code;
    struct awaited offered = {&lan.one, "waiting 2", "offered"};

    (void)state;
    want(&lan.one, "sell 2 A3 A4 B1 B2");
    code = strstr(want(&lan.one, "sell 2 B3 B4 --json"), key);
    assert_non_null(code);
    (void)snprintf(words, sizeof words, "cancel %.6s", code + strlen(key));
    want(&lan.one, "wait 2 --party 2 --name Kari");
    want(&lan.one, words);
    assert_true(kit_wait_until(command_says, &offered, LIMIT_MS));
    end(&lan.assigning);
    end(&lan.listening);
}

static void lan__held_on_one__shows_on_the_others_screen(void **state)
{
    char before[PTY_LINE];

    (void)state;
    open_screen(&lan.one, "one-1");
    open_screen(&lan.two, "two-1");
    pty_quiet(&lan.two.pty, 200);
    (void)snprintf(before, sizeof before, "%s",
                   pty_row(&lan.two.pty, pty_find(&lan.two.pty, "Ran0")));
    pty_type(&lan.one.pty, "2\r");
    pty_wait_text(&lan.one.pty, "PAY");
    pty_wait_gone(&lan.two.pty, before);
    pty_type(&lan.one.pty, "\r\r");
    pty_wait_text(&lan.one.pty, "SOLD");
}

/* A text on the first machine's screen; slower than pty_wait_text allows. */
struct shown {
    const char *text;
};

static bool shown(void *context)
{
    const struct shown *wanted = context;

    (void)pty_read(&lan.one.pty, 5);
    return pty_find(&lan.one.pty, wanted->text) >= 0;
}

static void want_shown(const char *text)
{
    struct shown wanted = {text};

    if (!kit_wait_until(shown, &wanted, LIMIT_MS))
        fail_msg("%s never came: %s", text, pty_text(&lan.one.pty));
}

/* The slowest of so many keys, in ms. */
static int64_t slowest_key(struct pty *pty)
{
    int64_t worst = 0;

    for (int i = 0; i < 10; i++) {
        int64_t began = mono_ms(), took;

        pty_type(pty, "2");
        pty_wait_text(pty, "2_");
        took = mono_ms() - began;
        worst = took > worst ? took : worst;
        pty_type(pty, "\033");
        pty_wait_gone(pty, "2_");
    }
    return worst;
}

static void lan__slow_and_losing_packets__keys_are_answered(void **state)
{
    const char *argv[] = {"tc",   "-n",    lan.one.space, "qdisc", "add",  "dev", "lan0",
                          "root", "netem", "delay",       "100ms", "loss", "5%",  NULL};
    struct kit_run slow = kit_run(lan.dir, argv, LIMIT_MS);
    int64_t worst, began;
    int status = slow.status;

    (void)state;
    kit_run_fini(&slow);
    if (status != 0) {
        print_message("skipped: this kernel has no netem\n");
        skip();
    }
    open_screen(&lan.one, "one-2");
    worst = slowest_key(&lan.one.pty);
    print_message("the slowest key: %d ms\n", (int)worst);
    began = mono_ms();
    pty_type(&lan.one.pty, "1\r\r\r");
    want_shown("SOLD");
    print_message("a sale with four keys: %d ms\n", (int)(mono_ms() - began));
    shell("tc -n %s qdisc del dev lan0 root", lan.one.space);
    assert_true(worst <= KEY_MS);
}

static bool passed(void *context)
{
    (void)pty_read(&lan.one.pty, 5);
    return mono_ms() >= *(const int64_t *)context;
}

/* Cut off with a basket, while its sale is under way: half of it is never there. */
static void lan__cut_off_in_mid_sale__says_so_and_comes_back_by_itself(void **state)
{
    const char *cut_ms = getenv("LAN_CUT_MS");
    int64_t before = number("SELECT count(*) FROM claims WHERE state = 'sold'"), until, began;

    (void)state;
    open_screen(&lan.one, "one-3");
    pty_type(&lan.one.pty, "1\r");
    pty_wait_text(&lan.one.pty, "PAY");
    pty_type(&lan.one.pty, "\r");
    pty_wait_text(&lan.one.pty, "cash");
    shell("ip -n %s link set lan0 down", lan.one.space);
    until = mono_ms() + (cut_ms != NULL ? strtol(cut_ms, NULL, 10) : CUT_MS);
    pty_type(&lan.one.pty, "\r");
    began = mono_ms();
    want_shown("away");
    print_message("cut off, and said so after %d ms\n", (int)(mono_ms() - began));
    assert_int_equal(number("SELECT count(*) FROM claims WHERE state = 'sold'"), before);
    assert_true(kit_wait_until(passed, &until, 60000));
    shell("ip -n %s link set lan0 up", lan.one.space);
    began = mono_ms();
    want_shown("the server is back");
    print_message("back %d ms after the line was\n", (int)(mono_ms() - began));
    pty_type(&lan.one.pty, "\r"); /* the basket was kept: it is paid with the same key */
    pty_wait_text(&lan.one.pty, "SOLD");
    assert_int_equal(number("SELECT count(*) FROM claims WHERE state = 'sold'"), before + 1);
    assert_int_equal(number("SELECT count(*) FROM claims WHERE state = 'held'"), 0);
    want(&lan.two, "check");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
#define ON_LAN(test) cmocka_unit_test_teardown(test, release)
        ON_LAN(lan__sold_on_one_machine__is_heard_on_the_other),
        ON_LAN(lan__cancelled_on_one__is_offered_by_the_other),
        ON_LAN(lan__held_on_one__shows_on_the_others_screen),
        ON_LAN(lan__slow_and_losing_packets__keys_are_answered),
        ON_LAN(lan__cut_off_in_mid_sale__says_so_and_comes_back_by_itself),
    };

    (void)argc;
    if (getenv("BOXOFFICE_LAN") == NULL) { /* once more, on three machines; it says why not */
        execl("/bin/sh", "sh", TOP_SRCDIR "/tests/storm/lan.sh", argv[0], (char *)NULL);
        return 1;
    }
    return cmocka_run_group_tests(tests, open_lan, close_lan) != 0;
}

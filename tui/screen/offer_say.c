#include "tui/screen/offer_say.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/rules/deadline.h"
#include "tui/seat_names.h"

/* Text that grows; what no longer fits is cut. */
struct growing {
    char *text;
    size_t size, used;
};

static void add(struct growing *growing, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct growing *growing, const char *format, ...)
{
    size_t room = growing->size - growing->used;
    va_list list;

    va_start(list, format);
    int n = vsnprintf(growing->text + growing->used, room, format, list);
    va_end(list);
    if (n > 0)
        growing->used += (size_t)n < room ? (size_t)n : room - 1;
}

bool offer_say_open(const struct app *app, const struct waiting_row *row)
{
    return row->state == ENTRY_OFFERED && row->deadline > app_now(app);
}

static bool called(const struct app *app, const struct waiting_row *row)
{
    return offer_say_open(app, row) && row->caller[0] && row->claimed_until > app_now(app);
}

bool offer_say_mine(const struct app *app, const struct waiting_row *row)
{
    return called(app, row) && strcmp(row->caller, app->terminal) == 0;
}

bool offer_say_elsewhere(const struct app *app, const struct waiting_row *row)
{
    return called(app, row) && strcmp(row->caller, app->terminal) != 0;
}

char *offer_say_seats(const struct waiting_row *row, char *buffer, size_t size)
{
    return seat_names_join(row->seats[0], sizeof row->seats[0], row->n, buffer, size);
}

char *offer_say_wish(const struct waiting_row *row, char *buffer, size_t size)
{
    if (row->party == 1)
        (void)snprintf(buffer, size, "1 seat");
    else if (row->fit == FIT_TOGETHER)
        (void)snprintf(buffer, size, "%d together", row->party);
    else if (row->fit == FIT_PAIRS && row->party % 2 == 0)
        (void)snprintf(buffer, size, "%d pair%s", row->party / 2, row->party == 2 ? "" : "s");
    else
        (void)snprintf(buffer, size, "%d seats%s", row->party,
                       row->fit == FIT_PAIRS ? " in pairs" : "");
    return buffer;
}

/* "29min", "1h58": without the blanks, for a column. */
static const char *short_distance(when_ms from, when_ms to, char *buffer, size_t size)
{
    size_t n = 0;

    when_distance(from, to, buffer, size);
    for (const char *at = buffer; *at; at++)
        if (*at != ' ')
            buffer[n++] = *at;
    buffer[n] = '\0';
    return buffer;
}

char *offer_say_now(const struct app *app, const struct waiting_row *row, char *buffer, size_t size)
{
    char seats[128], left[WHEN_TEXT];

    if (offer_say_open(app, row)) {
        const char *first = offer_say_mine(app, row)        ? "YOU"
                            : offer_say_elsewhere(app, row) ? row->caller
                                                            : "CALL";
        (void)snprintf(buffer, size, "%s %s %s", first, offer_say_seats(row, seats, sizeof seats),
                       short_distance(app_now(app), row->deadline, left, sizeof left));
    } else if (row->kept > 0) {
        (void)snprintf(buffer, size, "%d kept, needs %d", row->kept, row->party);
    } else if (row->reason[0]) {
        (void)snprintf(buffer, size, "%s", row->reason);
    } else {
        offer_say_wish(row, seats, sizeof seats);
        (void)snprintf(buffer, size, "needs %s", seats);
    }
    return buffer;
}

char *offer_say_when(const struct app *app, when_ms at, char *buffer, size_t size)
{
    char clock[WHEN_TEXT], day[WHEN_TEXT];

    when_clock(at, clock, sizeof clock);
    if (when_day(at) == when_day(app_now(app)))
        (void)snprintf(buffer, size, "%s today", clock);
    else
        (void)snprintf(buffer, size, "%s on %s", clock,
                       when_day_name(when_day(at), day, sizeof day));
    return buffer;
}

/* "two"; above the table the digits. */
static const char *count_word(int n, char *buffer, size_t size)
{
    static const char *const words[] = {"no",    "one",   "two",  "three", "four",   "five",  "six",
                                        "seven", "eight", "nine", "ten",   "eleven", "twelve"};

    if (n >= 0 && (size_t)n < sizeof words / sizeof words[0])
        return words[n];
    (void)snprintf(buffer, size, "%d", n);
    return buffer;
}

/* Bytes of a label before its number, and of the row's name in it: "3-12" is 12 in row 3. */
static size_t row_bytes(const char *label, size_t *stem)
{
    size_t n = strlen(label);

    while (n > 0 && label[n - 1] >= '0' && label[n - 1] <= '9')
        n--;
    *stem = n;
    return n > 0 && label[n - 1] == '-' ? n - 1 : n;
}

/* "row F, 5 and 6; row G, 1": labels as a voice says them. */
static void add_rows(struct growing *out, const struct waiting_row *row)
{
    for (int i = 0, last; i < row->n; i = last + 1) {
        size_t stem, other;
        size_t name = row_bytes(row->seats[i], &stem);
        const char *slash = strchr(row->seats[i], '/');
        size_t block = slash ? (size_t)(slash - row->seats[i]) : 0;

        for (last = i; last + 1 < row->n && row_bytes(row->seats[last + 1], &other) == name &&
                       memcmp(row->seats[last + 1], row->seats[i], name) == 0;)
            last++;
        add(out, "%s", i > 0 ? "; " : "");
        if (slash && block < name)
            add(out, "%.*s, row %.*s, ", (int)block, row->seats[i], (int)(name - block - 1),
                slash + 1);
        else
            add(out, "row %.*s, ", (int)name, row->seats[i]);
        for (int at = i; at <= last; at++)
            add(out, "%s%s", at == i ? "" : at == last ? " and " : ", ", row->seats[at] + stem);
    }
}

static void add_offer(const struct app *app, struct growing *out, const struct waiting_row *row)
{
    char when[2 * WHEN_TEXT], collect[2 * WHEN_TEXT], total[MONEY_TEXT], number[16];
    const char *word = count_word(row->n, number, sizeof number);
    const char *them = row->n == 1 ? "it" : "them";

    add(out, "\"%c%s seat%s come back for %s at %s: ",
        word[0] >= 'a' && word[0] <= 'z' ? word[0] - 'a' + 'A' : word[0], word + 1,
        row->n == 1 ? " has" : "s have", row->title,
        offer_say_when(app, row->starts_at, when, sizeof when));
    add_rows(out, row);
    add(out, ", %s", money_format(row->total, total, sizeof total));
    if (row->n == 2)
        add(out, " for both");
    else if (row->n > 2)
        add(out, " for all %s", word);
    when_ms until =
        deadline_accepted(app_now(app), row->starts_at, row->deadline, app->settings->collect_min);
    bool same = when_day(until) == when_day(app_now(app));
    offer_say_when(app, until, collect, sizeof collect);
    if (same) /* "by 19:15", since today was said */
        collect[strcspn(collect, " ")] = '\0';
    add(out, ". Shall I keep %s? Please collect %s by %s.\"", them, them, collect);
}

char *offer_say_words(const struct app *app, const struct waiting_row *row, char *buffer,
                      size_t size)
{
    struct growing out = {buffer, size, 0};
    char when[2 * WHEN_TEXT], number[16];
    const char *how = row->party == 1            ? ""
                      : row->fit == FIT_TOGETHER ? " together"
                      : row->fit == FIT_PAIRS    ? " in pairs"
                                                 : "";

    buffer[0] = '\0';
    if (offer_say_open(app, row)) {
        add_offer(app, &out, row);
        return buffer;
    }
    add(&out, "\"You are number %d on the list for %s at %s. As soon as ", row->position,
        row->title, offer_say_when(app, row->starts_at, when, sizeof when));
    add(&out, "%s seat%s%s free, we %s.\"", count_word(row->party, number, sizeof number),
        row->party == 1 ? " is" : "s are", how, row->present ? "tell you here" : "ring you");
    return buffer;
}

char *offer_say_caller(const struct app *app, const struct waiting_row *row, char *buffer,
                       size_t size)
{
    char clock[WHEN_TEXT] = "";

    if (row->claimed_until > 0)
        when_clock(row->claimed_until, clock, sizeof clock);
    if (!offer_say_open(app, row))
        (void)snprintf(buffer, size, "No seats are offered to this party now: nobody need call.");
    else if (offer_say_mine(app, row))
        (void)snprintf(buffer, size,
                       "You are calling, until %s.  Then y accepted, d declined, "
                       "v no answer.",
                       clock);
    else if (offer_say_elsewhere(app, row))
        (void)snprintf(buffer, size, "%s (op %d) is calling, until %s: don't ring as well.",
                       row->caller, (int)row->caller_operator, clock);
    else
        (void)snprintf(buffer, size,
                       "Nobody is calling yet: c first, so that no second person rings.");
    return buffer;
}

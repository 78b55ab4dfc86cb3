#include "tui/screen/offer_say.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
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

const char *offer_say_who(const struct app *app, const struct waiting_row *row)
{
    return app_who(app, row->caller_operator, row->caller);
}

char *offer_say_seats(const struct waiting_row *row, char *buffer, size_t size)
{
    return seat_names_join(row->seats[0], sizeof row->seats[0], row->n, buffer, size);
}

char *offer_say_wish(const struct waiting_row *row, char *buffer, size_t size)
{
    if (row->party == 1)
        (void)snprintf(buffer, size, "%s", _("1 seat"));
    else if (row->fit == FIT_TOGETHER)
        (void)snprintf(buffer, size, _("%d together"), row->party);
    else if (row->fit == FIT_PAIRS && row->party % 2 == 0)
        (void)snprintf(buffer, size, ngettext("%d pair", "%d pairs", (unsigned)row->party / 2),
                       row->party / 2);
    else if (row->fit == FIT_PAIRS)
        (void)snprintf(buffer, size, _("%d seats in pairs"), row->party);
    else
        (void)snprintf(buffer, size, ngettext("%d seat", "%d seats", (unsigned)row->party),
                       row->party);
    return buffer;
}

char *offer_say_whole_wish(const struct waiting_row *row, char *buffer, size_t size)
{
    char wish[64];
    size_t used;

    offer_say_wish(row, wish, sizeof wish);
    if (row->zone[0]) /* translators: seats wanted, and the zone: "2 together in stalls" */
        (void)snprintf(buffer, size, _("%s in %s"), wish, row->zone);
    else
        (void)snprintf(buffer, size, "%s", wish);
    used = strlen(buffer);
    if (row->wheelchairs > 0)
        (void)snprintf(
            buffer + used, size - used,
            ngettext(", %d wheelchair place", ", %d wheelchair places", (unsigned)row->wheelchairs),
            row->wheelchairs);
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
        const char *first = offer_say_mine(app, row)        ? _("YOU")
                            : offer_say_elsewhere(app, row) ? offer_say_who(app, row)
                                                            : _("CALL");
        (void)snprintf(buffer, size, "%s %s %s", first, offer_say_seats(row, seats, sizeof seats),
                       short_distance(app_now(app), row->deadline, left, sizeof left));
    } else if (row->kept > 0) {
        (void)snprintf(buffer, size, _("%d kept, needs %d"), row->kept, row->party);
    } else if (row->reason[0]) {
        (void)snprintf(buffer, size, "%s", row->reason);
    } else {
        offer_say_wish(row, seats, sizeof seats);
        (void)snprintf(buffer, size, _("needs %s"), seats);
    }
    return buffer;
}

char *offer_say_when(const struct app *app, when_ms at, char *buffer, size_t size)
{
    char clock[WHEN_TEXT], day[WHEN_TEXT];

    when_clock(at, clock, sizeof clock);
    if (when_day(at) == when_day(app_now(app)))
        (void)snprintf(buffer, size, _("%s today"), clock);
    else
        (void)snprintf(buffer, size, _("%s on %s"), clock,
                       when_day_name(when_day(at), day, sizeof day));
    return buffer;
}

/* "two"; above the table the digits. */
static const char *count_word(int n, char *buffer, size_t size)
{
    static const char *const words[] = {
        N_("no"),    N_("one"),   N_("two"),  N_("three"), N_("four"),   N_("five"),  N_("six"),
        N_("seven"), N_("eight"), N_("nine"), N_("ten"),   N_("eleven"), N_("twelve")};

    if (n >= 0 && (size_t)n < sizeof words / sizeof words[0])
        return _(words[n]);
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
        if (slash && block < name) /* translators: a block of the hall, and a row of it */
            add(out, _("%.*s, row %.*s, "), (int)block, row->seats[i], (int)(name - block - 1),
                slash + 1);
        else
            add(out, _("row %.*s, "), (int)name, row->seats[i]);
        for (int at = i; at <= last; at++)
            add(out, "%s%s", at == i ? "" : at == last ? _(" and ") : ", ", row->seats[at] + stem);
    }
}

static void add_offer(const struct app *app, struct growing *out, const struct waiting_row *row)
{
    char when[2 * WHEN_TEXT], collect[2 * WHEN_TEXT], total[MONEY_TEXT], number[16];
    const char *word = count_word(row->n, number, sizeof number);

    /* translators: what is said on the phone: how many seats in words, a title, day and time; rows
     * and seats follow, then the price and the question */
    add(out,
        ngettext("\"%c%s seat has come back for %s at %s: ",
                 "\"%c%s seats have come back for %s at %s: ", (unsigned)row->n),
        word[0] >= 'a' && word[0] <= 'z' ? word[0] - 'a' + 'A' : word[0], word + 1, row->title,
        offer_say_when(app, row->starts_at, when, sizeof when));
    add_rows(out, row);
    money_format(row->total, total, sizeof total);
    if (row->n == 2) /* translators: the price of two seats */
        add(out, _(", %s for both"), total);
    else if (row->n > 2) /* translators: the price of so many seats, the number in words */
        add(out, _(", %s for all %s"), total, word);
    else
        add(out, ", %s", total);
    when_ms until =
        deadline_accepted(app_now(app), row->starts_at, row->deadline, app->settings->collect_min);
    if (when_day(until) == when_day(app_now(app))) /* "by 19:15", since today was said */
        when_clock(until, collect, sizeof collect);
    else
        offer_say_when(app, until, collect, sizeof collect);
    add(out,
        ngettext(". Shall I keep it? Please collect it by %s.\"",
                 ". Shall I keep them? Please collect them by %s.\"", (unsigned)row->n),
        collect);
}

/* "two seats are free together", behind "as soon as". */
static void add_free(struct growing *out, const struct waiting_row *row)
{
    char number[16];
    const char *word = count_word(row->party, number, sizeof number);

    /* translators: these stand behind "As soon as" */
    if (row->party == 1)
        add(out, "%s", _("one seat is free"));
    else if (row->fit == FIT_TOGETHER)
        add(out, _("%s seats are free together"), word);
    else if (row->fit == FIT_PAIRS)
        add(out, _("%s seats are free in pairs"), word);
    else
        add(out, _("%s seats are free"), word);
}

char *offer_say_words(const struct app *app, const struct waiting_row *row, char *buffer,
                      size_t size)
{
    struct growing out = {buffer, size, 0};
    char when[2 * WHEN_TEXT], seats[128] = "";
    struct growing wanted = {seats, sizeof seats, 0};

    buffer[0] = '\0';
    if (offer_say_open(app, row)) {
        add_offer(app, &out, row);
        return buffer;
    }
    add_free(&wanted, row);
    add(&out,
        row->present ? _("\"You are number %d on the list for %s at %s. As soon as %s, we tell you "
                         "here.\"")
                     : _("\"You are number %d on the list for %s at %s. As soon as %s, we ring "
                         "you.\""),
        row->position, row->title, offer_say_when(app, row->starts_at, when, sizeof when), seats);
    return buffer;
}

char *offer_say_caller(const struct app *app, const struct waiting_row *row, char *buffer,
                       size_t size)
{
    char clock[WHEN_TEXT] = "";

    if (row->claimed_until > 0)
        when_clock(row->claimed_until, clock, sizeof clock);
    if (!offer_say_open(app, row))
        (void)snprintf(buffer, size, "%s",
                       _("No seats are offered to this party now: nobody need call."));
    else if (offer_say_mine(app, row))
        (void)snprintf(buffer, size,
                       _("You are calling, until %s.  Then y accepted, d declined, "
                         "v no answer."),
                       clock);
    else if (offer_say_elsewhere(app, row) && offer_say_who(app, row) != row->caller)
        (void)snprintf(buffer, size, _("%s is calling, until %s: don't ring as well."),
                       offer_say_who(app, row), clock);
    else if (offer_say_elsewhere(app, row))
        (void)snprintf(buffer, size, _("%s (op %d) is calling, until %s: don't ring as well."),
                       row->caller, (int)row->caller_operator, clock);
    else if (app->person.number != 0)
        (void)snprintf(buffer, size,
                       _("%s is not calling yet: c first, so that no second person rings."),
                       app->person.name);
    else
        (void)snprintf(buffer, size, "%s",
                       _("Nobody is calling yet: c first, so that no second person rings."));
    return buffer;
}

#include "tui/screen/hall_tell.h"

#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "core/rules/deadline.h"
#include "tui/seat_names.h"

enum { SHORT = 64 };

/* What English puts behind a number that tells a place: 1st, 2nd, 11th. */
static const char *place_end(int n)
{
    if (n / 10 % 10 == 1)
        return "th";
    return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

/* What is said when the list is all that can be promised. */
static void list_sentence(const struct hall *hall, char *buffer, size_t size)
{
    int n = hall->list ? (int)hall->list->n : hall->map->show.waiting;

    (void)snprintf(
        buffer, size, /* translators: a number and "st", "nd", "rd", "th"; %.0s leaves that out */
        _("You may say: \"promised, but I can put you on the list, %d%s.\"   2 w adds"), n + 1,
        place_end(n + 1));
}

/* "Ødegård, 2 people": the part of a name that is said across a counter. */
static void party_text(const char *name, int n, bool people, char *buffer, size_t size)
{
    char count[SHORT];

    (void)snprintf(count, sizeof count,
                   people ? ngettext("%d person", "%d people", (unsigned)n)
                          : ngettext("%d seat", "%d seats", (unsigned)n),
                   n);
    if (name[0])
        (void)snprintf(buffer, size, "%.*s, %s", (int)strcspn(name, ","), name, count);
    else
        (void)snprintf(buffer, size, "%s", count);
}

static const struct booking *booking_of(const struct hall *hall, const struct map_seat *seat)
{
    const struct booking *booking = hall->booking;

    return booking && booking->id.n == seat->reservation.n ? booking : NULL;
}

static void tell_free(const struct hall *hall, const struct plan_seat *place,
                      struct hall_told *told)
{
    char price[MONEY_TEXT] = "";
    const char *zone = hall->plan->zones[place->zone];
    enum seat_kind kind = (enum seat_kind)place->kind;

    (void)snprintf(told->title, sizeof told->title,
                   kind == SEAT_WHEELCHAIR  ? _("%s free, wheelchair place")
                   : kind == SEAT_COMPANION ? _("%s free, companion's")
                                            : _("%s free"),
                   place->label);
    if (hall->map->n_types > 0)
        money_format(hall->map->prices[place->zone][0], price, sizeof price);
    (void)snprintf(told->who, sizeof told->who, "%s%s%s", zone, zone[0] ? " " : "", price);
}

static void tell_mine(const struct app *app, const struct hall *hall, const struct plan_seat *place,
                      struct hall_told *told)
{
    char price[MONEY_TEXT];

    (void)snprintf(told->title, sizeof told->title, _("%s in this basket"), place->label);
    for (int32_t i = 0; i < hall_held(app, hall); i++) {
        const struct basket_seat *seat = &app->basket.seats[i];
        if (seat->seat.n == place->id.n)
            (void)snprintf(told->who, sizeof told->who, "%s%s%s %s", hall->plan->zones[place->zone],
                           hall->plan->zones[place->zone][0] ? ", " : "", seat->type_name,
                           money_format(seat->amount, price, sizeof price));
    }
    (void)snprintf(told->say, sizeof told->say, "%s", _("Space leaves it."));
}

/* The parked basket that the seat is in, NULL. */
static const struct parked_row *parked_with(const struct app *app, seat_id seat, show_id show)
{
    for (size_t i = 0; app->parked && i < app->parked->n; i++) {
        const struct parked_row *row = &app->parked->rows[i];
        for (int32_t k = 0; k < row->n && row->until > app_now(app); k++)
            if (row->seats[k].n == seat.n && row->shows[k].n == show.n)
                return row;
    }
    return NULL;
}

static void tell_held(const struct app *app, const struct hall *hall, const struct map_seat *seat,
                      const struct plan_seat *place, struct hall_told *told)
{
    const struct parked_row *parked = parked_with(app, place->id, hall->show);
    char until[WHEN_TEXT], left[SHORT];

    when_clock(seat->until, until, sizeof until);
    app_left(app, seat->until, left, sizeof left);
    (void)snprintf(told->title, sizeof told->title,
                   parked ? _("%s parked") : _("%s held elsewhere"), place->label);
    (void)snprintf(told->who, sizeof told->who, _("by %s, %s left"),
                   parked ? parked->terminal : seat->terminal, left);
    if (parked)
        (void)snprintf(told->say, sizeof told->say, "%s", _("g gets it."));
    else
        (void)snprintf(told->say, sizeof told->say,
                       _("until %s.  You may say: \"somebody is buying it this minute.\""), until);
}

static void tell_reserved(const struct hall *hall, const struct map_seat *seat,
                          const struct plan_seat *place, struct hall_told *told)
{
    const struct booking *booking = booking_of(hall, seat);
    char until[WHEN_TEXT], list[HALL_TELL - SHORT];

    (void)snprintf(told->title, sizeof told->title,
                   seat->offered ? _("%s offered to the list") : _("%s reserved"), place->label);
    if (booking && seat->offered)
        party_text(booking->name, booking->party > 0 ? booking->party : booking->n, true, told->who,
                   sizeof told->who);
    else if (booking)
        party_text(booking->name, booking->n, false, told->who, sizeof told->who);
    size_t used = strlen(told->who);
    if (!seat->offered)
        (void)snprintf(told->who + used, sizeof told->who - used, "%s%s", used ? ", " : "",
                       seat->code);
    when_clock(seat->until, until, sizeof until);
    list_sentence(hall, list, sizeof list);
    if (seat->offered || hall->map->show.waiting > 0)
        (void)snprintf(told->say, sizeof told->say, _("until %s.  %s"), until, list);
    else
        (void)snprintf(told->say, sizeof told->say,
                       _("until %s.  You may say: \"if nobody collects it by then, it is free "
                         "again.\"  o opens it"),
                       until);
}

static void tell_sold(const struct hall *hall, const struct map_seat *seat,
                      const struct plan_seat *place, struct hall_told *told)
{
    const struct booking *booking = booking_of(hall, seat);
    char clock[WHEN_TEXT], day[WHEN_TEXT];

    (void)snprintf(told->title, sizeof told->title, _("%s sold"), place->label);
    if (booking)
        party_text(booking->name, booking->n, false, told->who, sizeof told->who);
    size_t used = strlen(told->who);
    (void)snprintf(told->who + used, sizeof told->who - used, "%s%s", used ? ", " : "", seat->code);
    (void)snprintf(told->say, sizeof told->say, _("%s, %s %s.  o opens it"), seat->terminal,
                   when_day_name(when_day(seat->since), day, sizeof day),
                   when_clock(seat->since, clock, sizeof clock));
}

static void tell_returned(const struct hall *hall, const struct map_seat *seat,
                          const struct plan_seat *place, struct hall_told *told)
{
    char until[WHEN_TEXT], list[HALL_TELL - SHORT];
    const struct waiting_row *whose = NULL;

    (void)snprintf(told->title, sizeof told->title, _("%s kept for the list"), place->label);
    for (size_t i = 0; hall->list && seat->kept && i < hall->list->n; i++)
        if (hall->list->rows[i].id.n == seat->entry.n)
            whose = &hall->list->rows[i];
    if (whose)
        party_text(whose->name, whose->party, true, told->who, sizeof told->who);
    else
        (void)snprintf(told->who, sizeof told->who, "%s", _("given back; the list comes first"));
    list_sentence(hall, list, sizeof list);
    when_clock(hall->map->show.starts_at - (whose ? KEPT_ENDS : RETURNED_ENDS), until,
               sizeof until);
    (void)snprintf(told->say, sizeof told->say, _("until %s.  %s"), until, list);
}

void hall_tell_seat(struct app *app, const struct hall *hall, struct hall_told *told)
{
    const struct map_seat *seat = &hall->map->seats[hall->grid.at];
    const struct plan_seat *place = &hall->plan->seats[hall->grid.at];

    memset(told, 0, sizeof *told);
    if (seat->mine)
        tell_mine(app, hall, place, told);
    else if (seat->state == CLAIM_HELD)
        tell_held(app, hall, seat, place, told);
    else if (seat->state == CLAIM_RESERVED)
        tell_reserved(hall, seat, place, told);
    else if (seat->state == CLAIM_SOLD)
        tell_sold(hall, seat, place, told);
    else if (seat->state == CLAIM_RETURNED)
        tell_returned(hall, seat, place, told);
    else if (seat->state == CLAIM_FREE)
        tell_free(hall, place, told);
    else {
        (void)snprintf(told->title, sizeof told->title, _("%s blocked"), place->label);
        (void)snprintf(told->who, sizeof told->who, "%s", seat->reason);
        (void)snprintf(told->say, sizeof told->say, "%s",
                       _("You may say: \"that seat is not for sale.\"  z gives it back."));
    }
}

char *hall_tell_apart(const struct hall *hall, char *buffer, size_t size)
{
    char labels[SEATS_MAX][LABEL_SIZE];
    int n = 0;

    for (int32_t i = 0; i < hall->apart.n; i++) {
        size_t at = plan_find_id(hall->plan, hall->apart.seats[i]);
        if (at != PLAN_NONE)
            memcpy(labels[n++], hall->plan->seats[at].label, LABEL_SIZE);
    }
    return seat_names_join(labels[0], sizeof labels[0], n, buffer, size);
}

char *hall_tell_shape(const struct app *app, const struct hall *hall, char *buffer, size_t size)
{
    char labels[128];
    const char *gaps = _("no single seat left");
    char gap[SHORT];

    basket_labels(&app->basket, labels, sizeof labels);
    if (hall->shape.gaps == 1) {
        (void)snprintf(gap, sizeof gap, _("leaves %s single"),
                       hall->plan->seats[hall->shape.gap].label);
        gaps = gap;
    } else if (hall->shape.gaps > 1) {
        (void)snprintf(gap, sizeof gap, _("leaves %d single seats"), hall->shape.gaps);
        gaps = gap;
    }
    (void)snprintf(buffer, size, "%s, %s", labels, gaps);
    return buffer;
}

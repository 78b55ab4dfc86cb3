/* Changing a live entry of the waiting list (waiting.h); its place stays its own. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/party.h"
#include "core/desk/person.h"
#include "core/desk/wish.h"

/* What an entry wishes for. */
struct wish {
    int64_t party, wheelchairs, present;
    enum fit fit;
    char zone[LABEL_SIZE];
    char name[NAME_SIZE], phone[PHONE_SIZE], note[NOTE_SIZE];
};

static struct wish read_wish(struct sql *db, entry_id entry)
{
    struct wish wish = {0};
    struct sql_statement *row =
        sql_ask(db,
                "SELECT party, wheelchairs, present, fit, zone, name, phone, note"
                " FROM waiting_list WHERE id = $1",
                SQL_VALUES(sql_n(entry.n)));

    if (sql_row(row)) {
        wish.party = sql_number(row, 0);
        wish.wheelchairs = sql_number(row, 1);
        wish.present = sql_number(row, 2);
        (void)fit_parse(sql_text(row, 3), &wish.fit);
        (void)snprintf(wish.zone, sizeof wish.zone, "%s", sql_text(row, 4));
        (void)snprintf(wish.name, sizeof wish.name, "%s", sql_text(row, 5));
        (void)snprintf(wish.phone, sizeof wish.phone, "%s", sql_text(row, 6));
        (void)snprintf(wish.note, sizeof wish.note, "%s", sql_text(row, 7));
    }
    sql_done(row);
    return wish;
}

static struct wish new_wish(const struct amend_request *ask, const struct person *person)
{
    struct wish wish = {.party = ask->party,
                        .wheelchairs = ask->wheelchairs,
                        .present = ask->present,
                        .fit = (enum fit)ask->fit};

    (void)snprintf(wish.zone, sizeof wish.zone, "%s", ask->zone);
    (void)snprintf(wish.name, sizeof wish.name, "%s", person->name);
    (void)snprintf(wish.phone, sizeof wish.phone, "%s", person->phone);
    (void)snprintf(wish.note, sizeof wish.note, "%s", person->note);
    return wish;
}

static void note_number(struct change *change, const char *name, int64_t was, int64_t is)
{
    if (was == is)
        return;
    change_was(change, name, json_integer(was));
    change_number(change, name, is);
}

static void note_text(struct change *change, const char *name, const char *was, const char *is)
{
    if (strcmp(was, is) == 0)
        return;
    change_was(change, name, json_string(was));
    change_text(change, name, is);
}

/* Notes what differs: of what names a person only that it does. True: the party wants other seats
 * than before. */
static bool note(struct change *change, const struct wish *was, const struct wish *is)
{
    bool person = strcmp(was->name, is->name) != 0 || strcmp(was->phone, is->phone) != 0 ||
                  strcmp(was->note, is->note) != 0;

    note_number(change, "party", was->party, is->party);
    note_number(change, "wheelchairs", was->wheelchairs, is->wheelchairs);
    note_number(change, "present", was->present, is->present);
    note_text(change, "fit", fit_text(was->fit), fit_text(is->fit));
    note_text(change, "zone", was->zone, is->zone);
    if (person)
        change_number(change, "person", 1);
    return was->party != is->party || was->wheelchairs != is->wheelchairs || was->fit != is->fit ||
           strcmp(was->zone, is->zone) != 0;
}

static void write_entry(struct sql *db, const struct amend_request *ask,
                        const struct person *person, bool other_seats)
{
    sql_run(db,
            "UPDATE waiting_list SET name = $2, name_key = $3, phone = $4, phone_key = $5,"
            " party = $6, fit = $7, zone = $8, wheelchairs = $9, note = $10, present = $11,"
            " changed_at = $12 WHERE id = $1",
            SQL_VALUES(sql_n(ask->entry.n), sql_t(person->name), sql_t(person->name_key),
                       sql_t(person->phone), sql_t(person->phone_key), sql_n(ask->party),
                       sql_t(fit_text((enum fit)ask->fit)), sql_t(ask->zone),
                       sql_n(ask->wheelchairs), sql_t(person->note), sql_n(ask->present),
                       sql_n(ask->ask.now)));
    /* Why it was passed over, and what was kept for it, was for what it wanted before. */
    if (other_seats)
        sql_run(db, "UPDATE waiting_list SET reason = '' WHERE id = $1",
                SQL_VALUES(sql_n(ask->entry.n)));
}

/* The open offer is found by the same name and phone. */
static void write_offer(struct sql *db, const struct amend_request *ask,
                        const struct person *person, reservation_id offer)
{
    if (offer.n == 0)
        return;
    sql_run(db,
            "UPDATE reservations SET name = $2, name_key = $3, name_given = $4, phone = $5,"
            " phone_key = $6, phone_tail = $7, note = $8, changed_at = $9"
            " WHERE id = $1 AND state = 'offered'",
            SQL_VALUES(sql_n(offer.n), sql_t(person->name), sql_t(person->name_key),
                       sql_t(person_given(person)), sql_t(person->phone), sql_t(person->phone_key),
                       sql_t(person->phone_tail), sql_t(person->note), sql_n(ask->ask.now)));
}

/* As verb_wait judges a party. */
static enum rc check_request(const struct amend_request *ask, struct person *person,
                             struct fault *why)
{
    struct wait_request wish = {.party = ask->party,
                                .fit = ask->fit,
                                .wheelchairs = ask->wheelchairs,
                                .present = ask->present};
    enum rc rc = wish_check(&wish, why);

    if (rc == RC_OK)
        rc = person_read(person, ask->name, ask->phone, ask->note, why);
    if (rc == RC_OK && person->name[0] == '\0')
        rc = fault_set(why, RC_BAD_INPUT, _("a waiting party needs a name"));
    return rc;
}

static enum rc check_party(struct sql *db, const struct amend_request *ask,
                           const struct show_lock *lock, const struct party *party,
                           const struct person *person, struct fault *why)
{
    enum rc rc;

    if (party->state != ENTRY_WAITING && party->state != ENTRY_OFFERED)
        return fault_set(why, RC_WRONG_STATE, _("party %" PRId64 " is not on the list: %s"),
                         party->id.n, _(entry_word(party->state)));
    if (party->state == ENTRY_OFFERED && ask->party != party->size)
        return fault_set(why, RC_WRONG_STATE,
                         _("%" PRId32 " seats are offered to this party: its size can change once"
                           " it has answered"),
                         party->size);
    rc = wish_in_time(lock, ask->ask.now, why);
    if (rc == RC_OK)
        rc = wish_zone(db, lock, ask->zone, why);
    if (rc == RC_OK)
        rc = wish_single(db, lock, person->phone_key, party->id, why);
    return rc;
}

static enum rc amend_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct amend_request *ask = request;
    struct person person;
    struct show_lock lock;
    struct party party;
    struct change change = {0};
    struct wish was, is;
    bool other_seats;
    enum rc rc = check_request(ask, &person, why);

    if (rc == RC_OK)
        rc = party_lock(db, ask->entry, &lock, &party, why);
    if (rc == RC_OK)
        rc = check_party(db, ask, &lock, &party, &person, why);
    if (rc != RC_OK)
        return rc;
    was = read_wish(db, party.id);
    is = new_wish(ask, &person);
    other_seats = note(&change, &was, &is);
    write_entry(db, ask, &person, other_seats);
    write_offer(db, ask, &person, party.reservation);
    if (other_seats)
        party_let_go(db, &lock, party.id);
    if (change_any(&change))
        change_number(&change, "entry", party.id.n);
    change_journal(&change, db, &lock, &ask->ask, "amend");
    party_reply(db, &party, &lock, party.state, reply);
    return RC_OK;
}

const struct verb verb_amend = {
    .name = "amend",
    .request_size = sizeof(struct amend_request),
    .reply_size = sizeof(struct entry_reply),
    .keyed = true,
    .show = party_show,
    .run = amend_run,
};

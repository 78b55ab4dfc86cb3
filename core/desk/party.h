/* A waiting party as the verbs see it once its show is locked. */
#ifndef BOXOFFICE_CORE_DESK_PARTY_H
#define BOXOFFICE_CORE_DESK_PARTY_H

#include "core/desk/offers.h"
#include "core/desk/reservation.h"
#include "core/desk/waiting.h"

struct party {
    entry_id id;
    enum entry_state state;
    int32_t size;
    int64_t seq, priority;
    reservation_id reservation; /* of its open offer; id 0: none */
    char code[CODE_SIZE];
    when_ms deadline;
    money total;
};

/* The show of a request that begins as struct entry_request does, for struct verb. */
struct show_ref party_show(const void *request);

/* A verb whose request is struct entry_request. */
#define PARTY_VERB(word, answer, body)                                                            \
    {                                                                                             \
        .name = word, .request_size = sizeof(struct entry_request), .reply_size = sizeof(answer), \
        .keyed = true, .show = party_show, .run = body,                                           \
    }

/* Locks the party's show and reads the party. RC_NOT_FOUND names the entry. */
enum rc party_lock(struct sql *db, entry_id entry, struct show_lock *lock, struct party *party,
                   struct fault *why);

/* The same for a party that has an open offer: else RC_WRONG_STATE says what it is instead. */
enum rc party_lock_offered(struct sql *db, entry_id entry, struct show_lock *lock,
                           struct party *party, struct fault *why);

/* The reservation that the party's open offer is, at the party's show. */
struct reservation party_reservation(const struct party *party, show_id show);

/* Fills the reply of a verb that left the party in `state`, and notes that the list changed. */
void party_reply(struct sql *db, const struct party *party, const struct show_lock *lock,
                 enum entry_state state, struct entry_reply *reply);

/* What was kept for a party that no longer wants it is the whole list's again. */
void party_let_go(struct sql *db, const struct show_lock *lock, entry_id entry);

/* Notes what giving back an offer's seats means for other terminals. */
void party_told(struct told *told, const struct show_lock *lock,
                const struct offer_returned *returned);

#endif

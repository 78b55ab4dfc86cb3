/* Why a party was not seated, in the words of the counter. */
#include <stdio.h>

#include "core/rules/match_work.h"

struct tally {
    int seats;       /* free to the entry */
    int wheelchairs; /* of them */
    int in_pairs;    /* in stretches of two or more */
    int pairs;
    int longest;
    size_t at; /* where the longest stretch is */
};

static void end_stretch(struct tally *tally, int length, size_t last)
{
    if (length > 1)
        tally->in_pairs += length;
    tally->pairs += length / 2;
    if (length > tally->longest) {
        tally->longest = length;
        tally->at = last;
    }
}

static struct tally count(const struct match_work *work, size_t entry)
{
    const struct plan *plan = work->plan;
    struct tally tally = {0};
    int length = 0;

    for (size_t seat = 0; seat < plan->n; seat++) {
        bool joined = seat + 1 < plan->n && plan->seats[seat].run == plan->seats[seat + 1].run;

        if (match_work_free(work, entry, seat)) {
            tally.seats++;
            tally.wheelchairs += plan->seats[seat].kind == SEAT_WHEELCHAIR;
            length++;
            if (joined && match_work_free(work, entry, seat + 1))
                continue;
            end_stretch(&tally, length, seat);
        }
        length = 0;
    }
    return tally;
}

/* "3 were", "1 was", "none was". */
static const char *were(int n, char *out, size_t size)
{
    if (n == 0)
        return "none was";
    (void)snprintf(out, size, n == 1 ? "%d was" : "%d were", n); /* a number fits */
    return out;
}

void match_reason(struct match_work *work, size_t entry)
{
    const struct match_entry *who = &work->entries[entry];
    char *out = work->results[entry].reason;
    struct tally tally = count(work, entry);
    const char *zone = who->zone >= 0 ? work->plan->zones[who->zone] : "";
    const char *in = zone[0] != '\0' ? " in " : "";
    char number[24];

    /* Zones and rows are short, so that all of these fit; what would not may be cut. */
    if (tally.wheelchairs < who->wheelchairs)
        (void)snprintf(out, MATCH_REASON, "needs %d wheelchair place%s%s%s, %s free",
                       who->wheelchairs, who->wheelchairs == 1 ? "" : "s", in, zone,
                       were(tally.wheelchairs, number, sizeof number));
    else if (who->party == 1 || who->fit == FIT_ANY || tally.seats == 0)
        (void)snprintf(out, MATCH_REASON, "needs %d seat%s%s%s, %s free", who->party,
                       who->party == 1 ? "" : "s", in, zone,
                       were(tally.seats, number, sizeof number));
    else if (who->fit == FIT_PAIRS && who->party % 2 == 0)
        (void)snprintf(out, MATCH_REASON, "needs %d pair%s%s%s, %s free", who->party / 2,
                       who->party == 2 ? "" : "s", in, zone,
                       were(tally.pairs, number, sizeof number));
    else if (who->fit == FIT_PAIRS)
        (void)snprintf(out, MATCH_REASON, "needs %d in pairs%s%s, %s free", who->party, in, zone,
                       were(tally.in_pairs, number, sizeof number));
    else
        (void)snprintf(out, MATCH_REASON, "needs %d together%s%s, %s free in %s", who->party, in,
                       zone, were(tally.longest, number, sizeof number),
                       work->plan->seats[tally.at].row_name);
}

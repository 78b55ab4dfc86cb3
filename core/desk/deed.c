#include "core/desk/deed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/look_back.h"
#include "core/rules/life.h"

struct finding {
    entry_id entry; /* id 0: any that the terminal did */
    const char *terminal;
    json_t *moved; /* entries that newer rows speak of */
    struct deed *deed;
    enum rc rc;
    struct fault *why;
};

static bool undoable(const char *what)
{
    return strcmp(what, "leave") == 0 || strcmp(what, "decline") == 0 ||
           strcmp(what, "no_answer") == 0;
}

/* Keeps what the row says of the entry and of the offer that ended. */
static void keep(struct deed *deed, const struct look_back_row *line, const char *entry)
{
    json_t *seats = json_object_get(line->before, "seats");
    const char *name;
    json_t *word;

    deed->entry.n = strtoll(entry, NULL, 10);
    (void)snprintf(deed->what, sizeof deed->what, "%s", line->what);
    json_object_foreach(json_object_get(line->before, "bookings"), name, word)(void)
        snprintf(deed->code, sizeof deed->code, "%s", name);
    json_object_foreach(seats, name, word)
    {
        if (deed->n < SEATS_MAX)
            (void)snprintf(deed->labels[deed->n++], LABEL_SIZE, "%s", name);
    }
}

/* The last word on the entry that is asked for: is it one to be undone here? */
static void judge(struct finding *finding, const struct look_back_row *line, const char *entry)
{
    if (!undoable(line->what))
        finding->rc = fault_set(finding->why, RC_WRONG_STATE,
                                _("nothing was done to party %s that could be undone now"), entry);
    else if (strcmp(line->terminal, finding->terminal) != 0)
        finding->rc = fault_set(finding->why, RC_WRONG_STATE,
                                _("that was done on %s, and is undone there"), line->terminal);
    else
        keep(finding->deed, line, entry);
}

static bool find_deed(void *context, const struct look_back_row *line)
{
    struct finding *finding = context;
    bool mine = undoable(line->what) && strcmp(line->terminal, finding->terminal) == 0;
    const char *entry;
    json_t *word;

    json_object_foreach(json_object_get(line->after, "entries"), entry, word)
    {
        bool wanted = finding->entry.n != 0 ? strtoll(entry, NULL, 10) == finding->entry.n : mine;

        if (wanted && json_object_get(finding->moved, entry) == NULL) {
            judge(finding, line, entry);
            return true;
        }
        json_object_set_new(finding->moved, entry, json_true());
        if (strcmp(json_string_value(word), entry_word(ENTRY_OFFERED)) == 0)
            json_object_set_new(finding->deed->offered, entry, json_true());
    }
    return false;
}

enum rc deed_find(struct sql *db, show_id show, entry_id entry, const char *terminal,
                  struct deed *deed, struct fault *why)
{
    struct finding finding = {
        .entry = entry, .terminal = terminal, .deed = deed, .rc = RC_OK, .why = why};

    *deed = (struct deed){.offered = json_object()};
    finding.moved = json_object();
    if (finding.moved && deed->offered)
        look_back(db, show, find_deed, &finding);
    else
        finding.rc = fault_set(why, RC_NO_MEMORY, _("no memory for the journal"));
    json_decref(finding.moved);
    if (finding.rc == RC_OK && deed->entry.n == 0)
        finding.rc = fault_set(why, RC_NOT_FOUND, _("nothing was done here that could be undone"));
    return finding.rc;
}

void deed_fini(struct deed *deed)
{
    json_decref(deed->offered);
    deed->offered = NULL;
}

#include "tui/command/seatwish.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/map.h"
#include "tui/command/labels.h"

enum { WORD_SIZE = 160 };

enum rc seatwish_read(const struct seatwish *wish, const struct cmdline *line,
                      const struct command *command, struct book_request *request,
                      struct fault *why)
{
    int64_t best = 0;
    enum rc rc;

    if ((wish->best != NULL) == (line->n > 1))
        return cmdline_usage(command, why);
    rc = cmdline_show(line->args[0], &request->show, why);
    if (rc == RC_OK && wish->best != NULL)
        rc = cmdline_number("--best", wish->best, 1, SEATS_MAX, &best, why);
    if (rc == RC_OK)
        rc = labels_check(line->args + 1, line->n - 1, why);
    if (rc == RC_OK)
        rc = cmdline_text(_("name"), wish->name, request->name, sizeof request->name, why);
    if (rc == RC_OK)
        rc = cmdline_text(_("phone"), wish->phone, request->phone, sizeof request->phone, why);
    request->best = (int32_t)best;
    request->expected = -1;
    return rc;
}

/* Is `word` the type's name, whatever its case, or its digit? */
static bool names(const char *word, const struct type_row *type)
{
    char key[WORD_SIZE], name[WORD_SIZE], digit[16];

    (void)snprintf(digit, sizeof digit, "%d", type->digit);
    if (strcmp(word, digit) == 0)
        return true;
    return text_key(word, key, sizeof key) && text_key(type->name, name, sizeof name) &&
           strcmp(key, name) == 0;
}

static enum rc find_type(const struct map *map, const char *word, type_id *type, struct fault *why)
{
    char known[TYPES_MAX * 40] = "";
    size_t used = 0;

    for (int i = 0; i < map->n_types; i++) {
        if (map->types[i].retired)
            continue;
        if (names(word, &map->types[i])) {
            *type = map->types[i].id;
            return RC_OK;
        }
        if (used < sizeof known)
            used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i > 0 ? ", " : "",
                                     map->types[i].name);
    }
    return fault_set(why, RC_BAD_INPUT, _("there is no such ticket type; there are: %s"), known);
}

static enum rc set_types(const char *word, struct session *session, struct book_request *request,
                         struct fault *why)
{
    struct map *map = NULL;
    type_id type = {0};
    enum rc rc = map_read(session->db, request->show, "", sql_now(session->db), &map, why);

    if (rc == RC_OK)
        rc = find_type(map, word, &type, why);
    for (int i = 0; i < SEATS_MAX && rc == RC_OK && (i == 0 || i < request->n); i++)
        request->types[i] = type;
    free(map);
    return rc;
}

enum rc seatwish_find(const struct seatwish *wish, struct session *session,
                      const struct cmdline *line, struct book_request *request, struct fault *why)
{
    enum rc rc = RC_OK;

    request->collect_min = session->context->settings->collect_min;
    if (request->best == 0) {
        request->n = line->n - 1;
        rc = labels_seats(session, request->show, line->args + 1, request->n, request->seats, why);
    }
    if (rc == RC_OK && wish->type != NULL)
        rc = set_types(wish->type, session, request, why);
    return rc;
}

enum rc seatwish_tender(const char *word, int32_t *n, struct tender *tender, struct fault *why)
{
    enum tender_kind kind = TENDER_CASH;

    if (word != NULL && !tender_parse(word, &kind))
        return fault_set(why, RC_BAD_INPUT, _("a tender is cash, card, voucher or comp"));
    *n = 1;
    *tender = (struct tender){.kind = (int32_t)kind, .amount = -1};
    return RC_OK;
}

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/map.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"

static enum rc print_json(const struct session *session, const struct map *map,
                          const struct plan *plan, struct fault *why)
{
    json_t *seats = json_array();

    for (size_t i = 0; seats != NULL && i < map->n; i++) {
        const struct plan_seat *seat = &plan->seats[i];
        const struct map_seat *now = &map->seats[i];

        json_array_append_new(seats, json_pack("{s:s, s:o, s:s, s:s, s:o}", "seat", seat->label,
                                               "zone", document_text(plan->zones[seat->zone]),
                                               "kind", seat_kind_text((enum seat_kind)seat->kind),
                                               "state", claim_word((enum claim_state)now->state),
                                               "code", document_text(now->code)));
    }
    return document_print(session->context,
                          json_pack("{s:I, s:I, s:o}", "show", (json_int_t)map->show.id.n, "rev",
                                    (json_int_t)map->show.rev, "seats", seats),
                          why);
}

/* The letter of a seat, as on the screen: a digit is a free seat and nothing else is. */
static char letter(const struct plan_seat *seat, const struct map_seat *now)
{
    switch ((enum claim_state)now->state) {
    case CLAIM_FREE:
        return seat->kind == SEAT_STANDARD ? (char)('0' + seat->number % 10)
                                           : seat_kind_letter((enum seat_kind)seat->kind);
    case CLAIM_HELD:
        return 'h';
    case CLAIM_RESERVED:
        return now->offered ? 'o' : 'r';
    case CLAIM_SOLD:
        return '.';
    case CLAIM_RETURNED:
        return '=';
    case CLAIM_BLOCKED:
        return 'x';
    }
    return '?';
}

/* One row of the hall: its name, its seats a column each, its name again. */
static void print_row(FILE *out, const struct plan *plan, const char *letters, size_t first,
                      size_t behind, int name_cells)
{
    char name[4 * ROW_SIZE], row[PLAN_GRID_MAX + 1];

    memset(row, ' ', (size_t)plan->columns);
    row[plan->columns] = '\0';
    for (size_t i = first; i < behind; i++)
        row[plan->seats[i].column] = letters[i];
    text_escape(plan->seats[first].row_name, name, sizeof name);
    fprintf(out, "%s%*s ", name, name_cells - text_cells(name), "");
    for (int c = 0; c < plan->columns; c++)
        fprintf(out, " %c", row[c]);
    fprintf(out, "  %s\n", name);
}

static void print_rows(FILE *out, const struct plan *plan, const char *letters)
{
    int name_cells = 0;

    for (size_t i = 0; i < plan->n; i++) {
        int cells = text_cells(plan->seats[i].row_name);

        name_cells = cells > name_cells ? cells : name_cells;
    }
    for (size_t i = 0, behind; i < plan->n; i = behind) {
        const struct plan_seat *seat = &plan->seats[i];

        for (behind = i; behind < plan->n && plan->seats[behind].row == seat->row; behind++)
            ;
        if (i == 0 || seat->block != plan->seats[i - 1].block) {
            if (plan->blocks[seat->block][0] != '\0')
                fprintf(out, "%s\n", plan->blocks[seat->block]);
        } else if (seat->row > plan->seats[i - 1].row + 1) {
            fputc('\n', out);
        }
        print_row(out, plan, letters, i, behind, name_cells);
    }
}

static enum rc print_map(const struct session *session, const struct map *map,
                         const struct plan *plan, struct fault *why)
{
    FILE *out = session->context->out;
    const struct show_row *show = &map->show;
    char day[WHEN_TEXT], clock[WHEN_TEXT], title[4 * TITLE_SIZE], hall[4 * NAME_SIZE];
    char *letters = calloc(map->n + 1, 1);

    if (letters == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory for the map"));
    for (size_t i = 0; i < map->n; i++)
        letters[i] = letter(&plan->seats[i], &map->seats[i]);
    fprintf(out, "%s, %s %s, %s\n\n", text_escape(show->title, title, sizeof title),
            when_day_name(when_day(show->starts_at), day, sizeof day),
            when_clock(show->starts_at, clock, sizeof clock),
            text_escape(show->hall_name, hall, sizeof hall));
    print_rows(out, plan, letters);
    fprintf(out,
            _("\n%d free of %d: %d sold, %d reserved, %d held, %d given back, %d blocked; "
              "%d parties wait\n"
              "digit free  w wheelchair  c companion  . sold  r reserved  h held  o offered  "
              "= kept for the list  x blocked\n"),
            show->free, show->seats, show->sold, show->reserved, show->held, show->returned,
            show->blocked, show->waiting);
    free(letters);
    return RC_OK;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_seats, NULL, 1, 1, false};
    struct cmdline line;
    struct session session = {0};
    struct map *map = NULL;
    const struct plan *plan = NULL;
    show_id show;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = cmdline_show(line.args[0], &show, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, false, why);
    if (rc == RC_OK)
        rc = map_read(session.db, show, "", sql_now(session.db), &map, why);
    if (rc == RC_OK && (plan = map_plan_kept(session.db, map->show.hall)) == NULL)
        rc = fault_set(why, RC_NO_MEMORY, _("out of memory for the hall"));
    if (rc == RC_OK)
        rc = context->json ? print_json(&session, map, plan, why)
                           : print_map(&session, map, plan, why);
    free(map);
    return session_end(&session, rc, why);
}

const struct command cmd_seats = {"seats", "SHOW", N_("shows which seats of a show are free"), run};

/* The price list of a show: zones by ticket types. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/map.h"
#include "core/desk/pricing.h"
#include "core/desk/ticket_types.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/labels.h"
#include "tui/command/session.h"
#include "tui/command/table.h"

enum { COLUMNS_ROOM = 512 };

static json_t *zone_json(const struct map *map, const char *zone, int at)
{
    json_t *prices = json_array();

    for (int i = 0; prices != NULL && i < map->n_types; i++)
        json_array_append_new(
            prices, json_pack("{s:i, s:s, s:I}", "digit", (int)map->types[i].digit, "type",
                              map->types[i].name, "amount", (json_int_t)map->prices[at][i]));
    return json_pack("{s:s, s:o}", "zone", zone, "prices", prices);
}

static enum rc print_json(const struct session *session, const struct map *map,
                          const struct plan *plan, struct fault *why)
{
    json_t *zones = json_array();

    for (int i = 0; zones != NULL && i < plan->n_zones; i++)
        json_array_append_new(zones, zone_json(map, plan->zones[i], i));
    return document_print(session->context,
                          json_pack("{s:I, s:s, s:o}", "show", (json_int_t)map->show.id.n,
                                    "currency", session->venue.currency, "zones", zones),
                          why);
}

static enum rc print_table(const struct session *session, const struct map *map,
                           const struct plan *plan, struct fault *why)
{
    struct table table;
    char kinds[TYPES_MAX + 2] = "l", heads[COLUMNS_ROOM], price[MONEY_TEXT];
    size_t used = (size_t)snprintf(heads, sizeof heads, "%s", _("Zone"));
    bool whole;

    for (int i = 0; i < map->n_types; i++) {
        kinds[i + 1] = 'r';
        used += (size_t)snprintf(heads + used, sizeof heads - used, "|%d %s",
                                 (int)map->types[i].digit, map->types[i].name);
    }
    table_init(&table, kinds, heads);
    for (int zone = 0; zone < plan->n_zones; zone++) {
        table_add(&table, "%s", plan->zones[zone][0] != '\0' ? plan->zones[zone] : _("all seats"));
        for (int i = 0; i < map->n_types; i++)
            table_add(&table, "%s", money_format(map->prices[zone][i], price, sizeof price));
    }
    whole = table_print(&table, session->context->out);
    table_fini(&table);
    return whole ? RC_OK : fault_set(why, RC_NO_MEMORY, _("out of memory for the table"));
}

/* What was asked for on the command line; texts are NULL when they were not given. */
struct prices_job {
    const char *zone, *type, *amount;
    struct price_request request;
};

/* Reads what is to be set, before anything is opened. */
static enum rc read_wish(struct prices_job *job, struct fault *why)
{
    enum rc rc =
        cmdline_text(_("zone"), job->zone, job->request.zone, sizeof job->request.zone, why);

    return rc == RC_OK ? money_parse(job->amount, &job->request.amount, why) : rc;
}

static enum rc set(struct session *session, const char *key, struct prices_job *job,
                   struct fault *why)
{
    struct ticket_types *types = NULL;
    const struct ticket_type *type;
    struct price_reply reply;
    enum rc rc = ticket_types_read(session->db, &types, why);

    if (rc == RC_OK)
        rc = ticket_types_find(types, job->type, &type, why);
    if (rc == RC_OK) {
        job->request.type = type->id;
        rc = session_do(session, key, &verb_price, &job->request, &reply, why);
    }
    free(types);
    return rc;
}

static enum rc print(struct session *session, show_id show, struct fault *why)
{
    struct map *map = NULL;
    const struct plan *plan = NULL;
    enum rc rc = map_read(session->db, show, "", sql_now(session->db), &map, why);

    if (rc == RC_OK)
        rc = labels_plan(session, show, &plan, why);
    if (rc == RC_OK)
        rc = session->context->json ? print_json(session, map, plan, why)
                                    : print_table(session, map, plan, why);
    free(map);
    return rc;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    struct prices_job job = {0};
    const struct cmdline_option options[] = {
        {"zone", &job.zone, NULL}, {"type", &job.type, NULL}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_prices, options, 1, 2, true};
    struct cmdline line;
    struct session session = {0};
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    job.amount = line.n == 2 ? line.args[1] : NULL;
    if ((job.zone != NULL && line.n != 2) || (job.type != NULL) != (line.n == 2))
        return cmdline_usage(&cmd_prices, why);
    rc = cmdline_show(line.args[0], &job.request.show, why);
    if (rc == RC_OK && job.amount != NULL)
        rc = read_wish(&job, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, job.amount != NULL, why);
    if (rc == RC_OK && job.amount != NULL)
        rc = set(&session, line.key, &job, why);
    if (rc == RC_OK)
        rc = print(&session, job.request.show, why);
    return session_end(&session, rc, why);
}

const struct command cmd_prices = {"prices", "SHOW [[--zone Z] --type T AMOUNT] [--key K]",
                                   N_("shows what a show costs by zone and type, or sets a price"),
                                   run};

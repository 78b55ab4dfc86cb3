/* Starting for real: a box office of one's own in four steps. Esc goes a step back, and what was
 * typed stays. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/app.h"
#include "tui/widget/form.h"

enum { STEP_VENUE, STEP_HALL, STEP_SHOW, STEP_STAFF, STEPS };
enum { VENUE_NAME, VENUE_CURRENCY, VENUE_PLACE };
enum { HALL_NAME, HALL_FILE, HALL_ROWS, HALL_SEATS, HALL_AISLES, HALL_WHEELCHAIRS };
enum { SHOW_TITLE, SHOW_DAY, SHOW_TIME, SHOW_MINUTES, SHOW_PRICE };
enum { STAFF_FLOAT, STAFF_NAME, STAFF_PIN, STAFF_AGAIN };
enum { ROWS_ALL = 16, DAY_BYTES = 10, TIME_BYTES = 5, AMOUNT_BYTES = 12, MINUTES_MOST = 1000 };

static const char *const titles[STEPS] = {N_("The house"), N_("Its hall"), N_("The first show"),
                                          N_("The till, and you")};
static const char *const told[STEPS] = {
    N_("A box office of your own, beside the demo."),
    N_("From a plan file, or drawn as below."),
    N_("In your hall; more are added later."),
    N_("You are number 1, a manager."),
};

struct found {
    int step;
    bool leaving, touched, working;
    struct form forms[STEPS];
    struct read_found made; /* what the steps came to */
};

static void add(struct form *form, const char *label, const char *hint, size_t limit,
                const char *preset)
{
    const int field = form_add(form, label, hint, limit);

    (void)editor_set(&form->fields[field].editor, preset);
}

/* The next full hour that leaves an hour to sell. */
static void propose_start(const struct app *app, char day[static DAY_BYTES + 1],
                          char time[static TIME_BYTES + 1])
{
    char start[WHEN_TEXT];

    when_rfc3339(app_now(app) + 2 * WHEN_HOUR, start, sizeof start);
    (void)snprintf(day, DAY_BYTES + 1, "%.10s", start);
    (void)snprintf(time, TIME_BYTES + 1, "%.2s:00", start + DAY_BYTES + 1);
}

static void found_open(struct app *app, void *state, const struct screen_args *args)
{
    struct found *found = state;
    struct form *form = found->forms;
    char place[NEW_HOUSE_PATH], day[DAY_BYTES + 1], time[TIME_BYTES + 1];

    (void)args;
    founding_place(app->settings, place, sizeof place);
    propose_start(app, day, time);
    add(&form[STEP_VENUE], _("Name"), _("stands on tickets"), STAFF_NAME_SIZE, "");
    add(&form[STEP_VENUE], _("Currency"), "EUR, GBP, ...", 3, app->currency);
    add(&form[STEP_VENUE], _("File"), NULL, NEW_HOUSE_PATH - 1, place);
    add(&form[STEP_HALL], _("Name"), NULL, NAME_SIZE - 1, _("Hall 1"));
    add(&form[STEP_HALL], _("Plan file"), _("empty: drawn"), NEW_HOUSE_PATH - 1, "");
    add(&form[STEP_HALL], _("Rows"), _("A-N, or how many"), DRAWING_TEXT - 1, "A-H");
    add(&form[STEP_HALL], _("Seats a row"), NULL, 3, "12");
    add(&form[STEP_HALL], _("Aisle behind"), _("6, 12; empty: none"), DRAWING_TEXT - 1, "6");
    add(&form[STEP_HALL], _("Wheelchairs"), _("A1, A2; empty: none"), DRAWING_TEXT - 1, "");
    add(&form[STEP_SHOW], _("Title"), NULL, TITLE_SIZE - 1, "");
    add(&form[STEP_SHOW], _("Day"), _("YYYY-MM-DD"), DAY_BYTES, day);
    add(&form[STEP_SHOW], _("Time"), _("HH:MM"), TIME_BYTES, time);
    add(&form[STEP_SHOW], _("Minutes"), NULL, 3, "120");
    add(&form[STEP_SHOW], _("Price"), _("of an adult"), AMOUNT_BYTES, "");
    add(&form[STEP_STAFF], _("Float"), _("cash in the drawer"), AMOUNT_BYTES, "0.00");
    add(&form[STEP_STAFF], _("Your name"), NULL, STAFF_NAME_SIZE - 1, "");
    add(&form[STEP_STAFF], _("PIN"), _("six digits"), PIN_DIGITS, "");
    add(&form[STEP_STAFF], _("Again"), NULL, PIN_DIGITS, "");
    form[STEP_STAFF].fields[STAFF_PIN].editor.secret = true;
    form[STEP_STAFF].fields[STAFF_AGAIN].editor.secret = true;
}

static void found_close(struct app *app, void *state)
{
    struct found *found = state;

    (void)app;
    pin_wipe(&found->forms[STEP_STAFF], sizeof found->forms[STEP_STAFF]);
    pin_wipe(&found->made, sizeof found->made);
}

/* --- what a step comes to --------------------------------------------------------------------- */

/* What stands in a field of the present step. */
static const char *text(const struct found *found, int field)
{
    return form_text(&found->forms[found->step], field);
}

static bool refuse(struct app *app, struct found *found, int field, const char *why)
{
    found->forms[found->step].at = field;
    app_say(app, TONE_WARN, "%s", why);
    return false;
}

static bool blank(const char *typed)
{
    return typed[strspn(typed, " ")] == '\0';
}

static bool take_venue(struct app *app, struct found *found)
{
    struct new_house *p = &found->made.house;
    const char *currency = text(found, VENUE_CURRENCY), *path = text(found, VENUE_PLACE);

    if (blank(text(found, VENUE_NAME)))
        return refuse(app, found, VENUE_NAME, _("what is the house called?"));
    if (strlen(currency) != 3 || strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
        return refuse(app, found, VENUE_CURRENCY, _("a currency is three capital letters, as EUR"));
    if (path[0] != '/')
        return refuse(app, found, VENUE_PLACE, _("a file to be made, from / on"));
    if (founding_taken(path))
        return refuse(app, found, VENUE_PLACE, _("there is something already: another file"));
    (void)snprintf(p->venue, sizeof p->venue, "%s", text(found, VENUE_NAME));
    memcpy(p->currency, currency, sizeof p->currency);
    (void)snprintf(p->path, sizeof p->path, "%s", path);
    return true;
}

static bool take_hall(struct app *app, struct found *found)
{
    struct plan_drawing *drawing = &found->made.drawing;
    struct plan *plan = NULL;
    struct fault why = {0};

    if (blank(text(found, HALL_NAME)))
        return refuse(app, found, HALL_NAME, _("what is the hall called?"));
    (void)snprintf(drawing->name, sizeof drawing->name, "%s", text(found, HALL_NAME));
    (void)snprintf(drawing->rows, sizeof drawing->rows, "%s", text(found, HALL_ROWS));
    (void)snprintf(drawing->aisles, sizeof drawing->aisles, "%s", text(found, HALL_AISLES));
    (void)snprintf(drawing->wheelchairs, sizeof drawing->wheelchairs, "%s",
                   text(found, HALL_WHEELCHAIRS));
    drawing->seats = (int32_t)strtol(text(found, HALL_SEATS), NULL, 10);
    (void)snprintf(found->made.hall_file, sizeof found->made.hall_file, "%s",
                   text(found, HALL_FILE));
    if (founding_plan(&found->made, &plan, &why) != RC_OK) {
        app_say_fault(app, &why);
        return false;
    }
    app_say(app, TONE_GOOD, _("%s: %zu seats"), plan->name, plan->n);
    plan_free(&plan);
    return true;
}

static bool take_show(struct app *app, struct found *found)
{
    struct new_house *p = &found->made.house;
    const long minutes = strtol(text(found, SHOW_MINUTES), NULL, 10);
    char start[DAY_BYTES + TIME_BYTES + 2];
    struct fault why = {0};

    if (blank(text(found, SHOW_TITLE)))
        return refuse(app, found, SHOW_TITLE, _("what is shown?"));
    (void)snprintf(start, sizeof start, "%s %s", text(found, SHOW_DAY), text(found, SHOW_TIME));
    if (when_parse(start, &p->starts_at, &why) != RC_OK)
        return refuse(app, found, SHOW_DAY, _("when? a day as 2026-12-24 and a time as 19:45"));
    if (p->starts_at <= app_now(app))
        return refuse(app, found, SHOW_DAY, _("this is past: the first show is still to come"));
    if (minutes < 1 || minutes >= MINUTES_MOST)
        return refuse(app, found, SHOW_MINUTES, _("how many minutes?"));
    if (money_parse(text(found, SHOW_PRICE), &p->price, &why) != RC_OK)
        return refuse(app, found, SHOW_PRICE, _("what does a seat cost? as 11.50"));
    p->minutes = (int32_t)minutes;
    (void)snprintf(p->title, sizeof p->title, "%s", text(found, SHOW_TITLE));
    return true;
}

/* A PIN that is nobody's is typed anew, both times: nobody sees what stands there. */
static bool refuse_pin(struct app *app, struct found *found, const struct fault *why)
{
    for (int field = STAFF_PIN; field <= STAFF_AGAIN; field++) {
        struct editor *editor = &found->forms[STEP_STAFF].fields[field].editor;

        pin_wipe(editor->text, sizeof editor->text);
        editor_set(editor, "");
    }
    found->forms[STEP_STAFF].at = STAFF_PIN;
    app_say_fault(app, why);
    return false;
}

static bool take_staff(struct app *app, struct found *found)
{
    struct new_house *p = &found->made.house;
    struct fault why = {0};

    if (money_parse(text(found, STAFF_FLOAT), &p->opening, &why) != RC_OK)
        return refuse(app, found, STAFF_FLOAT, _("how much cash lies in the drawer? as 150.00"));
    if (blank(text(found, STAFF_NAME)))
        return refuse(app, found, STAFF_NAME, _("a name is wanted"));
    if (!pin_formed(text(found, STAFF_PIN)))
        return refuse(app, found, STAFF_PIN, _("a PIN is six digits"));
    if (strcmp(text(found, STAFF_PIN), text(found, STAFF_AGAIN)) != 0)
        return refuse(app, found, STAFF_AGAIN, _("these were two PINs: once more"));
    if (pin_check(text(found, STAFF_PIN), &why) != RC_OK)
        return refuse_pin(app, found, &why);
    (void)snprintf(p->manager, sizeof p->manager, "%s", text(found, STAFF_NAME));
    (void)snprintf(p->pin, sizeof p->pin, "%s", text(found, STAFF_PIN));
    return true;
}

/* All is there: the worker makes it. */
static void make(struct app *app, struct found *found)
{
    union read_args args = {0};
    struct fault why = {0};

    if (founding_settle(&found->made, app->settings, app->terminal, &why) != RC_OK) {
        app_say_fault(app, &why);
        return;
    }
    args.found = found->made;
    found->working = true;
    app_hold_keys(app, true);
    app_say(app, TONE_PLAIN, _("making it"));
    app_read(app, READ_FOUND, &args, 0);
    pin_wipe(&args, sizeof args);
}

static void found_answer(struct app *app, void *state, struct answer *answer)
{
    struct found *found = state;

    found->working = false;
    app_hold_keys(app, false);
    if (answer->rc == RC_OK) {
        app_move(app, answer->result);
        return;
    }
    if (answer->rc == RC_EXISTS)
        found->step = STEP_VENUE;
    app_say_fault(app, answer->fault);
    app_drop_keys(app);
}

/* --- keys ------------------------------------------------------------------------------------- */

typedef bool taking(struct app *app, struct found *found);

static void enter(struct app *app, struct found *found)
{
    static taking *const take[STEPS] = {take_venue, take_hall, take_show, take_staff};

    if (!take[found->step](app, found))
        app_drop_keys(app);
    else if (found->step + 1 < STEPS)
        found->step++;
    else
        make(app, found);
}

static bool found_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct found *found = state;
    struct form *form = &found->forms[found->step];
    bool used;

    if (found->working)
        return true;
    if (action == ACTION_BACK && found->step > 0) {
        found->step--;
        return true;
    }
    if (app_draft_stays(app, &found->leaving, found->touched, action))
        return true;
    if (action == ACTION_BACK)
        return false;
    if (action == ACTION_ENTER) {
        enter(app, found);
        return true;
    }
    used = form_key(form, key);
    found->touched =
        found->touched || (used && (key->press == PRESS_TEXT || key->press == PRESS_PASTE));
    if (used && form->fields[form->at].editor.told[0])
        app_say(app, TONE_WARN, "%s", form->fields[form->at].editor.told);
    return used;
}

static bool found_typing(struct app *app, const void *state)
{
    (void)app;
    (void)state;
    return true;
}

static void found_draw(struct app *app, void *state, const struct surface *surface)
{
    struct found *found = state;
    const bool all = surface->rows >= ROWS_ALL;
    char left[96];

    (void)snprintf(left, sizeof left, _("FOR REAL %d/%d %s"), found->step + 1, STEPS,
                   _(titles[found->step]));
    app_head(app, surface, left);
    surface_put(surface, 1, 1, STYLE_FAINT, _(told[found->step]));
    if (all)
        surface_rule(surface, 2);
    form_draw(&found->forms[found->step], surface, all ? 4 : 3, 1);
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_found = {
    .id = SCREEN_FOUND,
    .state_size = sizeof(struct found),
    .open = found_open,
    .close = found_close,
    .draw = found_draw,
    .key = found_key,
    .typing = found_typing,
    .answer = found_answer,
};

/* A party goes onto the waiting list, or its entry is changed: size, name, phone, how it wants to
 * sit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/rules/pick.h"
#include "tui/screen/showing.h"
#include "tui/widget/form.h"

enum {
    FIELD_SIZE,
    FIELD_NAME,
    FIELD_PHONE,
    FIELD_WANTS,
    FIELD_ZONE,
    FIELD_CHAIRS,
    FIELD_NOTE,
    FIELD_HERE
};

enum { WISH_BYTES = 31 };

struct party_form {
    show_id show;
    entry_id entry; /* that is changed; id 0: a new one */
    bool filled;    /* with what is stored of it */
    struct map *map;
    struct plan *plan;
    struct waiting_list *list; /* for its number; of the entry alone when that is changed */
    struct form form;
    char zones[128]; /* names, for the hint */
    bool leaving;    /* Esc was pressed over a draft */
};

static void build(struct party_form *party, int32_t number)
{
    struct form *form = &party->form;
    char size[16];

    form_add(form, _("How many"), _("1 to 20"), 2);
    form_add(form, _("Name"), NULL, NAME_SIZE - 1);
    form_add(form, _("Phone"), NULL, PHONE_SIZE - 1);
    form_add(form, _("Wants"), _("t together, p pairs, a any"), WISH_BYTES);
    form_add(form, _("Where"), _("empty: anywhere"), LABEL_SIZE - 1);
    form_add(form, _("Wheelchairs"), NULL, 2);
    form_add(form, _("Note"), NULL, NOTE_SIZE - 1);
    form_add(form, _("Stands here"), _("y or n"), 1);
    editor_set(&form->fields[FIELD_WANTS].editor, _(fit_text(FIT_TOGETHER)));
    editor_set(&form->fields[FIELD_HERE].editor, "n");
    if (number > 0) {
        (void)snprintf(size, sizeof size, "%d", number);
        editor_set(&form->fields[FIELD_SIZE].editor, size);
        form->at = FIELD_NAME;
    }
}

static void party_open(struct app *app, void *state, const struct screen_args *args)
{
    struct party_form *party = state;
    union read_args read = {.show = {.show = args->show}};

    party->show = args->show;
    party->entry = args->entry;
    build(party, args->number);
    app_read(app, READ_MAP, &read, 0);
    if (party->entry.n) {
        app_hold_keys(app, true); /* until it is filled in */
        read.entry = (struct read_entry){.entry = party->entry};
        app_read(app, READ_ENTRY, &read, 0);
    } else {
        app_read(app, READ_WAITING, &read, 0);
    }
}

static void party_close(struct app *app, void *state)
{
    struct party_form *party = state;
    void *plan = party->plan;

    (void)app;
    read_free(READ_PLAN, &plan);
    free(party->map);
    free(party->list);
}

/* --- answers --------------------------------------------------------------------------------- */

/* "empty: anywhere; stalls, balcony" behind the field. */
static void hint_zones(struct party_form *party)
{
    size_t used = 0;

    for (int i = 0; i < party->plan->n_zones && party->plan->n_zones > 1; i++) {
        int n = snprintf(party->zones + used, sizeof party->zones - used, "%s%s", used ? ", " : "",
                         party->plan->zones[i]);
        if (n < 0 || (size_t)n >= sizeof party->zones - used) {
            party->zones[used] = '\0';
            break;
        }
        used += (size_t)n;
    }
    if (used)
        party->form.fields[FIELD_ZONE].hint = party->zones;
}

/* What is stored of the entry, to be changed. */
static void fill(struct party_form *party, const struct waiting_row *row)
{
    struct form_field *fields = party->form.fields;
    char number[16];

    (void)snprintf(number, sizeof number, "%d", (int)row->party);
    editor_set(&fields[FIELD_SIZE].editor, number);
    editor_set(&fields[FIELD_NAME].editor, row->name);
    editor_set(&fields[FIELD_PHONE].editor, row->phone);
    editor_set(&fields[FIELD_WANTS].editor, _(fit_text(row->fit)));
    editor_set(&fields[FIELD_ZONE].editor, row->zone);
    (void)snprintf(number, sizeof number, "%d", (int)row->wheelchairs);
    editor_set(&fields[FIELD_CHAIRS].editor, row->wheelchairs > 0 ? number : "");
    editor_set(&fields[FIELD_NOTE].editor, row->note);
    editor_set(&fields[FIELD_HERE].editor, row->present ? "y" : "n");
    party->filled = true;
}

static void changed(struct app *app, const struct answer *answer)
{
    const struct amend_request *request = answer->request;
    const struct entry_reply *reply = answer->reply;

    app_back(app);
    app_say(app, TONE_GOOD, _("%s is changed, and stays number %d on the list"), request->name,
            (int)reply->position);
}

static void added(struct app *app, const struct answer *answer)
{
    const struct wait_request *request = answer->request;
    const struct entry_reply *reply = answer->reply;

    app_back(app);
    app_say(app, TONE_GOOD,
            ngettext("%s, %d person, is number %d on the list",
                     "%s, %d people, is number %d on the list", (unsigned)request->party),
            request->name, (int)request->party, (int)reply->position);
}

static void party_answer(struct app *app, void *state, struct answer *answer)
{
    struct party_form *party = state;
    union read_args args = {0};

    if (!answer->verb && answer->read == READ_ENTRY)
        app_hold_keys(app, false);
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
        return;
    }
    if (answer->verb == &verb_amend) {
        changed(app, answer);
    } else if (answer->verb) {
        added(app, answer);
    } else if (answer->read == READ_MAP) {
        free(party->map);
        party->map = answer->result;
        answer->result = NULL;
        args.hall.hall = party->map->show.hall;
        app_read(app, READ_PLAN, &args, 0);
    } else if (answer->read == READ_WAITING || answer->read == READ_ENTRY) {
        free(party->list);
        party->list = answer->result;
        answer->result = NULL;
        if (party->entry.n && !party->filled && party->list->n)
            fill(party, party->list->rows);
    } else if (answer->read == READ_PLAN && !party->plan) {
        party->plan = answer->result;
        answer->result = NULL;
        hint_zones(party);
    }
}

/* --- keys ------------------------------------------------------------------------------------ */

static bool refuse(struct app *app, struct party_form *party, int field, const char *why)
{
    party->form.at = field;
    app_say(app, TONE_WARN, "%s", why);
    return false;
}

/* A number of at most two digits; -1: it is none. */
static int number_of(const char *text)
{
    int n = 0;

    if (!*text)
        return 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return -1;
        n = n * 10 + (*text - '0');
    }
    return n;
}

/* The wish whose word begins with what was typed: the letters are those of the English words in
 * every language, and the word that the form shows may stand there as well. */
static bool wish_of(const char *typed, int32_t *fit)
{
    char key[64], shown[64];

    if (!text_key(typed, key, sizeof key) || !key[0])
        return false;
    for (int32_t i = FIT_TOGETHER; i <= FIT_ANY; i++)
        if (text_key(_(fit_text((enum fit)i)), shown, sizeof shown) && strcmp(shown, key) == 0) {
            *fit = i;
            return true;
        }
    for (int32_t i = FIT_TOGETHER; i <= FIT_ANY; i++)
        if (strncmp(fit_text((enum fit)i), key, strlen(key)) == 0) {
            *fit = i;
            return true;
        }
    return false;
}

/* The zone whose name begins with what was typed; the desk judges what is not known here. */
static void zone_of(const struct party_form *party, const char *typed, char zone[static LABEL_SIZE])
{
    char key[3 * NAME_SIZE], name[3 * NAME_SIZE];

    (void)snprintf(zone, LABEL_SIZE, "%s", typed);
    if (!party->plan || !*typed || !text_key(typed, key, sizeof key))
        return;
    for (int i = 0; i < party->plan->n_zones; i++)
        if (text_key(party->plan->zones[i], name, sizeof name) &&
            strncmp(name, key, strlen(key)) == 0) {
            (void)snprintf(zone, LABEL_SIZE, "%s", party->plan->zones[i]);
            return;
        }
}

/* Reads the form into a request; says what is missing, and puts the cursor there. */
static bool read_form(struct app *app, struct party_form *party, struct wait_request *request)
{
    const struct form *form = &party->form;
    const char *here = form_text(form, FIELD_HERE);

    request->show = party->show;
    request->party = number_of(form_text(form, FIELD_SIZE));
    if (request->party < 1 || request->party > PARTY_MAX)
        return refuse(app, party, FIELD_SIZE, _("how many people? 1 to 20"));
    if (!form_text(form, FIELD_NAME)[strspn(form_text(form, FIELD_NAME), " ")])
        return refuse(app, party, FIELD_NAME, _("a name is wanted"));
    if (!wish_of(form_text(form, FIELD_WANTS), &request->fit))
        return refuse(app, party, FIELD_WANTS, _("t together, p in pairs or a any seats?"));
    request->wheelchairs = number_of(form_text(form, FIELD_CHAIRS));
    if (request->wheelchairs < 0 || request->wheelchairs > request->party)
        return refuse(app, party, FIELD_CHAIRS, _("how many of them use a wheelchair?"));
    if (*here && !strchr("yYnN", *here))
        return refuse(app, party, FIELD_HERE, _("does the party stand here? y or n"));
    request->present = *here == 'y' || *here == 'Y';
    (void)snprintf(request->name, sizeof request->name, "%s", form_text(form, FIELD_NAME));
    (void)snprintf(request->phone, sizeof request->phone, "%s", form_text(form, FIELD_PHONE));
    (void)snprintf(request->note, sizeof request->note, "%s", form_text(form, FIELD_NOTE));
    zone_of(party, form_text(form, FIELD_ZONE), request->zone);
    return true;
}

/* Asks for what the form says: a new entry, or everything of the one that is there. */
static bool post(struct app *app, struct party_form *party)
{
    struct wait_request wish = {0};
    struct amend_request amend = {.entry = party->entry};

    if (!read_form(app, party, &wish))
        return false;
    if (!party->entry.n)
        return app_do(app, &verb_wait, &wish, KEEP_ALL, 0);
    if (!party->filled) {
        app_say(app, TONE_WARN, _("what is stored of the party could not be read"));
        return false;
    }
    amend.party = wish.party;
    amend.fit = wish.fit;
    amend.wheelchairs = wish.wheelchairs;
    amend.present = wish.present;
    memcpy(amend.name, wish.name, sizeof amend.name);
    memcpy(amend.phone, wish.phone, sizeof amend.phone);
    memcpy(amend.zone, wish.zone, sizeof amend.zone);
    memcpy(amend.note, wish.note, sizeof amend.note);
    return app_do(app, &verb_amend, &amend, KEEP_ALL, 0);
}

static bool party_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct party_form *party = state;
    const struct form *form = &party->form;
    const bool draft = party->entry.n
                           ? form_touched(form)
                           : form_text(form, FIELD_NAME)[0] || form_text(form, FIELD_PHONE)[0];

    if (app_draft_stays(app, &party->leaving, draft, action))
        return true;
    if (action == ACTION_ENTER) {
        if (!post(app, party))
            app_drop_keys(app);
        return true;
    }
    if (!form_key(&party->form, key))
        return false;
    const struct editor *editor = &form->fields[form->at].editor;
    if (editor->told[0])
        app_say(app, TONE_WARN, "%s", editor->told);
    return true;
}

static bool party_typing(struct app *app, const void *state)
{
    (void)app;
    (void)state;
    return true;
}

static void draw_facts(const struct party_form *party, const struct surface *surface, int row)
{
    int column = 1;

    if (party->entry.n && party->list && party->list->n)
        column = surface_printf(surface, row, column, STYLE_NORMAL,
                                _("Number %d on the list, and stays there.  "),
                                party->list->rows[0].position);
    else if (party->list)
        column = surface_printf(surface, row, column, STYLE_NORMAL,
                                _("It would be number %zu on the list.  "), party->list->n + 1);
    if (party->map)
        surface_printf(surface, row, column, STYLE_NORMAL,
                       ngettext("%d free, at most %d together.", "%d free, at most %d together.",
                                (unsigned)party->map->show.free),
                       party->map->show.free, party->map->show.together);
}

static void party_draw(struct app *app, void *state, const struct surface *surface)
{
    struct party_form *party = state;
    struct showing showing = {0};
    const struct show_row *show = party->map ? &party->map->show : NULL;
    bool all = surface->rows >= 16;

    if (show)
        showing = (struct showing){show->title, show->hall_name, show->starts_at};
    showing_head(app, surface, party->entry.n ? _("CHANGE A PARTY") : _("ONTO THE LIST"), &showing);
    if (all) {
        draw_facts(party, surface, 1);
        surface_rule(surface, 2);
    }
    form_draw(&party->form, surface, all ? 4 : 1, 1);
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_party = {
    .id = SCREEN_PARTY,
    .state_size = sizeof(struct party_form),
    .open = party_open,
    .close = party_close,
    .draw = party_draw,
    .key = party_key,
    .typing = party_typing,
    .answer = party_answer,
};

/* The same form with what is stored in it. */
const struct screen scr_change = {
    .id = SCREEN_CHANGE,
    .state_size = sizeof(struct party_form),
    .open = party_open,
    .close = party_close,
    .draw = party_draw,
    .key = party_key,
    .typing = party_typing,
    .answer = party_answer,
};

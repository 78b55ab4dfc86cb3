#include "tui/widget/form.h"

#include "core/base/text.h"

int form_add(struct form *form, const char *label, const char *hint, size_t limit)
{
    if (form->n == FORM_FIELDS)
        return FORM_FIELDS - 1;
    struct form_field *field = &form->fields[form->n];
    field->label = label;
    field->hint = hint;
    editor_init(&field->editor, limit);
    return form->n++;
}

const char *form_text(const struct form *form, int field)
{
    return form->fields[field].editor.text;
}

bool form_touched(const struct form *form)
{
    for (int i = 0; i < form->n; i++)
        if (form->fields[i].editor.touched)
            return true;
    return false;
}

bool form_key(struct form *form, const struct key *key)
{
    int by = 0;

    if (form->n == 0)
        return false;
    if (key->press == PRESS_TAB || key->press == PRESS_DOWN)
        by = 1;
    else if (key->press == PRESS_BACKTAB || key->press == PRESS_UP)
        by = form->n - 1;
    if (by == 0)
        return editor_key(&form->fields[form->at].editor, key);
    form->at = (form->at + by) % form->n;
    return true;
}

/* The widest label, so that the fields begin in one column. */
static int label_cells(const struct form *form)
{
    int most = 0;

    for (int i = 0; i < form->n; i++)
        if (text_cells(form->fields[i].label) > most)
            most = text_cells(form->fields[i].label);
    return most;
}

int form_draw(struct form *form, const struct surface *surface, int row, int column)
{
    int labels = column + label_cells(form) + 2;

    for (int i = 0; i < form->n; i++, row++) {
        struct form_field *field = &form->fields[i];
        int room = surface->columns - labels - 1;
        int hint = field->hint ? text_cells(field->hint) + 2 : 0;
        int cells = (int)field->editor.limit + 1;
        if (cells > room - hint)
            cells = room - hint >= 16 ? room - hint : room;
        surface_put(surface, row, column, i == form->at ? STYLE_STRONG : STYLE_NORMAL,
                    field->label);
        if (field->hint && cells + hint <= room)
            surface_put(surface, row, labels + cells + 2, STYLE_FAINT, field->hint);
        editor_draw(&field->editor, surface, row, labels, cells, i == form->at);
        if (i == form->at && field->editor.told[0])
            surface_put(surface, row, labels + cells + 2, STYLE_WARN, field->editor.told);
    }
    return row;
}

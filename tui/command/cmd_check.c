#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/check.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"
#include "tui/command/table.h"

static enum rc print(const struct session *session, const struct check_result *result,
                     struct fault *why)
{
    FILE *out = session->context->out;
    json_t *document;
    char first[1024];

    if (!session->context->json) {
        for (int i = 0; i < result->n; i++) {
            const struct check_row *row = &result->rows[i];
            const char *word = row->holds ? _("ok") : _("BROKEN");

            fprintf(out, "%2d  %s%*s  %s\n", row->number, word, table_blanks(word, 6), "",
                    _(row->text));
            if (!row->holds)
                fprintf(out, "            %s\n", text_escape(row->first, first, sizeof first));
        }
        return RC_OK;
    }
    document = json_array();
    for (int i = 0; document != NULL && i < result->n; i++) {
        const struct check_row *row = &result->rows[i];

        json_array_append_new(
            document,
            json_pack("{s:i, s:s, s:b, s:o}", "number", row->number, "invariant", row->text,
                      "holds", row->holds, "first",
                      row->holds ? json_null()
                                 : document_text(text_escape(row->first, first, sizeof first))));
    }
    return document_print(session->context, document, why);
}

static enum rc check_all(struct session *session, struct fault *why)
{
    struct check_result result;
    enum rc rc = check_run(session->db, &result, why);

    if (rc == RC_OK)
        rc = print(session, &result, why);
    if (rc == RC_OK && result.broken > 0)
        rc = fault_set(why, RC_STORAGE, _("the box office is damaged: %d of %d checks failed"),
                       result.broken, result.n);
    return rc;
}

/* Does the journal know a head that was printed once? */
static enum rc check_one(struct session *session, const char *head, struct fault *why)
{
    char book[64];

    bool known = check_head(session->db, head, book, sizeof book);

    /* A journal that can't be read proves nothing against it. */
    if (!known && sql_failed(session->db) != SQL_OK)
        return verb_storage_fault(session->db, sql_failed(session->db), why);
    if (!known)
        return fault_set(why, RC_NOT_FOUND,
                         _("no book of the journal knows this head: its end was cut or an old copy "
                           "was put back"));
    if (session->context->json)
        return document_print(session->context, json_pack("{s:s, s:s}", "head", head, "book", book),
                              why);
    fprintf(session->context->out, _("known: book %s\n"), book);
    return RC_OK;
}

/* A head is 64 hex digits, as it is printed. */
static enum rc read_head(const char *head, struct fault *why)
{
    size_t n = 0;

    while ((head[n] >= '0' && head[n] <= '9') || (head[n] >= 'a' && head[n] <= 'f'))
        n++;
    if (n == 64 && head[n] == '\0')
        return RC_OK;
    return fault_set(why, RC_BAD_INPUT, _("a head is 64 digits 0 to 9 and a to f"));
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const char *head = NULL;
    const struct cmdline_option options[] = {{"head", &head, NULL}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_check, options, 0, 0, false};
    struct cmdline line;
    struct session session = {0};
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (head != NULL)
        rc = read_head(head, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, false, why);
    if (rc == RC_OK)
        rc = head != NULL ? check_one(&session, head, why) : check_all(&session, why);
    return session_end(&session, rc, why);
}

const struct command cmd_check = {
    "check", "[--head HASH]",
    N_("verifies every invariant of the database, or that the journal knows a printed head"), run};

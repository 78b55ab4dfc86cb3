#include "core/desk/person.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"

static enum rc read_field(const char *field, const char *text, char *out, size_t size,
                          struct fault *why)
{
    enum rc rc;

    if (text[0] == '\0')
        return RC_OK;
    rc = text_check(field, text, size - 1, why);
    if (rc == RC_OK && !text_tidy(text, out, size))
        rc = fault_set(why, RC_BAD_INPUT, _("%s is too long"), field);
    return rc;
}

static enum rc read_phone(struct person *person, struct fault *why)
{
    const char *digits = person->phone_key;
    size_t n;

    if (!text_phone_key(person->phone, person->phone_key, sizeof person->phone_key))
        return fault_set(why, RC_BAD_INPUT, _("the phone is no text"));
    if (*digits == '+')
        digits++;
    n = strlen(digits);
    if (n < PHONE_LEAST)
        return fault_set(why, RC_BAD_INPUT, _("a phone has at least %d digits"), PHONE_LEAST);
    if (n >= PHONE_TAIL_SIZE - 1)
        snprintf(person->phone_tail, sizeof person->phone_tail, "%s",
                 digits + n - (PHONE_TAIL_SIZE - 1));
    return RC_OK;
}

enum rc person_read(struct person *person, const char *name, const char *phone, const char *note,
                    struct fault *why)
{
    enum rc rc;

    *person = (struct person){0};
    rc = read_field(_("name"), name, person->name, sizeof person->name, why);
    if (rc == RC_OK)
        rc = read_field(_("phone"), phone, person->phone, sizeof person->phone, why);
    if (rc == RC_OK)
        rc = read_field(_("note"), note, person->note, sizeof person->note, why);
    if (rc == RC_OK && person->name[0] != '\0' &&
        !text_key(person->name, person->name_key, sizeof person->name_key))
        rc = fault_set(why, RC_BAD_INPUT, _("the name is too long"));
    if (rc == RC_OK && person->phone[0] != '\0')
        rc = read_phone(person, why);
    return rc;
}

const char *person_half(const char *key, size_t *first)
{
    const char *half = strstr(key, ", ");
    size_t between = 2;

    if (half == NULL) {
        half = strrchr(key, ' ');
        between = 1;
    }
    if (first != NULL)
        *first = half != NULL ? (size_t)(half - key) : strlen(key);
    return half != NULL ? half + between : "";
}

const char *person_given(const struct person *person)
{
    return person_half(person->name_key, NULL);
}

char *person_turned(const char *key, char *buffer, size_t size)
{
    size_t first;
    const char *half = person_half(key, &first);
    int n =
        snprintf(buffer, size, "%s%s%.*s", half, key[first] == ',' ? " " : ", ", (int)first, key);

    if (half[0] == '\0' || n < 0 || (size_t)n >= size)
        buffer[0] = '\0';
    return buffer;
}

#include "db/engine.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum sql_rc engine_fail(struct engine_error *why, enum sql_rc rc, const char *format, ...)
{
    char text[sizeof why->text];
    va_list arguments;

    va_start(arguments, format);
    if (vsnprintf(text, sizeof text, format, arguments) < 0)
        text[0] = '\0';
    va_end(arguments);
    text[strcspn(text, "\n")] = '\0';
    memcpy(why->text, text, sizeof text);
    return rc;
}

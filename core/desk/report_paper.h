/* A report on paper, and on the screen as it is printed. */
#ifndef BOXOFFICE_CORE_DESK_REPORT_PAPER_H
#define BOXOFFICE_CORE_DESK_REPORT_PAPER_H

#include "core/desk/report.h"
#include "core/rules/layout.h"

/* Adds the report's lines, `columns` cells wide, under the venue's name, and a cut. False: out of
 * memory. */
bool report_paper(const struct report *report, const char *venue, int columns,
                  struct layout_lines *lines);

#endif

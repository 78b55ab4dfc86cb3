/* Tickets and receipts on paper: a sale's facts put into the fields of a layout (layout.h). */
#ifndef BOXOFFICE_CORE_DESK_TICKET_PAPER_H
#define BOXOFFICE_CORE_DESK_TICKET_PAPER_H

#include "core/desk/tickets.h"
#include "core/rules/layout.h"

/* What a venue puts on its paper; all borrowed. */
struct ticket_house {
    const char *venue; /* its name */
    int64_t tax;       /* in the prices, in hundredths of a per cent; 0: none is printed */
    const struct layout *ticket, *receipt;
    int columns;
};

/* Adds the lines of one ticket of the sale to `lines`. False: out of memory. */
bool ticket_paper(const struct ticket_sheet *sheet, const struct ticket *ticket,
                  const struct ticket_house *house, struct layout_lines *lines);

/* Adds the lines of those of the sale's tickets that have one of these serials. */
bool ticket_paper_serials(const struct ticket_sheet *sheet, const int64_t *serials, int n,
                          const struct ticket_house *house, struct layout_lines *lines);

/* Adds the lines of the sale's receipt. */
bool ticket_paper_receipt(const struct ticket_sheet *sheet, const struct ticket_house *house,
                          struct layout_lines *lines);

#endif

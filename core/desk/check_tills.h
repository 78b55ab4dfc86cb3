/* The invariants of tills (10). Shared by check.c only. */
#ifndef BOXOFFICE_CORE_DESK_CHECK_TILLS_H
#define BOXOFFICE_CORE_DESK_CHECK_TILLS_H

#include "core/desk/check_rows.h"

/*
 * A counted till expects its float and the cash that came and went, and was counted as its pieces
 * say; a closed one keeps the report that its payments still make; Z reports are numbered without
 * gaps.
 */
check_test check_tills;

#endif

/* The invariants of the journal, for check.c. */
#ifndef BOXOFFICE_CORE_DESK_CHECK_BOOKS_H
#define BOXOFFICE_CORE_DESK_CHECK_BOOKS_H

#include "core/desk/check_rows.h"

/* 6: each book is gapless, its chain verifies and ends in its head. */
check_test check_books_chains;

/*
 * 7: each state change has one row. Each show's book is read from its beginning (change.h): every
 * row must begin where the rows before it ended, final states stay, and what the book says last of
 * a seat, a reservation or an entry must be what the tables say now.
 */
check_test check_books_moves;

#endif

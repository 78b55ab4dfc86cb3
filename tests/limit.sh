#!/bin/sh
# Runs one test and ends it, with all that it started, when it takes too long.
# BOXOFFICE_TEST_UNDER may name a command to run it under (valgrind and its options).
# shellcheck disable=SC2086 # split on purpose: it is a command with its options
exec timeout -k 10 "${BOXOFFICE_TEST_SECONDS:-300}" ${BOXOFFICE_TEST_UNDER:-} "$@"

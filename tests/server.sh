#!/bin/sh
# usage: tests/server.sh COMMAND...
#
# BOXOFFICE_TEST_SERVER_OPTIONS in the environment: more options of the server, `-c fsync=on` for
# instance, which is off else.
#
# Runs COMMAND while a PostgreSQL server of its own runs: a new cluster in a directory of its own,
# reached by a unix socket there and nowhere else, by an unprivileged user, gone when COMMAND ends.
# BOXOFFICE_TEST_SERVER is that directory, BOXOFFICE_TEST_PSQL its psql. Ends 77 when PostgreSQL
# is not installed. No other cluster of the machine is touched.
set -eu

bindir=$(pg_config --bindir 2>/dev/null || :)
if [ ! -x "$bindir/initdb" ]; then # the client's pg_config may be of another version
    for bindir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
        [ ! -x "$bindir/initdb" ] || break
    done
fi
if [ ! -x "$bindir/initdb" ]; then
    echo "server.sh: PostgreSQL is not installed" >&2
    exit 77
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/boxoffice-server.XXXXXX")
server=
# shellcheck disable=SC2317 # by the traps
end()
{
    trap - EXIT INT TERM HUP
    if [ -n "$server" ]; then
        kill -INT "$server" 2>/dev/null || :
        wait "$server" 2>/dev/null || :
    fi
    rm -rf "$dir"
}
trap end EXIT
trap 'exit 130' INT TERM HUP

# The server refuses to run as root.
as=
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    chown "$user" "$dir"
    as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups"
fi
chmod 755 "$dir"

# In an order of words unlike that of bytes, which nothing may depend on.
# shellcheck disable=SC2086 # a command in words
{
    cd "$dir"
    $as "$bindir/initdb" -D "$dir/data" -U boxoffice -A trust -E UTF8 --no-sync \
        --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US >"$dir/initdb.log" 2>&1 ||
        { rm -rf "$dir/data" && $as "$bindir/initdb" -D "$dir/data" -U boxoffice -A trust -E UTF8 \
            --no-sync --locale=C.UTF-8 >"$dir/initdb.log" 2>&1; } ||
        { cat "$dir/initdb.log" >&2 && exit 1; }
    $as "$bindir/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off \
        -c full_page_writes=off -c max_connections=200 -c timezone=UTC -c log_lock_waits=on \
        -c max_wal_size=256MB -c synchronous_commit=local \
        -c synchronous_standby_names=nobody ${BOXOFFICE_TEST_SERVER_OPTIONS-} \
        >"$dir/server.log" 2>&1 &
    cd - >/dev/null
}
server=$!
tries=0
until "$bindir/pg_isready" -q -h "$dir"; do
    tries=$((tries + 1))
    if ! kill -0 "$server" 2>/dev/null || [ $tries = 500 ]; then
        cat "$dir/server.log" >&2
        exit 1
    fi
done

# What programs remember of this server goes with it.
mkdir "$dir/share"
XDG_DATA_HOME=$dir/share
export XDG_DATA_HOME
BOXOFFICE_TEST_SERVER=$dir
BOXOFFICE_TEST_PSQL=$bindir/psql
export BOXOFFICE_TEST_SERVER BOXOFFICE_TEST_PSQL
status=0
"$@" || status=$?
exit $status

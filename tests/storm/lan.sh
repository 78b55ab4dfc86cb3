#!/bin/sh
# usage: tests/storm/lan.sh COMMAND...
#
# Runs COMMAND while there is a network of three machines on this one: a server with PostgreSQL and
# two terminals, each in a network namespace of its own, joined by veth and a bridge. Gone when
# COMMAND ends. BOXOFFICE_LAN is what the namespaces' names begin with (-server, -one, -two),
# BOXOFFICE_LAN_DATABASE what libpq is told there, BOXOFFICE_LAN_SOCKET from outside. Ends 77 and
# says why where that cannot be had.
set -eu

skip()
{
    echo "lan.sh: $*" >&2
    exit 77
}
[ "$(id -u)" = 0 ] || skip 'namespaces of the network need root'
{ command -v ip && command -v tc; } >/dev/null || skip 'iproute2 is not installed'
bindir=$(pg_config --bindir 2>/dev/null || :)
if [ ! -x "$bindir/initdb" ]; then
    for bindir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
        [ ! -x "$bindir/initdb" ] || break
    done
fi
[ -x "$bindir/initdb" ] || skip 'PostgreSQL is not installed'

lan=bolan$$
dir=$(mktemp -d "${TMPDIR:-/tmp}/boxoffice-lan.XXXXXX")
server=
# shellcheck disable=SC2317 # by the traps
end()
{
    trap - EXIT INT TERM HUP
    if [ -n "$server" ]; then
        kill -INT "$server" 2>/dev/null || :
        wait "$server" 2>/dev/null || :
    fi
    for name in one two server; do
        ip netns del "$lan-$name" 2>/dev/null || :
    done
    rm -rf "$dir"
}
trap end EXIT
trap 'exit 130' INT TERM HUP

ip netns add "$lan-server" 2>"$dir/reason" || skip "no namespaces here: $(cat "$dir/reason")"
ip -n "$lan-server" link add bridge type bridge 2>"$dir/reason" ||
    skip "no bridge here: $(cat "$dir/reason")"
ip -n "$lan-server" addr add 10.77.0.1/24 dev bridge
ip -n "$lan-server" link set bridge up
ip -n "$lan-server" link set lo up
at=2
for name in one two; do
    ip netns add "$lan-$name"
    ip -n "$lan-server" link add "$name" type veth peer name lan0 netns "$lan-$name"
    ip -n "$lan-server" link set "$name" master bridge up
    ip -n "$lan-$name" addr add "10.77.0.$at/24" dev lan0
    ip -n "$lan-$name" link set lan0 up
    ip -n "$lan-$name" link set lo up
    at=$((at + 1))
done

user=postgres
id "$user" >/dev/null 2>&1 || user=nobody
chown "$user" "$dir"
chmod 755 "$dir"
as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups"
# shellcheck disable=SC2086 # a command in words
{
    cd "$dir"
    $as "$bindir/initdb" -D "$dir/data" -U boxoffice -A trust -E UTF8 --no-sync --locale=C.UTF-8 \
        >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2 && exit 1; }
    echo 'host all all 10.77.0.0/24 trust' >>"$dir/data/pg_hba.conf"
    ip netns exec "$lan-server" $as "$bindir/postgres" -D "$dir/data" -k "$dir" \
        -c listen_addresses=10.77.0.1 -c fsync=off -c full_page_writes=off -c timezone=UTC \
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
"$bindir/psql" -qX -h "$dir" -U boxoffice -d postgres -c "CREATE DATABASE venue$$" >/dev/null

BOXOFFICE_LAN=$lan
BOXOFFICE_LAN_DATABASE='postgresql://boxoffice@10.77.0.1/venue'$$
BOXOFFICE_LAN_SOCKET="host=$dir user=boxoffice dbname=venue$$"
BOXOFFICE_LAN_IP=$(command -v ip)
export BOXOFFICE_LAN BOXOFFICE_LAN_DATABASE BOXOFFICE_LAN_SOCKET BOXOFFICE_LAN_IP
status=0
"$@" || status=$?
exit $status

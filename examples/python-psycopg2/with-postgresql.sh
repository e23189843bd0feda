#!/bin/sh
# with-postgresql.sh COMMAND ARGUMENT...: runs a command with a PostgreSQL server of its own.
#
# The server is new and empty, listens on a socket in a temporary folder alone, belongs to an unprivileged user, and is
# stopped and removed when the command has ended. The command finds it by the usual PGHOST, PGUSER and PGDATABASE.
set -eu

for folder in /usr/lib/postgresql/*/bin /usr/bin; do
    if [ -x "$folder/initdb" ]; then programs=$folder; fi
done
[ -n "${programs:-}" ] || { echo "with-postgresql: there is no PostgreSQL server (initdb)" >&2; exit 1; }

work=$(mktemp -d)
# The server refuses to run as root; packages of PostgreSQL bring a user for it.
if [ "$(id -u)" -eq 0 ]; then
    user='setpriv --reuid=postgres --regid=postgres --clear-groups'
    chown postgres "$work"
else
    user=
fi
server=
# shellcheck disable=SC2317  # called by the trap
finish() {
    if [ -n "$server" ]; then
        kill -INT "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cd "$work"
# Word splitting is wanted: $user is a command or nothing.
# shellcheck disable=SC2086
$user "$programs/initdb" --pgdata "$work/data" --username postgres --auth trust --encoding UTF8 --locale C.UTF-8 \
    --no-sync >"$work/initdb.log" 2>&1 || { cat "$work/initdb.log" >&2; exit 1; }
# shellcheck disable=SC2086
$user "$programs/postgres" -D "$work/data" -k "$work" -c listen_addresses= -c fsync=off \
    -c max_prepared_transactions=10 \
    >"$work/server.log" 2>&1 &
server=$!
export PGHOST="$work" PGUSER=postgres PGDATABASE=postgres
tries=0
until "$programs/pg_isready" --quiet; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "with-postgresql: the server does not start:" >&2
        cat "$work/server.log" >&2
        exit 1
    fi
    sleep 0.1
done
cd - >/dev/null
status=0
"$@" || status=$?
exit "$status"

#!/bin/bash
# What the tests need besides Node, on Debian 12 as root: PostgreSQL 15 with pgvector and ltree on 127.0.0.1:15432, Redis on
# 127.0.0.1:16379, HAProxy (started by the tests themselves), and Chromium. Idempotent: what is there is left alone.
#   test/services.sh        installs what is missing, starts the servers, and says what runs
#   test/services.sh env    prints the variables of what is there: eval "$(test/services.sh env)"
#   test/services.sh stop   ends both servers
set -euo pipefail
D=${SVC_DIR:-$(dirname "$(mktemp -u)")/svc} V=15; B=/usr/lib/postgresql/$V/bin; export DEBIAN_FRONTEND=noninteractive
PORT=15432 REDIS=16379 HAPROXY=/usr/sbin/haproxy   # below 32768: above lies the range that outgoing sockets take
pg() { runuser -u postgres -- "$B/pg_ctl" -D "$D/pg" -s -w "$@"; }
redis() { redis-cli -p $REDIS "$@" 2>/dev/null; }
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
install() { apt-get -qq install -y --no-install-recommends "$@" >/dev/null 2>"$LOG" || { cat "$LOG" >&2; exit 1; }; }

case "${1:-start}" in
  stop) pg -m fast stop || true; redis shutdown nosave || true; exit ;;
  env)
    if listens $PORT; then echo "export TEST_DATABASE_URL=postgresql://postgres@127.0.0.1:$PORT/postgres"; fi
    if listens $REDIS; then echo "export TEST_REDIS_URL=redis://127.0.0.1:$REDIS"; fi
    if [ -x $HAPROXY ]; then echo "export HAPROXY=$HAPROXY"; fi
    for c in chromium chromium-browser google-chrome; do if p=$(command -v $c); then echo "export CHROMIUM=$p"; break; fi; done
    exit ;;
  start) ;;
  *) sed -n '2,6s/^# \?//p' "$0" >&2; exit 2 ;;
esac

LOG=$(mktemp); trap 'rm -f "$LOG"' EXIT
if [ ! -e /usr/lib/postgresql/$V/lib/vector.so ] || [ ! -e /usr/bin/redis-server ] || [ ! -e $HAPROXY ] || [ ! -e /usr/bin/chromium ]; then
  [ "$(id -u)" = 0 ] || { echo "test/services.sh installs packages: run it as root." >&2; exit 1; }
  [ -e /usr/sbin/policy-rc.d ] || { printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d; }   # nothing starts by itself
  apt-get -qq update
fi
if [ ! -e /usr/bin/chromium ]; then install chromium fonts-dejavu-core; fi
if [ ! -e /usr/bin/redis-server ]; then install redis-server; fi
if [ ! -e $HAPROXY ]; then install haproxy; fi
if [ ! -e /usr/lib/postgresql/$V/lib/vector.so ]; then
  # Debian 12 has no pgvector: it is built from the source package of Debian 13, from the mirror this machine already uses.
  install postgresql-$V postgresql-server-dev-$V gcc make libc6-dev
  S=$(mktemp -d); mkdir -p "$S"/{lists,cache,parts}; cd "$S"
  U=$(apt-get indextargets --format '$(REPO_URI)' 'Codename: bookworm' 'Created-By: Packages' | sed -n 1p)
  echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $U trixie main" > src.list
  A="-qq -o Dir::Etc::sourcelist=$S/src.list -o Dir::Etc::sourceparts=$S/parts -o Dir::State::lists=$S/lists -o Dir::Cache=$S/cache -o APT::Sandbox::User=root"
  apt-get $A update; apt-get $A source --download-only pgvector; tar xzf pgvector_*.orig.tar.gz; cd pgvector-*/
  make -s -j2 with_llvm=no OPTFLAGS= PG_CONFIG=$B/pg_config install >/dev/null; cd /; rm -rf "$S"
fi

mkdir -p "$D"; chmod 755 "$D"
[ -e "$D/pg/PG_VERSION" ] || { command install -d -o postgres -m 700 "$D/pg"; runuser -u postgres -- $B/initdb -D "$D/pg" -A trust -U postgres -E UTF8 --locale=C.UTF-8 -N >/dev/null; }
pg status >/dev/null 2>&1 || pg -l "$D/pg/log" -o "-p $PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories=$D/pg" start
redis ping >/dev/null || redis-server --port $REDIS --bind 127.0.0.1 --save "" --appendonly no --daemonize yes --dir "$D" --logfile "$D/redis.log" >/dev/null
for _ in $(seq 50); do redis ping >/dev/null && break; sleep .1; done

echo "PostgreSQL $(psql -h 127.0.0.1 -p $PORT -U postgres -qAtc 'show server_version') on 127.0.0.1:$PORT, with $(psql -h 127.0.0.1 -p $PORT -U postgres -qAtc \
  "select string_agg(name || ' ' || default_version, ', ' order by name) from pg_available_extensions where name in ('ltree', 'vector')")"
echo "Redis $(redis info server | sed -n 's/^redis_version:\([0-9.]*\).*/\1/p') on 127.0.0.1:$REDIS"
echo "$($HAPROXY -v | sed -n 's/^\(HAProxy\) version \([0-9.]*\).*/\1 \2/p') at $HAPROXY"
echo "$(chromium --version 2>/dev/null || echo 'no Chromium') at $(command -v chromium || echo '-')"

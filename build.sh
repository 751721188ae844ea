#!/usr/bin/env bash
# The one door to building, running and testing ActorOps. `./build.sh` lists the verbs.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
publish=artifacts/publish

usage() {
  cat <<'TEXT'
usage: ./build.sh VERB
  run [desk args]   build what is missing, start one node and the paper desk; Ctrl-C stops both
  test              every test this machine can run
  build             compile everything
  publish           artifacts/publish/{actorops-node,actorops,actorops-paperdesk}
  node|desk|cli ... run one program
  bench [filter]    figures with their baselines
  cluster [N]       start N nodes (3) and a private PostgreSQL on loopback; cluster-down ends them
  soak [rounds] [operations]  the long randomised tests
  format            bring the sources into form (format --check only looks)
  all               build, test, publish
TEXT
}

need_sdk() {
  if ! command -v dotnet >/dev/null 2>&1 || ! dotnet --list-sdks | grep -q '^10\.'; then
    cat >&2 <<'TEXT'
ActorOps needs the .NET 10 SDK, and there is none on the PATH.
Install it from https://dotnet.microsoft.com/download/dotnet/10.0, or with your system's package manager
(for example: apt-get install dotnet-sdk-10.0, dnf install dotnet-sdk-10.0), then run this again.
TEXT
    exit 1
  fi
}

newer_sources() {
  [ ! -x "$publish/$1" ] || [ -n "$(find src hocon Directory.Build.props Directory.Packages.props -newer "$publish/.stamp" -type f -not -path '*/obj/*' -print -quit 2>/dev/null)" ]
}

do_publish() {
  need_sdk
  mkdir -p "$publish"
  # What changes while this runs is newer than the stamp. The build's servers outlive it and must not keep the lock.
  touch "$publish/.begun"
  for project in Server Cli PaperDesk; do
    dotnet publish "src/ActorOps.$project" -c Release -o "$publish" --nologo -v quiet -clp:NoSummary 9>&-
  done
  mv "$publish/.begun" "$publish/.stamp"
}

needs_publish() {
  newer_sources actorops-node || [ ! -x "$publish/actorops" ] || [ ! -x "$publish/actorops-paperdesk" ]
}

# Two terminals may need it at once: the second one waits for the first, and then has it.
ensure_published() {
  needs_publish || return 0
  mkdir -p "$publish"
  (
    ! command -v flock >/dev/null 2>&1 || flock 9
    needs_publish || exit 0
    echo "building (the first time takes a minute) ..." >&2
    do_publish
  ) 9>"$publish/.lock"
}

do_run() {
  ensure_published
  data="${ACTOROPS_DATA:-./data}"
  export ACTOROPS_DATA="$data"
  node= desk=
  stop() {
    trap - INT TERM EXIT
    # However the desk ends: the node is stopped after it.
    { [ -n "$desk" ] && kill -TERM "$desk" 2>/dev/null && wait "$desk" 2>/dev/null; } || true
    { [ -n "$node" ] && kill -TERM "$node" 2>/dev/null && wait "$node" 2>/dev/null; } || true
    exit 0
  }
  trap stop INT TERM EXIT
  # Children of their own group: Ctrl-C reaches this script, which stops desk and node in that order.
  # Something to roll back to: two validated versions of each of the paper desk's models.
  for model in momentum mean-reversion; do
    [ -d "$data/models/$model" ] && continue
    for version in 1.0 1.1; do
      mkdir -p "$data/models/$model/versions/$version" "$data/models/$model/active"
      printf '{"model":"%s","version":"%s","validated":true}\n' "$model" "$version" >"$data/models/$model/versions/$version/model_info.json"
    done
    cp "$data/models/$model/versions/1.1/model_info.json" "$data/models/$model/active/model_info.json"
    cp "$data/models/$model/versions/1.0/model_info.json" "$data/models/$model/last_good_model.json"
  done
  # The paper broker answers at the desk's door, beside the desk's own session with it.
  door=$((20000 + RANDOM % 12000))
  setsid "$publish/actorops-node" --config "${ACTOROPS_CONFIG:-hocon/single-node.conf}" --set "actorops.brokers.paper-broker.url=http://127.0.0.1:$door" &
  node=$!
  for _ in $(seq 1 600); do
    [ -f "$data/endpoint.json" ] && grep -q "\"pid\":$node[,}]" "$data/endpoint.json" && break
    kill -0 "$node" 2>/dev/null || { wait "$node" || code=$?; node=; trap - EXIT; exit "${code:-1}"; }
    sleep 0.1
  done
  url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$data/endpoint.json")
  setsid "$publish/actorops-paperdesk" --server "$url" --token-file "$data/desk.token" --memory "$data/paper-desk.json" --control-port "$door" "$@" &
  desk=$!
  echo "web page: $url/minimal   log in with: cat $data/admin.token"
  echo "in another terminal: ./build.sh cli status   ./build.sh cli kill"
  wait -n "$node" "$desk" || true
  stop
}

debian_packages() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 0
  missing=()
  command -v promtool >/dev/null 2>&1 || missing+=(prometheus)
  command -v prometheus-alertmanager >/dev/null 2>&1 || missing+=(prometheus-alertmanager)
  command -v python3 >/dev/null 2>&1 || missing+=(python3)
  command -v curl >/dev/null 2>&1 || missing+=(curl)
  [ -f /usr/share/java/typesafe-config.jar ] || missing+=(libtypesafe-config-java)
  command -v java >/dev/null 2>&1 || missing+=(default-jre-headless)
  command -v faketime >/dev/null 2>&1 || missing+=(faketime)
  if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    missing+=(postgresql)
    # Only the programs are wanted: no server that runs by itself.
    mkdir -p /etc/postgresql-common
    [ -f /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  fi
  command -v pgbouncer >/dev/null 2>&1 || missing+=(pgbouncer)
  if [ ${#missing[@]} -gt 0 ]; then
    echo "installing ${missing[*]}" >&2
    export DEBIAN_FRONTEND=noninteractive
    (apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}") >artifacts/apt.log 2>&1 ||
      echo "could not install ${missing[*]}: see artifacts/apt.log" >&2
  fi
}

do_test() {
  need_sdk
  mkdir -p artifacts/test-results
  rm -f artifacts/test-results/*.trx
  debian_packages
  for tool in promtool java; do
    command -v "$tool" >/dev/null 2>&1 || echo "LEFT OUT: $tool is not here; the tests that compare with it are skipped" >&2
  done
  needs=()
  if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    echo "LEFT OUT: there is no PostgreSQL here (Debian: postgresql); the tests of several nodes are not run" >&2
    needs=(--filter "Needs!=Postgres")
  fi
  [ -n "${ACTOROPS_TEST_TICKS:-}" ] || echo "LEFT OUT: ACTOROPS_TEST_TICKS names no file; tests on a recorded market day are skipped" >&2
  dotnet build ActorOps.sln -c Release --nologo -v quiet -clp:NoSummary
  failed=0
  # One suite after the other: those with real processes measure time, and must not share the machine with the rest.
  for suite in tests/*.Tests; do
    name=$(basename "$suite")
    dotnet test "$suite" -c Release --no-build --nologo --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory artifacts/test-results "${needs[@]}" "$@" || failed=1
  done
  count() { cat artifacts/test-results/*.trx | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{s+=$1} END {print s+0}'; }
  total=$(count total) passed=$(count passed) broken=$(count failed)
  grep -ho 'testName="[^"]*"[^>]*outcome="NotExecuted"' artifacts/test-results/*.trx | sed 's/testName="\([^"]*\)".*/skipped: \1/' || true
  # A suite that died leaves no counters: that is a failure whatever the others say.
  [ "$failed" = 0 ] || [ "$broken" -gt 0 ] || broken=1
  echo "$passed passed, $broken failed, $((total - passed - $(count failed))) skipped"
  [ "$broken" = 0 ]
}

do_soak() {
  need_sdk
  export ACTOROPS_SOAK_ROUNDS="${1:-200}" ACTOROPS_SOAK_OPERATIONS="${2:-12000000}"
  dotnet test tests/ActorOps.Kernel.Tests -c Release --filter Category=Soak --nologo --logger "console;verbosity=detailed"
  dotnet test tests/ActorOps.Storage.Tests -c Release --filter Category=Soak --nologo --logger "console;verbosity=detailed"
  dotnet test tests/ActorOps.Acceptance.Tests -c Release --filter Category=Soak --nologo
}

postgres_programs() {
  command -v initdb >/dev/null 2>&1 && { dirname "$(command -v initdb)"; return; }
  ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1
}

# PostgreSQL refuses to run as root.
as_database_owner() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/p"; }

do_cluster() {
  count="${1:-3}"
  home="$PWD/artifacts/cluster"
  if [ -f "$home/cluster.json" ]; then
    echo "a cluster is there already: ./build.sh cluster-down ends it" >&2
    exit 1
  fi
  case "$count" in '' | *[!0-9]* | 0) echo "usage: ./build.sh cluster [N], N from 1" >&2; exit 2 ;; esac
  mkdir -p artifacts
  debian_packages
  bin=$(postgres_programs)
  if [ -z "$bin" ]; then
    echo "there is no PostgreSQL here (initdb was not found): install it, for example apt-get install postgresql" >&2
    exit 1
  fi
  ensure_published
  rm -rf "$home"
  mkdir -p "$home"
  trap 'echo "the cluster did not come up; see the logs under $home" >&2; do_cluster_down' ERR INT TERM

  # The database's owner may have no way into this folder.
  data=$(mktemp -d /tmp/actorops-cluster-XXXXXX)
  [ "$(id -u)" != 0 ] || chown postgres "$data"
  (cd / && as_database_owner "$bin/initdb" -D "$data/db" -U actorops --auth=trust -E UTF8 --no-sync) >"$home/postgres.log" 2>&1
  started=
  for _ in 1 2 3 4 5 6 7 8; do
    port=$(shuf -i 20000-32000 -n 1)
    if (cd / && as_database_owner "$bin/pg_ctl" -D "$data/db" -w -s -l "$data/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300" start) >>"$home/postgres.log" 2>&1 </dev/null; then
      started=yes
      break
    fi
  done
  [ -n "$started" ]
  connection="Host=127.0.0.1;Port=$port;Database=postgres;Username=actorops"
  store="{\"store\":\"postgres\",\"connection\":\"$connection\",\"pid\":$(head -n 1 "$data/db/postmaster.pid"),\"dataDirectory\":\"$data/db\"}"
  echo "$store" >"$home/store"

  for n in $(seq 1 "$count"); do
    region=eu
    [ $((n % 2)) = 1 ] || region=us
    setsid "$publish/actorops-node" --supervise --config hocon/cluster-node.conf --set "actorops.node.id=node-$n" --set "actorops.node.region=$region" \
      --set "actorops.data=$home/node-$n" --set "actorops.http.port=0" --set "actorops.cluster.connection=$connection" >"$home/node-$n.log" 2>&1 </dev/null &
    echo $! >>"$home/supervisors"
  done
  for n in $(seq 1 "$count"); do
    for _ in $(seq 1 600); do
      [ -f "$home/node-$n/endpoint.json" ] && break
      sleep 0.1
    done
    [ -f "$home/node-$n/endpoint.json" ]
  done
  token="$(ls "$home"/node-*/admin.token | head -n 1)"
  cp "$token" "$home/admin.token"
  cp "$(dirname "$token")/desk.token" "$home/desk.token"
  for n in $(seq 1 "$count"); do
    region=eu
    [ $((n % 2)) = 1 ] || region=us
    echo "{\"node\":\"node-$n\",\"url\":\"$(field url <"$home/node-$n/endpoint.json")\",\"pid\":$(field pid <"$home/node-$n/endpoint.json"),\"region\":\"$region\"}"
  done >"$home/nodes"
  cat "$home/nodes" "$home/store" | sed "s|}\$|,\"tokenFile\":\"$home/admin.token\"}|" >"$home/cluster.json"
  trap - ERR INT TERM
  cat "$home/nodes" "$home/store"
  {
    echo "tokens: $home/admin.token (person), $home/desk.token (paper desk)"
    echo "try:    ./build.sh cli cluster show --server $(head -n 1 "$home/nodes" | field url) --token-file $home/admin.token"
  } >&2
}

do_cluster_down() {
  home="$PWD/artifacts/cluster"
  if [ -f "$home/supervisors" ]; then
    for pid in $(cat "$home/supervisors"); do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in $(cat "$home/supervisors"); do
      for _ in $(seq 1 120); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
      if kill -0 "$pid" 2>/dev/null; then
        # A node that is stopped or stuck takes no orders: it and its manager are ended.
        pkill -KILL -P "$pid" 2>/dev/null || true
        kill -KILL "$pid" 2>/dev/null || true
      fi
    done
  fi
  if [ -f "$home/store" ]; then
    data=$(field dataDirectory <"$home/store")
    (cd / && as_database_owner "$(postgres_programs)/pg_ctl" -D "$data" -m immediate -w -s stop) >/dev/null 2>&1 || true
    rm -rf "$(dirname "$data")"
  fi
  rm -f "$home/cluster.json" "$home/supervisors" "$home/store" "$home/nodes"
}

verb="${1:-}"
[ $# -gt 0 ] && shift
case "$verb" in
  run) do_run "$@" ;;
  test) do_test "$@" ;;
  build) need_sdk; dotnet build ActorOps.sln -c Release --nologo "$@" ;;
  publish) do_publish ;;
  node) ensure_published; exec "$publish/actorops-node" "$@" ;;
  desk) ensure_published; exec "$publish/actorops-paperdesk" "$@" ;;
  cli) ensure_published; exec "$publish/actorops" "$@" ;;
  bench) need_sdk; dotnet run --project tests/ActorOps.Benchmarks -c Release --no-launch-profile -- "$@" ;;
  soak) do_soak "$@" ;;
  format) need_sdk; dotnet format ActorOps.sln $([ "${1:-}" = --check ] && echo --verify-no-changes) --severity error --exclude artifacts ;;
  cluster) do_cluster "$@" ;;
  cluster-down) do_cluster_down ;;
  all) "$0" build && "$0" test && "$0" publish ;;
  *) usage; [ -z "$verb" ] && exit 0 || exit 2 ;;
esac

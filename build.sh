#!/usr/bin/env bash
# The one door to building, running and testing ActorOps. `./build.sh` lists the verbs.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
publish=artifacts/publish

usage() {
  cat <<'TEXT'
usage: ./build.sh VERB
  run               build what is missing, start one node and the paper desk; Ctrl-C stops both (run --help lists its options)
  test              every test this machine can run (test --help lists its options)
  build             compile everything
  publish           artifacts/publish/{actorops-node,actorops,actorops-paperdesk}
  node|desk|cli ... run one program
  bench [filter]    figures with their baselines
  cluster [N]       start N nodes (3) and a private PostgreSQL on loopback; cluster-down ends them
  soak [rounds] [operations]  the long randomised tests
  format            format the sources (format --check only looks)
  all               build, test, publish
TEXT
}

need_sdk() {
  if ! command -v dotnet >/dev/null 2>&1 || ! dotnet --list-sdks | grep -q '^10\.'; then
    cat >&2 <<'TEXT'
ActorOps needs the .NET 10 SDK, which is not on the PATH.
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
  # Sources that change during the build are newer than the stamp. The build's servers outlive it and must not keep the lock.
  touch "$publish/.begun"
  for project in Server Cli PaperDesk; do
    dotnet publish "src/ActorOps.$project" -c Release -o "$publish" --nologo -v quiet -clp:NoSummary 9>&-
  done
  mv "$publish/.begun" "$publish/.stamp"
}

needs_publish() {
  newer_sources actorops-node || [ ! -x "$publish/actorops" ] || [ ! -x "$publish/actorops-paperdesk" ]
}

# Two terminals may need it at once: the second one waits for the first.
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

run_usage() {
  cat <<'TEXT'
usage: ./build.sh run [--fresh] [--drill] [--config FILE] [--set KEY=VALUE]... [desk options]
  --fresh           start over: move the data directory aside, say where, and begin with an empty one
  --drill           new approvers may approve at once; the page, the terminal and the status say DRILL
  --config FILE     configuration of the node (hocon/single-node.conf)
  --set KEY=VALUE   one setting of the node, such as actorops.http.port=8081
Everything else goes to the paper desk; ./build.sh desk --help lists its options.
TEXT
}

# Splits the arguments into those of the node and those of the desk, and checks both before anything starts.
read_run_arguments() {
  fresh= drill=
  node_args=(--config "${ACTOROPS_CONFIG:-hocon/single-node.conf}") desk_args=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --fresh) fresh=yes ;;
      --drill) drill=yes; node_args+=(--set actorops.kill-switch.approver-minimum-age=0s) ;;
      --config | --set)
        [ $# -gt 1 ] || { echo "$1 needs a value; ./build.sh run --help lists the options" >&2; exit 2; }
        node_args+=("$1" "$2")
        shift
        ;;
      --) shift; desk_args+=("$@"); break ;;
      *) desk_args+=("$1") ;;
    esac
    shift
  done
  "$publish/actorops-paperdesk" --check-arguments "${desk_args[@]}" || { echo "./build.sh run --help and ./build.sh desk --help list the options" >&2; exit 2; }
  "$publish/actorops-node" "${node_args[@]}" --check >/dev/null || exit 2
}

running_node() {
  local pid
  pid=$(sed -n 's/.*"pid":\([0-9]*\).*/\1/p' "$data/endpoint.json" 2>/dev/null) || return 1
  [ -n "$pid" ] && grep -q actorops-node "/proc/$pid/cmdline" 2>/dev/null && echo "$pid"
}

start_over() {
  [ -e "$data" ] || return 0
  if pid=$(running_node); then
    echo "a node (process $pid) still uses $data; stop it first" >&2
    exit 1
  fi
  aside="${data%/}.$(date -u +%Y%m%dT%H%M%SZ)"
  while [ -e "$aside" ]; do aside="$aside-again"; done
  mv "$data" "$aside"
  echo "starting over: the old data is in $aside"
  echo "what was tripped there, or waits in a KILL_SWITCH file there, is not in force now"
}

# Something to roll back to: two validated versions of each of the paper desk's models.
write_models() {
  for model in momentum mean-reversion; do
    [ -d "$data/models/$model" ] && continue
    for version in 1.0 1.1; do
      mkdir -p "$data/models/$model/versions/$version" "$data/models/$model/active"
      printf '{"model":"%s","version":"%s","validated":true}\n' "$model" "$version" >"$data/models/$model/versions/$version/model_info.json"
    done
    cp "$data/models/$model/versions/1.1/model_info.json" "$data/models/$model/active/model_info.json"
    cp "$data/models/$model/versions/1.0/model_info.json" "$data/models/$model/last_good_model.json"
  done
}

do_run() {
  case " $* " in *" --help "* | *" -h "*) run_usage; exit 0 ;; esac
  ensure_published
  data="${ACTOROPS_DATA:-./data}"
  export ACTOROPS_DATA="$data"
  read_run_arguments "$@"
  [ -z "$fresh" ] || start_over
  node= desk=
  stop() {
    trap - INT TERM EXIT
    # The node is stopped after the desk, whichever way the desk ended.
    { [ -n "$desk" ] && kill -TERM "$desk" 2>/dev/null && wait "$desk" 2>/dev/null; } || true
    { [ -n "$node" ] && kill -TERM "$node" 2>/dev/null && wait "$node" 2>/dev/null; } || true
    exit "${code:-0}"
  }
  trap stop INT TERM EXIT
  (umask 077 && write_models)
  # The paper broker answers on a port of the desk, beside the desk's own session with it.
  door=$((20000 + RANDOM % 12000))
  # Children in process groups of their own: Ctrl-C reaches this script, which stops desk and node in that order.
  setsid "$publish/actorops-node" "${node_args[@]}" --set "actorops.brokers.paper-broker.url=http://127.0.0.1:$door" &
  node=$!
  for _ in $(seq 1 600); do
    [ -f "$data/endpoint.json" ] && grep -q "\"pid\":$node[,}]" "$data/endpoint.json" && break
    kill -0 "$node" 2>/dev/null || { wait "$node" || code=$?; node=; trap - EXIT; exit "${code:-1}"; }
    sleep 0.1
  done
  url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$data/endpoint.json")
  setsid "$publish/actorops-paperdesk" --server "$url" --token-file "$data/desk.token" --memory "$data/paper-desk.json" --control-port "$door" "${desk_args[@]}" &
  desk=$!
  echo "web page: $url/minimal   log in with: cat $data/admin.token"
  [ -z "$drill" ] || echo "DRILL: new approvers may approve at once"
  echo "in another terminal: ./build.sh cli status   ./build.sh cli kill"
  echo "to start over: ./build.sh run --fresh"
  wait -n "$node" "$desk" 2>/dev/null || code=$?
  if ! kill -0 "$node" 2>/dev/null && [ "${code:-0}" != 0 ]; then
    echo "the node has ended (exit code $code); the desk is stopped too, its positions stay open. Start again: ./build.sh run" >&2
  fi
  stop
}

has() { command -v "$1" >/dev/null 2>&1; }

has_postgres() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

has_chromium() { has chromium || has chromium-browser || has google-chrome; }

# One line for each Debian package that is missing: its name, and what it is for.
missing_packages() {
  has_postgres || echo "postgresql|several nodes, fail-over, leases, backups of a shared store"
  [ "${1:-}" != postgres ] || return 0
  has pgbouncer || echo "pgbouncer|a pooler in front of the database is refused"
  has_chromium || echo "chromium|every form of the web page in a real browser"
  has promtool || echo "prometheus|metrics and alert rules as Prometheus reads them"
  has prometheus-alertmanager || echo "prometheus-alertmanager|a trip from a firing alert, end to end"
  ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || echo "faketime|nodes whose clocks are wrong"
  has java || echo "default-jre-headless|HOCON compared with the reference implementation"
  [ -f /usr/share/java/typesafe-config.jar ] || echo "libtypesafe-config-java|HOCON compared with the reference implementation"
  has python3 || echo "python3|the gate protocol from another language"
  has curl || echo "curl|the gate protocol from a shell"
}

# Asks once, on a terminal; without one it installs if it is root. --install and --no-install say it beforehand.
#   install_packages yes|no|ask [postgres]
install_packages() {
  local answer="$1" as_root=() list packages
  list=$(missing_packages "${2:-}")
  [ -n "$list" ] || return 0
  echo "These Debian packages are missing:" >&2
  echo "$list" | awk -F'|' '{printf "  %-26s %s\n", $1, $2}' >&2
  has apt-get || { echo "This is not a Debian system: install what you need of them by its own means." >&2; return 0; }
  if [ "$(id -u)" != 0 ]; then
    has sudo && [ -t 0 ] && as_root=(sudo) || answer=no
  fi
  if [ "$answer" = ask ] && [ -t 0 ]; then
    read -r -p "Install them with apt-get now? [y/N] " answer || answer=no
  fi
  case "$answer" in
    y | Y | yes | ask) ;;
    *) echo "They are not installed; --install does it." >&2; return 0 ;;
  esac
  packages=$(echo "$list" | cut -d'|' -f1)
  echo "installing $(echo $packages) ..." >&2
  mkdir -p artifacts
  "${as_root[@]}" bash -s $packages >artifacts/apt.log 2>&1 <<'ROOT' || echo "could not install everything: see artifacts/apt.log" >&2
# Only the programs are wanted. No service may start: not now (policy-rc.d), not at the next start of the machine (disable), and no database cluster is made.
services=()
for package in "$@"; do
  case "$package" in
    prometheus) services+=(prometheus.service) ;;
    prometheus-alertmanager) services+=(prometheus-alertmanager.service) ;;
    pgbouncer) services+=(pgbouncer.service) ;;
    postgresql) services+=(postgresql.service) ;;
  esac
done
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 0755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi
mkdir -p /etc/postgresql-common
[ -f /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "$@" </dev/null
code=$?
if command -v systemctl >/dev/null 2>&1; then
  for service in "${services[@]}"; do systemctl disable --now "$service" || true; done
fi
exit $code
ROOT
}

test_usage() {
  cat <<'TEXT'
usage: ./build.sh test [--install | --no-install] [dotnet test options]
  --install      install missing Debian packages without asking
  --no-install   leave out what needs them
  --filter F     only these tests, such as "FullyQualifiedName~KillSwitch"
Without either: asks once on a terminal; without a terminal, installs if it is root.
TEXT
}

# Names what cannot run here, and adds what filters it out.
leave_out() {
  local tool
  left_out=()
  has_postgres || { left_out+=(Postgres); echo "LEFT OUT: PostgreSQL is missing (Debian: postgresql): no test of several nodes is run" >&2; }
  has_chromium || { left_out+=(Chromium); echo "LEFT OUT: Chromium is missing (Debian: chromium): no test of the page in a browser is run" >&2; }
  for tool in promtool java pgbouncer prometheus-alertmanager python3 curl; do
    has "$tool" || echo "LEFT OUT: $tool is missing: the tests that need it are skipped" >&2
  done
}

# Suites in the order in which they run: the short ones first, those with real processes last and alone, because they measure time.
short_suites() { ls -d tests/*.Tests | grep -v -E 'Kernel|Server|Storage|Browser|Acceptance'; }
long_suites() { ls -d tests/*.Tests | grep -E 'Kernel|Server|Storage'; ls -d tests/*.Tests | grep Browser || true; echo tests/ActorOps.Acceptance.Tests; }

run_suite() {
  local suite="$1" name words=minimal
  shift
  name=$(basename "$suite")
  case "$name" in *Acceptance* | *Browser*) words=normal ;; esac
  echo "== $name" >&2
  dotnet test "$suite" -c Release --no-build --nologo --logger "console;verbosity=$words" --logger "trx;LogFileName=$name.trx" --results-directory artifacts/test-results "$@"
}

# Two short suites at a time; each is shown when it has ended.
run_short_suites() {
  local suite failed=0 log pids=()
  for suite in $(short_suites); do
    log="artifacts/test-results/$(basename "$suite").log"
    if [ ${#pids[@]} -ge 2 ]; then
      wait "${pids[0]%%:*}" || failed=1
      cat "${pids[0]#*:}"
      pids=("${pids[@]:1}")
    fi
    run_suite "$suite" "$@" >"$log" 2>&1 &
    pids+=("$!:$log")
  done
  for suite in "${pids[@]}"; do
    wait "${suite%%:*}" || failed=1
    cat "${suite#*:}"
  done
  return $failed
}

do_test() {
  local install=ask filter= options=() need suite failed=0 missing=0
  while [ $# -gt 0 ]; do
    case "$1" in
      --help | -h) test_usage; exit 0 ;;
      --install) install=yes ;;
      --no-install) install=no ;;
      --filter)
        [ $# -gt 1 ] || { test_usage >&2; exit 2; }
        filter="$2"
        shift
        ;;
      *) options+=("$1") ;;
    esac
    shift
  done
  need_sdk
  mkdir -p artifacts/test-results
  rm -f artifacts/test-results/*.trx
  install_packages "$install"
  leave_out
  echo "building (takes a minute or two) ..." >&2
  dotnet build ActorOps.sln -c Release --nologo -v minimal -clp:NoSummary
  for need in "${left_out[@]}"; do
    missing=$((missing + $(count_left_out "$need" "$filter")))
    filter="${filter:+($filter)&}Needs!=$need"
  done
  [ -z "$filter" ] || options+=(--filter "$filter")
  run_short_suites "${options[@]}" || failed=1
  for suite in $(long_suites); do run_suite "$suite" "${options[@]}" || failed=1; done
  report "$failed" "$missing"
}

# Tests that a missing program leaves out, by name on the terminal, and how many.
count_left_out() {
  local found
  found=$(for suite in $(grep -rl --include='*.cs' "\"Needs\", \"$1\"" tests | cut -d/ -f1,2 | sort -u); do
    dotnet test "$suite" -c Release --no-build --nologo --list-tests --filter "${2:+($2)&}Needs=$1" 2>/dev/null | sed -n 's/^    \(ActorOps\.\)/\1/p'
  done)
  [ -z "$found" ] || echo "$found" | sed "s/^/left out (needs $1): /" >&2
  echo "$found" | grep -c . || true
}

report() {
  local failed="$1" missing="$2" total passed broken skipped
  count() { cat artifacts/test-results/*.trx 2>/dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{s+=$1} END {print s+0}'; }
  total=$(count total) passed=$(count passed) broken=$(count failed)
  skipped=$((total - passed - broken + missing))
  grep -ho 'testName="[^"]*"[^>]*outcome="NotExecuted"' artifacts/test-results/*.trx | sed 's/testName="\([^"]*\)".*/skipped: \1/' || true
  # A suite that died leaves no counters: that is a failure whatever the others say.
  [ "$failed" = 0 ] || [ "$broken" -gt 0 ] || broken=1
  echo "$passed passed, $broken failed, $skipped skipped"
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
    echo "a cluster is running already: ./build.sh cluster-down ends it" >&2
    exit 1
  fi
  case "$count" in '' | *[!0-9]* | 0) echo "usage: ./build.sh cluster [N], N from 1" >&2; exit 2 ;; esac
  mkdir -p artifacts
  install_packages ask postgres
  bin=$(postgres_programs)
  if [ -z "$bin" ]; then
    echo "PostgreSQL is missing (initdb was not found): install it, for example with apt-get install postgresql" >&2
    exit 1
  fi
  ensure_published
  rm -rf "$home"
  mkdir -p "$home"
  trap 'echo "the cluster did not start; see the logs under $home" >&2; do_cluster_down' ERR INT TERM

  # The database's owner may have no access to this folder.
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
  (umask 077 && echo "$connection" >"$home/connection")

  for n in $(seq 1 "$count"); do
    region=eu
    [ $((n % 2)) = 1 ] || region=us
    setsid "$publish/actorops-node" --supervise --config hocon/cluster-node.conf --set "actorops.node.id=node-$n" --set "actorops.node.region=$region" \
      --set "actorops.data=$home/node-$n" --set "actorops.http.port=0" --set "actorops.cluster.connection-file=$home/connection" >"$home/node-$n.log" 2>&1 </dev/null &
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
        # A node that is paused or stuck does not hear SIGTERM: it and its manager are killed.
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

# A test that sources this file wants its functions only.
[ "${BASH_SOURCE[0]}" = "$0" ] || return 0

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
  '' | help | --help | -h) usage ;;
  *) echo "'$verb' is not a verb" >&2; usage >&2; exit 2 ;;
esac

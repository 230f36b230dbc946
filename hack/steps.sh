# shellcheck shell=bash
# Sourced by the scripts beside it: what a step prints, and how a long one shows that it lives. All of it goes to
# standard error, so that a script can answer on standard output.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs=$top/artifacts/logs
cache=${MOCK_OPERATOR_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mock-operator}
mkdir -p "$logs" "$cache"

step() { printf '\n==> %s\n' "$*" >&2; }
say() { printf '    %s\n' "$*" >&2; }
fail() { printf '\nerror: %s\n' "$*" >&2; exit 1; }

# quietly LOG COMMAND…: its output goes to artifacts/logs/LOG.log; a line every 20 s says that it is still running, and
# the end of the log is shown when it fails. The line stops with the script, however that ends.
quietly() {
  local log=$logs/$1.log name=$1 started=$SECONDS ticker status=0
  shift
  # The sleep outlives its shell, and whoever reads this script's output would wait for it.
  (while sleep 20 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do printf '    … %s: %d s: %.110s\n' "$name" $((SECONDS - started)) "$(tail -n 1 "$log" 2>/dev/null | tr -d '\r')" >&2; done) &
  ticker=$!
  # In the background, because `set -e` means nothing to a function that is called before `||`.
  (set -e; "$@") >"$log" 2>&1 </dev/null &
  wait $! || status=$?
  kill "$ticker" 2>/dev/null
  wait "$ticker" 2>/dev/null || true
  if ((status != 0)); then
    tail -n 60 "$log" >&2
    printf '    %s failed (exit code %d); all of its output: %s\n' "$name" "$status" "$log" >&2
  else
    say "$name: done in $((SECONDS - started)) s"
  fi
  return "$status"
}

# installed PACKAGE…: Debian packages that are missing are installed.
installed() {
  local missing=() package
  for package; do dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package"); done
  ((${#missing[@]} == 0)) && return
  command -v apt-get >/dev/null || fail "needs ${missing[*]} (names of Debian packages); install them and run this again"
  [[ $(id -u) == 0 ]] || fail "needs ${missing[*]}: sudo apt-get install ${missing[*]}"
  say "installing ${missing[*]}"
  [[ -n ${package_lists_are_fresh:-} ]] || quietly apt-update apt-get update -qq
  package_lists_are_fresh=1
  DEBIAN_FRONTEND=noninteractive quietly apt-install apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

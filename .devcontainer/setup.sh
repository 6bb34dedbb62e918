#!/usr/bin/env bash
# Installs what tests use besides the SDK: PostgreSQL, and a browser. Ubuntu's package of Chromium is a snap, which does not run in a
# container, so the browser is Chrome, which the tests take too.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

apt-get update -qq
apt-get install -y -qq --no-install-recommends curl postgresql
if [ "$(dpkg --print-architecture)" = amd64 ]; then
  package=$(mktemp --suffix .deb)
  trap 'rm -f "$package"' EXIT
  curl -fsSLo "$package" https://dl.google.com/linux/direct/google-chrome-stable_current_amd64.deb
  chmod a+r "$package"
  apt-get install -y -qq --no-install-recommends "$package"
fi

dotnet restore DinOrleans.sln

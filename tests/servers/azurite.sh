#!/usr/bin/env bash
# Azurite 3: Microsoft's own emulator of Azure Blob Storage, from npm; in memory, so nothing is left behind.
# Port 10000 speaks plain http for account keys and SAS; port 10001 https, where it also takes Entra ID tokens.
# shellcheck source=lib/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/server.sh"
port=10000 secure_port=10001
other_ports=("$secure_port")
version=3.37.0
otherwise="Node.js 20 or later with npm"

readonly program=$state/npm/node_modules/.bin/azurite-blob
readonly certificate=$state/certificate.pem key=$state/key.pem

install_server() {
  has_commands node npm || apt_install nodejs npm
  has_commands node npm openssl || apt_install openssl
  if [[ ! -x $program || $(<"$state/version") != "$version" ]]; then
    say "installing azurite $version"
    mkdir -p "$state/npm"
    rm -f "$state/version"
    [[ -e $state/npm/package.json ]] || echo '{"private":true}' >"$state/npm/package.json"
    npm install --prefix "$state/npm" --no-audit --no-fund --loglevel=error "azurite@$version" >"$state/npm.log" 2>&1 ||
      skip "npm could not install azurite@$version (see $state/npm.log); check npm's registry, or get $otherwise"
    echo "$version" >"$state/version"
  fi
  [[ -s $certificate ]] && openssl x509 -checkend 86400 -noout -in "$certificate" >/dev/null 2>&1 && return
  # Tokens are taken over https only; the certificate is good for this machine's loopback and for nothing else.
  openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1,DNS:localhost \
    -keyout "$key" -out "$certificate" 2>/dev/null
}

# It answers 400 to whoever does not sign: any answer will do.
answers() {
  curl -sS -o /dev/null --noproxy '*' --max-time 5 "http://127.0.0.1:$port/" 2>/dev/null &&
    curl -sSk -o /dev/null --noproxy '*' --max-time 5 "https://127.0.0.1:$secure_port/" 2>/dev/null
}

start_server() {
  local common=(--blobHost 127.0.0.1 --inMemoryPersistence --skipApiVersionCheck --disableTelemetry --silent)
  spawn azurite "$program" "${common[@]}" --blobPort "$port"
  spawn azurite-https "$program" "${common[@]}" --blobPort "$secure_port" --oauth basic --cert "$certificate" --key "$key"
}

serve "$@"

#!/bin/bash
# Makes certificates by which the processes of a cluster know each other, for a trial:
#
#   deploy/certificates.sh FOLDER [NAME]
#
# The first run makes an authority. Each run makes a new certificate for NAME, which the setting ClusterTls:Name of all processes must be and is
# "dinorleans" by default. Processes that run take the new one within a minute. Keep authority.key away from the machines of the cluster: whoever has
# it can make certificates.
set -euo pipefail
folder=${1:?usage: certificates.sh FOLDER [NAME]}
name=${2:-dinorleans}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Nobody else on this machine may look into the folder.
umask 077
mkdir -p "$folder"

if [ ! -e "$folder/authority.key" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=$name authority" \
    -addext "keyUsage=critical,keyCertSign,cRLSign" -keyout "$folder/authority.key" -out "$folder/authority.pem" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
fi

# One certificate for all processes is enough for a trial. Each may have its own, from the same authority and with the same name.
cat >"$work/extensions" <<END
subjectAltName = DNS:$name
extendedKeyUsage = serverAuth, clientAuth
keyUsage = critical, digitalSignature
basicConstraints = critical, CA:FALSE
END
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" -keyout "$work/key" -out "$work/request" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
openssl x509 -req -in "$work/request" -CA "$folder/authority.pem" -CAkey "$folder/authority.key" -days 365 -extfile "$work/extensions" -out "$work/certificate" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }

# Docker mounts each file by itself, so the files are written over rather than replaced, and the user of the containers must be able to read them.
cat "$work/certificate" >"$folder/cluster.pem"
cat "$work/key" >"$folder/cluster.key"
chmod 644 "$folder/cluster.pem" "$folder/cluster.key" "$folder/authority.pem"

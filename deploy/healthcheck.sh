#!/bin/bash
# Asks a process of this container how it is: healthcheck.sh PORT PATH. The images have no program that speaks HTTP, so bash does.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/$1"
printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
read -r _ status _ <&3
[ "$status" = 200 ]

#!/bin/sh
# An authority and one certificate a name, made once. For trials: in production they come from where your certificates come from.
#   make-certificates.sh DIRECTORY NAME...
set -eu
directory="$1"
shift
cd "$directory"
if [ ! -f authority.pem ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=ActorOps trial authority" -keyout authority.key -out authority.pem
fi
for name in "$@"; do
  [ ! -f "$name.pem" ] || continue
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" -keyout "$name.key" -out "$name.csr"
  printf 'subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n' "$name" >"$name.ext"
  openssl x509 -req -in "$name.csr" -CA authority.pem -CAkey authority.key -CAcreateserial -days 825 -extfile "$name.ext" -out "$name.pem"
  rm "$name.csr" "$name.ext"
done
chmod 0644 ./*.pem
# The nodes run as a user of their own.
chown -R "${OWNER:-10001}" . 2>/dev/null || true

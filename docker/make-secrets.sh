#!/bin/sh
# Makes an authority, one certificate per node and the database's password, once. For trials: in production they come from where your secrets come from.
#   make-secrets.sh DIRECTORY NAME...
# What each program needs lies in a directory of its own, readable by that program's user alone:
#   DIRECTORY/authority   the authority's private key; mounted by nothing that serves
#   DIRECTORY/public      the authority's certificate
#   DIRECTORY/database    password and pgpass for PostgreSQL
#   DIRECTORY/NAME        node.pem, node.key, authority.pem and password for one node
set -eu
umask 077
directory="$1"
shift
node_owner="${NODE_OWNER:-10001}"
database_owner="${DATABASE_OWNER:-999}"
mkdir -p "$directory/authority" "$directory/public" "$directory/database"
authority="$directory/authority"
if [ ! -f "$authority/authority.pem" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=ActorOps trial authority" -keyout "$authority/authority.key" -out "$authority/authority.pem"
fi
if [ ! -f "$authority/password" ]; then
  openssl rand -hex 24 >"$authority/password"
fi
cp "$authority/authority.pem" "$directory/public/authority.pem"
cp "$authority/password" "$directory/database/password"
printf '*:*:*:actorops:%s\n' "$(cat "$authority/password")" >"$directory/database/pgpass"
for name in "$@"; do
  mkdir -p "$directory/$name"
  if [ ! -f "$directory/$name/node.pem" ]; then
    request="$authority/$name"
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" -keyout "$directory/$name/node.key" -out "$request.csr"
    printf 'subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n' "$name" >"$request.ext"
    openssl x509 -req -in "$request.csr" -CA "$authority/authority.pem" -CAkey "$authority/authority.key" -CAcreateserial -days 825 -extfile "$request.ext" -out "$directory/$name/node.pem"
    rm "$request.csr" "$request.ext"
  fi
  cp "$authority/authority.pem" "$authority/password" "$directory/$name/"
  chown -R "$node_owner" "$directory/$name" 2>/dev/null || true
  chmod 0700 "$directory/$name"
done
chown -R "$database_owner" "$directory/database" 2>/dev/null || true
chmod 0700 "$directory/database"
chmod 0755 "$directory/public"
chmod 0644 "$directory/public/authority.pem"

# The demo: sourced by tools/run after the build. A server on fresh data in data/demo, an example
# installation, and simulated stations with cars that come and go.

data=data/demo
log=$data/server.log
rm -rf "$data"
mkdir -p "$data"
server= simulator=

stop() {
    trap - INT TERM EXIT
    echo
    say "Stopping"
    [ -n "$simulator" ] && kill -TERM "$simulator" 2>/dev/null
    [ -n "$simulator" ] && wait "$simulator" 2>/dev/null
    [ -n "$server" ] && kill -TERM "$server" 2>/dev/null
    [ -n "$server" ] && wait "$server" 2>/dev/null
    say "Stopped. The demo's data is in $data until the next demo."
    exit 0
}
trap stop INT TERM EXIT

# Both run in the background of this shell, so that Ctrl-C reaches this script first and they end in
# order: stations, then the server.
setsid $bin/kurs-server "${console[@]}" --data "$data" "${arguments[@]}" >"$data/server.out" 2>"$log" &
server=$!

# The value after KEY= in the server's first lines.
told() { sed -n "s/.*\b$1=\([^ ]*\).*/\1/p" "$data/server.out" | head -n 1; }

for _ in $(seq 100); do
    [ -n "$(told stations)" ] && break
    kill -0 "$server" 2>/dev/null || { cat "$data/server.out" "$log" >&2; exit 1; }
    sleep 0.1
done
stations=$(told stations) operators=$(told operators)
export KURS_USER=$(told user) KURS_PASSWORD=$(told password) KURS_SERVER="ws://$operators"
[ -n "$stations" ] && [ -n "$KURS_PASSWORD" ] || { cat "$data/server.out" "$log" >&2; exit 1; }

say "Creating the example installation: 63 A TN 400 V, two circuits, eight charge points"
# call METHOD JSON: prints the id of what was made.
call() { $bin/kurs call "$1" "$2" | sed -n 's/^ *"id": *\([0-9]*\).*/\1/p' | head -n 1; }

token=04D3E0
$bin/kurs call token.put "{\"token\":\"$token\",\"label\":\"Demo card\"}" >/dev/null
installation=$(call installation.create '{"name":"Storgata 1","address":"Storgata 1, Oslo","grid":"TN400","limit_a":63}')
number=0
for circuit in 1 2; do
    id=$(call circuit.create "{\"installation\":$installation,\"label\":\"Kurs $circuit\",\"rating_a\":40}")
    # Terminals are wired to the lines in turn, so that one-phase cars meet on different lines.
    for rotation in '[1,2,3]' '[2,3,1]' '[3,1,2]' '[1,2,3]'; do
        number=$((number + 1))
        point=$(call charge_point.create "{\"circuit\":$id,\"name\":\"P-10$number\",\"rotation\":$rotation,\"active\":true}")
        $bin/kurs call station.assign "{\"station\":\"SIM-$number\",\"charge_point\":$point}" >/dev/null
    done
done

setsid $bin/kurs-sim --url "ws://127.0.0.1:${stations##*:}/ocpp" --stations 8 --prefix SIM- \
    --versions 1.6,2.0.1 --token "$token" >"$data/stations.log" 2>&1 &
simulator=$!

say "Running. Cars come and go within minutes; Ctrl-C stops all of it."
cat <<TEXT

  Console:           http://$operators/
  Login:             $KURS_USER  $KURS_PASSWORD
  Stations connect:  ws://<this machine>:${stations##*:}/ocpp/<identity>
  Command line:      KURS_SERVER=$KURS_SERVER KURS_USER=$KURS_USER KURS_PASSWORD=$KURS_PASSWORD \\
                       $bin/kurs watch live --installation $installation
  Logs:              $log (server), $data/stations.log (stations and cars)

TEXT
# Ends when either of the two does, or on Ctrl-C.
wait -n "$server" "$simulator" || true
echo "A part of the demo ended by itself; its log:" >&2
tail -n 5 "$log" "$data/stations.log" >&2

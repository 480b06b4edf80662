# In the namespace: the world, a run that is watched, the check, the same run under what was learned.
# Arguments: the launcher, directory to serve, workspace, where the charter goes.
set -u
python3 "${0%/*}/learn_world.py" "$2" >"$4.up" &
until grep -q up "$4.up"; do sleep 0.05; done
cd "$3" || exit 1
"$1" learn --out "$4" -- bash work.sh >"$4.first" 2>"$4.first.err"
echo "learn $?"
"$1" charter check "$4" >"$4.check" 2>&1
echo "check $?"
"$1" run --charter "$4" -- bash work.sh >"$4.second" 2>"$4.second.err"
echo "run $?"
cat >work.sh <<'OTHER'
# Starts like the work, and is other work.
(exec 4<>/dev/tcp/files.example/80) && echo granted
(exec 4<>/dev/tcp/files.example/443) && echo another port
(exec 4<>/dev/tcp/only.example/80) && echo only looked up
(exec 4<>/dev/tcp/only.example/443) && echo only looked up
(exec 4<>/dev/tcp/203.0.113.9/80) && echo another port of an address
(exec 4<>/dev/tcp/other.example/80) && echo another name
curl -s http://files.example/other && echo other arguments
id && echo another program
OTHER
"$1" run --charter "$4" -- bash work.sh >"$4.third" 2>"$4.third.err"
kill %1

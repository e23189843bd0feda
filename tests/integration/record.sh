#!/usr/bin/env bash
# tests/bench/stacks/record.py: its phases add up to what the kernel has counted.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

record=$source_tree/tests/bench/stacks/record.py

# counted: the CPU seconds of the record out.json, those of its phases, and whether both are the same but for half a
# second.
counted() {
    python3 - <<'END'
import json
record = json.load(open("out.json"))
phases = sum(phase["cpu"] for phase in record["phases"].values())
print(record["cpu"], phases, "same" if abs(record["cpu"] - phases) < 0.5 else "different")
END
}

# A second of CPU time, whatever else the machine does.
cat >"$folder/work" <<'END'
#!/usr/bin/env python3
import time
while time.process_time() < 1:
    pass
END
chmod +x "$folder/work"

start orphan 'what has lost its parent counts once, as a process pool that a program leaves to end by itself'
cat >command.sh <<END
("$folder/work"; touch ended) &
exit 0
END
# What ends in the last moment before the record does is not seen.
expect 0 "$record" out.json sh -c "sh command.sh; '$folder/work'; until [ -e ended ]; do sleep 0.1; done; sleep 1"
counted >out
says out same
pass

start left-out 'a process that a list of children leaves out for a moment is not counted again'
cat >forgetful.py <<END
import sys
sys.path.insert(0, "$(dirname "$record")")
import record
listed, times = record.children, [0]
def children(pid):
    times[0] += 1
    return [] if times[0] % 4 == 0 else listed(pid)
record.children = children
sys.exit(record.main(["out.json", "sh", "-c", "'$folder/work'; '$folder/work'; sleep 1"]))
END
expect 0 python3 -B forgetful.py
counted >out
says out same
pass

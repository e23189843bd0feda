"""described_json.py DOCUMENT SECTION FILE: fails when FILE has a key that the section of the document does not name."""
import json
import re
import sys

document, section, file = sys.argv[1:]
text = open(document, encoding="utf-8").read().split("\n## " + section + "\n", 1)[1].split("\n## ", 1)[0]
known = set(re.findall(r"`([^`]+)`", text))
NAMED_BY_OTHERS = {"totals", "on_top", "unaffected"}  # objects whose keys are names of verdicts, configurations, checks


def keys(value):
    if isinstance(value, list):
        for each in value:
            yield from keys(each)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(list(inner.values()) if key in NAMED_BY_OTHERS else inner)


with open(file, encoding="utf-8") as stream:
    value = json.load(stream)
if value.get("format") != 1:
    sys.exit("%s: its format is %r" % (section, value.get("format")))
missing = sorted(set(keys(value)) - known)
if missing:
    sys.exit("docs/json.md does not describe %s of %s" % (", ".join(missing), section))

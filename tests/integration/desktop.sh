#!/usr/bin/env bash
# What the main Python's -idle tells the desktop: an entry of the menu, and one of the catalogue of programs.
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

start files 'the files are what their formats want'
python3 - "$source_tree/specs/common/python3.toml" <<'END' || fail 'they cannot be taken out of the stack'
import configparser, sys, tomllib, xml.etree.ElementTree
with open(sys.argv[1], "rb") as file:
    steps = tomllib.load(file)["install-step"]
for step in steps:
    name = step.get("write", "").rpartition("/")[2]
    if name.startswith("idle3."):
        with open(name, "w", encoding="utf-8") as file:
            file.write(step["text"].replace("%%", "%"))
entry = configparser.ConfigParser(interpolation=None)
entry.optionxform = str
entry.read("idle3.desktop")
assert entry["Desktop Entry"]["Exec"] == "idle3 %F", entry["Desktop Entry"]["Exec"]
icons = [step["to"] for step in steps if "idlelib/Icons" in step.get("copy", "")]
assert len(icons) == 4 and all(icon.endswith("/" + entry["Desktop Entry"]["Icon"] + ".png") for icon in icons), icons
component = xml.etree.ElementTree.parse("idle3.appdata.xml").getroot()
assert component.find("launchable").text == "idle3.desktop"
END
if command -v desktop-file-validate >/dev/null; then
    expect 0 desktop-file-validate idle3.desktop
    [ ! -s out ] || fail 'desktop-file-validate has something to say'
fi
if command -v appstreamcli >/dev/null; then expect 0 appstreamcli validate --no-net idle3.appdata.xml; fi
pass

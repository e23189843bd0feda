#!/usr/bin/env python3
"""Compares records that record.py wrote: a table, JSON, and a picture of who ran on which core when.

    timeline.py RESULT.json PICTURE.svg RECORD.json...

The name of a record, up to its last hyphen, says which program it is of. Of several records of one program the one with
the median wall time is shown; the first program is divided by the second.
"""
import html
import json
import os
import statistics
import sys

from simulation import simulate

SIMULATED_CORES = (1, 2, 16, 64)
COLOURS = {
    "prepare": "#8c8c8c", "configure": "#d9a441", "compile": "#3f7fbf", "training": "#b04a9b", "link": "#1f4f7f",
    "install": "#6aa84f", "byte-compile": "#2e8b57", "compare": "#e0713a", "check": "#a0522d", "debuginfo": "#7a5fc4",
    "dependencies": "#c4a35f", "package": "#c0392b", "other": "#444444",
}


def median(records):
    return sorted(records, key=lambda record: record["wall"])[(len(records) - 1) // 2]


def read(paths):
    programs = {}
    for path in paths:
        name = os.path.basename(path)[:-len(".json")].rsplit("-", 1)[0]
        with open(path) as file:
            programs.setdefault(name, []).append(json.load(file))
    return programs


def table(programs):
    shown = {name: median(records) for name, records in programs.items()}
    phases = [phase for phase in COLOURS if any(phase in record["phases"] for record in shown.values())]
    lines = ["%-14s" % "seconds" + "".join("%24s" % name for name in shown),
             "%-14s" % "" + "".join("%12s%12s" % ("wall", "CPU") for _ in shown)]
    for phase in phases:
        cells = ""
        for record in shown.values():
            found = record["phases"].get(phase)
            cells += "%12.1f%12.1f" % (found["wall"], found["cpu"]) if found else "%12s%12s" % ("-", "-")
        lines.append("%-14s" % phase + cells)
    lines.append("%-14s" % "all" + "".join("%12.1f%12.1f" % (r["wall"], r["cpu"]) for r in shown.values()))
    lines.append("%-14s" % "limit" + "".join("%12.1f%12s" % (r["cpu"] / r["cores"], "") for r in shown.values()))
    lines.append("%-14s" % "peak, MB" + "".join("%12.0f%12s" % (r["peak_bytes"] / 1e6, "") for r in shown.values()))
    lines.append("")
    for cores in SIMULATED_CORES:
        answers = [simulate(record, cores) if "lanes" in record else None for record in shown.values()]
        cells = ("%12.1f%12s" % (each[0], "") if each else "%12s%12s" % ("-", "") for each in answers)
        lines.append("%-14s" % f"simulated, {cores}" + "".join(cells))
    for name, record in shown.items():
        if "lanes" in record:
            longest = simulate(record, SIMULATED_CORES[-1])[1]
            lines.append(f"{name} on {SIMULATED_CORES[-1]} cores: " + " > ".join(longest))
    return "\n".join(lines), shown


def result(programs, shown):
    answer = {"programs": {}}
    for name, records in programs.items():
        walls = [record["wall"] for record in records]
        record = shown[name]
        answer["programs"][name] = {
            "runs": len(records), "wall": [min(walls), statistics.median(walls), max(walls)], "cpu": record["cpu"],
            "limit": record["cpu"] / record["cores"], "cores": record["cores"], "peak_bytes": record["peak_bytes"],
            "phases": record["phases"],
        }
        if "lanes" in record:
            answer["programs"][name]["simulated"] = {
                str(cores): dict(zip(("wall", "bounded_by"), simulate(record, cores))) for cores in SIMULATED_CORES}
    names = list(programs)
    if len(names) == 2:
        first, second = (shown[name] for name in names)
        answer["ratio"] = {"of": names[0], "to": names[1], "wall": first["wall"] / second["wall"],
                           "cpu": first["cpu"] / second["cpu"]}
    return answer


def picture(shown):
    longest = max(record["wall"] for record in shown.values())
    width, left, row = 1200, 90, 22
    scale = (width - left - 20) / longest
    body, top = [], 30
    for name, record in shown.items():
        body.append('<text x="8" y="%d" class="name">%s: %.0f s, %.0f s of CPU</text>'
                    % (top, html.escape(name), record["wall"], record["cpu"]))
        for core in range(record["cores"]):
            y = top + 8 + core * (row + 4)
            body.append('<text x="8" y="%d">core %d</text>' % (y + row - 6, core))
            body.append('<rect x="%d" y="%d" width="%.1f" height="%d" class="idle"/>'
                        % (left, y, record["wall"] * scale, row))
            for where, begin, end, phase, program in record["segments"]:
                if where == core:
                    body.append('<rect x="%.2f" y="%d" width="%.2f" height="%d" fill="%s"><title>%s, %s: %.1f s to '
                                '%.1f s</title></rect>'
                                % (left + begin * scale, y, max((end - begin) * scale, 0.15), row,
                                   COLOURS.get(phase, "#444"), html.escape(program), phase, begin, end))
        top += 8 + record["cores"] * (row + 4) + 36
    step = next(each for each in (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800) if longest / each <= 24)
    for second in range(0, int(longest) + 1, step):
        at = left + second * scale
        body.append('<text x="%.1f" y="%d" text-anchor="middle">%d s</text>' % (at, top - 10, second))
    for index, (phase, colour) in enumerate(COLOURS.items()):
        x, y = 8 + index % 7 * 165, top + 14 + index // 7 * 20
        body.append('<rect x="%d" y="%d" width="12" height="12" fill="%s"/><text x="%d" y="%d">%s</text>'
                    % (x, y, colour, x + 17, y + 10, phase))
    height = top + 60
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d">'
            '<style>text{font:12px sans-serif;fill:#222}.name{font-weight:bold}.idle{fill:#eee}</style>'
            '<rect width="100%%" height="100%%" fill="#fff"/>%s</svg>\n'
            % (width, height, width, height, "\n".join(body)))


def main(arguments):
    if len(arguments) < 3:
        sys.exit(__doc__)
    programs = read(arguments[2:])
    text, shown = table(programs)
    answer = result(programs, shown)
    with open(arguments[0], "w") as output:
        json.dump(answer, output, indent=2)
    with open(arguments[1], "w") as output:
        output.write(picture(shown))
    print(text)
    if "ratio" in answer:
        print("%(of)s / %(to)s: %(wall).2f of wall time, %(cpu).2f of CPU time" % answer["ratio"])


if __name__ == "__main__":
    main(sys.argv[1:])

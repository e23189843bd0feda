"""How long a recorded build would take on other numbers of cores: a simulation, by CPU seconds and what waits for what.

Every phase of every configuration is a step with its recorded CPU seconds. A step runs on as many cores as are free,
but not on more than it can use: configure, install and the like use one, compilers as many as there are files (bounded
by the longest single process, as the link of libpython bounds its step). Steps get cores in the order of the list, and
nothing else costs time: no disk, no memory, no processor that is slower when the others are busy.
"""

# A phase of which every part is a file of its own, so that any number of cores helps.
BY_FILE = {"compile", "byte-compile", "dependencies", "debuginfo"}
# Their processes are as long as they are: the longest bounds the step. The others use one core.
BY_PROCESS = {"link", "training", "package"}

OF_CONFIGURATION = ["configure", "compile", "training", "link", "install", "byte-compile"]
OF_ALL = ["compare", "byte-compile", "check", "debuginfo", "dependencies", "package", "other"]


class Step:
    def __init__(self, name, cpu, most_cores, after):
        self.name = name
        self.left = cpu
        self.most_cores = most_cores
        self.after = [step for step in after if step is not None]
        self.ended = None


def steps_of(record):
    """In the order in which they get cores. What is built one after the other waits for the one before."""
    found = {(entry["lane"], entry["phase"]): entry for entry in record["lanes"]}
    sequential = "pystacks" not in record["command"][0]
    lanes = sorted({lane for lane, _ in found if lane}, key=lambda lane: (lane == "optimized") == sequential)
    steps = []

    def add(lane, phase, after):
        entry = found.pop((lane, phase), None)
        if entry is None:
            return None
        cores = 1e9 if phase in BY_FILE else 1.0
        if phase in BY_PROCESS or phase == "compile":
            cores = max(1.0, entry["cpu"] / max(entry["longest"], 0.01))
        steps.append(Step((lane + " " + phase).strip(), entry["cpu"], cores, after))
        return steps[-1]

    start = add("", "prepare", [])
    before, ends = start, []
    for lane in lanes:
        for phase in OF_CONFIGURATION:
            before = add(lane, phase, [before]) or before
        ends.append(before)
        if not sequential:
            before = start
    last = None
    for phase in OF_ALL:
        last = add("", phase, [last] if last else ends) or last
    for lane, phase in sorted(found):
        last = add(lane, phase, [last] if last else ends) or last
    return steps


def simulate(record, cores):
    """Seconds, and the names of the steps by which they are bounded: each began when the one before it ended."""
    steps = steps_of(record)
    now = 0.0
    while any(step.ended is None for step in steps):
        free, rates = float(cores), {}
        for step in steps:
            if step.ended is None and all(each.ended is not None for each in step.after) and free > 0:
                rates[step] = min(step.most_cores, free)
                free -= rates[step]
        passed = min(step.left / rate for step, rate in rates.items())
        now += passed
        for step, rate in rates.items():
            step.left -= passed * rate
            if step.left < 1e-6:
                step.ended = now
    chain, step = [], max(steps, key=lambda each: each.ended)
    while step is not None:
        chain.append(step.name)
        step = max(step.after, key=lambda each: each.ended, default=None)
    return now, list(reversed(chain))

"""Writes the file list of %pyproject_save_files: BUILDROOT LIST SITE… -- NAME…

Listed are the metadata folders and, of each name, the module or package at the top of a site-packages folder.
"""
import fnmatch
import os
import sys


def belongs(entry, names):
    if entry.endswith((".dist-info", ".egg-info")):
        return True
    return any(fnmatch.fnmatchcase(entry.split(".")[0], name) for name in names)


def lines_below(root, path):
    full = root + path
    if os.path.islink(full) or not os.path.isdir(full):
        return [path]
    found = ["%dir " + path]
    for entry in sorted(os.listdir(full)):
        found += lines_below(root, path + "/" + entry)
    return found


def main(arguments):
    root, target = arguments[:2]
    border = arguments.index("--")
    sites, names = sorted(set(arguments[2:border])), arguments[border + 1:]
    found = []
    for site in sites:
        entries = sorted(os.listdir(root + site)) if os.path.isdir(root + site) else []
        for entry in entries:
            if belongs(entry, names):
                found += lines_below(root, site + "/" + entry)
        cache = site + "/__pycache__"
        if os.path.isdir(root + cache):
            found += [cache + "/" + entry for entry in sorted(os.listdir(root + cache)) if belongs(entry, names)]
    if not found:
        sys.exit("save_files.py: nothing in %s has a name of %s" % (", ".join(sites), ", ".join(names)))
    with open(target, "w") as output:
        output.write("\n".join(found) + "\n")


main(sys.argv[1:])

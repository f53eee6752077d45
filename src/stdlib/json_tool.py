"""`python -m json`: read JSON and write it nicely."""

import argparse
import json
import sys


def main():
    parser = argparse.ArgumentParser(
        description="A simple command line interface for json module to validate and pretty-print JSON objects."
    )
    parser.add_argument("infile", nargs="?", help="a JSON file to be validated or pretty-printed; defaults to stdin", default="-")
    parser.add_argument("outfile", nargs="?", help="write the output of infile to outfile", default=None)
    parser.add_argument("--sort-keys", action="store_true", default=False,
                        help="sort the output of dictionaries alphabetically by key")
    parser.add_argument("--no-ensure-ascii", dest="ensure_ascii", action="store_false",
                        help="disable escaping of non-ASCII characters")
    parser.add_argument("--json-lines", action="store_true", default=False,
                        help="parse input using the JSON Lines format. Use with --no-indent or --compact to produce valid "
                        "JSON Lines output.")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--indent", default=4, type=int,
                       help="separate items with newlines and use this number of spaces for indentation")
    group.add_argument("--tab", action="store_const", dest="indent", const="\t",
                       help="separate items with newlines and use tabs for indentation")
    group.add_argument("--no-indent", action="store_const", dest="indent", const=None,
                       help="separate items with spaces rather than newlines")
    group.add_argument("--compact", action="store_true", help="suppress all whitespace separation (most compact)")
    options = parser.parse_args()

    how = {"sort_keys": options.sort_keys, "indent": options.indent, "ensure_ascii": options.ensure_ascii}
    if options.compact:
        how["indent"] = None
        how["separators"] = ",", ":"

    infile = sys.stdin if options.infile == "-" else open(options.infile, encoding="utf-8")
    try:
        # All is read before anything is written: it may be the same file.
        if options.json_lines:
            values = [json.loads(line) for line in infile]
        else:
            values = [json.load(infile)]
    except ValueError as error:
        raise SystemExit(error)
    finally:
        if infile is not sys.stdin:
            infile.close()
    outfile = sys.stdout if options.outfile is None else open(options.outfile, "w", encoding="utf-8")
    try:
        for value in values:
            json.dump(value, outfile, **how)
            outfile.write("\n")
    finally:
        if outfile is not sys.stdout:
            outfile.close()


if __name__ in ("__main__", "json.__main__"):
    try:
        main()
    except BrokenPipeError as error:
        raise SystemExit(error.errno)

"""Runs the cells of a notebook in order, without Jupyter.

    notebook.py FILE          fails with a difference where a cell gives something else than is in the file
    notebook.py FILE --write  puts what the cells give into the file

The folder that it is started in is the one in which the cells look for a world.
"""

import ast
import contextlib
import difflib
import io
import json
import sys

file = sys.argv[1]
notebook = json.load(open(file, encoding="utf-8"))
names = {"__name__": "__main__"}


def run(source):
    """Runs a cell: what it prints, and the value of its last line if that is an expression."""
    tree = ast.parse(source)
    last = tree.body[-1] if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(tree.body[:-1] if last else tree.body, []), file, "exec"), names)
        value = eval(compile(ast.Expression(last.value), file, "eval"), names) if last else None
    return printed.getvalue(), value


def outputs(count, printed, value):
    """As a notebook has them: text, and a table for whoever can show one."""
    found = []
    if printed:
        found.append({"name": "stdout", "output_type": "stream", "text": printed.splitlines(True)})
    if value is not None:
        data = {"text/plain": repr(value).splitlines(True)}
        if hasattr(value, "_repr_html_"):
            html = value._repr_html_()
            # Jupyter's own style does as well.
            html = html[: html.index("<style")] + html[html.index("</style>") + 9 :]
            data["text/html"] = html.splitlines(True)
        found.append(
            {"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"}
        )
    return found


def lines(value):
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True).splitlines()


failed = False
count = 0
for cell in notebook["cells"]:
    if cell["cell_type"] != "code":
        continue
    count += 1
    found = outputs(count, *run("".join(cell["source"])))
    if "--write" in sys.argv:
        cell["execution_count"], cell["outputs"] = count, found
    elif found != cell["outputs"]:
        failed = True
        print(f"cell {count} gives something else:")
        print("\n".join(difflib.unified_diff(lines(cell["outputs"]), lines(found), "file", "now")))

if "--write" in sys.argv:
    with open(file, "w", encoding="utf-8", newline="\n") as out:
        out.write(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")
elif not failed:
    print(f"{count} cells give what is in the file")
sys.exit(1 if failed else 0)

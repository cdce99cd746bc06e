"""Typst on its side of a pipe: the quickest typesetter that offices could use instead.

Run by the Python of an environment of its own, which has `typst` and `segno`. Each line on the
standard input is a page or a table as JSON; each answer is the seconds it took and its bytes.
"""

import io
import json
import os
import sys
import tempfile
import time

_RECEIPT = """
#set page(paper: "a4", margin: 20mm)
#set text(font: "Counter Serif", size: 10.5pt)
#let given = json(bytes(sys.inputs.given))
#for (n, line) in given.lines.enumerate() {
  if n < 3 { align(center, strong(line)) } else { par(line) }
}
#place(bottom + right, image(bytes(given.qr), format: "svg", width: 32mm))
"""
_TABLE = """
#set page(paper: "a4", margin: 14mm, numbering: "1")
#set text(font: "Counter Serif", size: 7.5pt)
#let given = json("given.json")
#table(columns: given.widths.map(width => width * 1pt), inset: 2pt, stroke: (bottom: .3pt),
  table.header(..given.head), ..given.rows.flatten())
"""


def main(fonts):
    """Answer until the input ends; `fonts` is the folder they are in."""
    import segno
    import typst

    place = tempfile.mkdtemp(prefix="bench-typst-")
    compilers = {}
    for name, source in (("receipt", _RECEIPT), ("table", _TABLE)):
        path = os.path.join(place, f"{name}.typ")
        with open(path, "w", encoding="utf-8") as file:
            file.write(source)
        compilers[name] = typst.Compiler(path, font_paths=[fonts])
    for line in sys.stdin:
        given = json.loads(line)
        began = time.perf_counter()
        if "code" in given:
            drawn = io.BytesIO()
            segno.make_qr(given["code"], error="m").save(drawn, kind="svg", border=0)
            inputs = {"given": json.dumps({**given, "qr": drawn.getvalue().decode()})}
            pdf = compilers["receipt"].compile(format="pdf", sys_inputs=inputs)
        else:
            with open(os.path.join(place, "given.json"), "w", encoding="utf-8") as file:
                file.write(line)
            pdf = compilers["table"].compile(format="pdf")
        print(json.dumps([time.perf_counter() - began, len(pdf)]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])

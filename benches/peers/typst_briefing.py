"""The same dossier with Typst. usage: typst_briefing.py DOSSIER.yaml FONTS OUT.pdf"""

import os
import sys

import typst

dossier, fonts, out = map(os.path.abspath, sys.argv[1:])
document = os.path.join(os.path.dirname(os.path.abspath(__file__)), "briefing.typ")
typst.compile(document, output=out, root="/", font_paths=[fonts], ignore_system_fonts=True, sys_inputs={"dossier": dossier})

# Settings of Sphinx: sphinx-build -W -b html doc build/doc
#
# An ns-3 tree does not read this file. It takes the chapter optical-fabric.rst into its own model
# library, with its own conf.py and replace.txt.

import os

FOLDER = os.path.dirname(os.path.abspath(__file__))

with open(os.path.join(FOLDER, "..", "VERSION")) as text:
    version = release = text.read().strip()

project = "optical-fabric"
author = "The optical-fabric authors"
copyright = "2026, " + author

extensions = ["sphinx.ext.mathjax"]
highlight_language = "none"
smartquotes = False

html_theme = "alabaster"
html_theme_options = {
    "description": "An ns-3 module for the networks inside AI clusters",
    "page_width": "1180px",
    "sidebar_width": "230px",
    "body_max_width": "none",
    "show_powered_by": False,
}
html_sidebars = {"**": ["about.html", "navigation.html", "searchbox.html"]}
html_show_sourcelink = False

"""The interview in a browser: pages, and the server of them on one computer.  Knows no rule."""

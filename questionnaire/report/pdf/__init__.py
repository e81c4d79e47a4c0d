"""A page as a PDF.  Only the modules in this folder know WeasyPrint."""

"""How the large libraries are loaded: without what they load and never need here.

Whatever is left out is loaded all the same as soon as something calls it.
"""

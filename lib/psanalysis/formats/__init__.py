"""Files of every usual kind (text, web page, Word, PDF) read into one text that all offsets refer
to.
"""

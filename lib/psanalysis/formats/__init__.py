"""Reads files of every usual kind (text, web page, Word, PDF) into one text, to which all offsets
refer.
"""

"""The data package: its schema, its files, their validation, and the proof against the source
texts.
"""

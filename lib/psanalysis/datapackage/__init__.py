"""The data package: its schema, its files, their validation, and their check against the source
texts.
"""

"""Forked kernels: a fork server that has imported the stack gives each report a fresh kernel in a
fraction of a second.
"""

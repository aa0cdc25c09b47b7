"""Frames as tables for readers: words, signs and units; as Excel, Word, LaTeX and HTML."""

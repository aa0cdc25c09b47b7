"""The report site: catalogue, cache, execution, export and atomic publication."""

"""Property tests take the same examples on every machine and are given the time that they need."""

from hypothesis import settings

settings.register_profile("project", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("project")

"""What a target means: gaps, pace, progress, comparability."""

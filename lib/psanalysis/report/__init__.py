"""What the notebooks call: each page of the site is a class here, its methods are the sections of the page."""

from psanalysis.report.city_comparison import CityComparison
from psanalysis.report.city_gap import CityGap

__all__ = ["CityComparison", "CityGap"]

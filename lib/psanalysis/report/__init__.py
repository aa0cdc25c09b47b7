"""What the notebooks call: each page of the site is a class here, its methods are the sections of
the page.
"""

from psanalysis.report.city_comparison import CityComparison
from psanalysis.report.city_gap import CityGap
from psanalysis.report.data_quality import DataQuality
from psanalysis.report.explore import Explorer
from psanalysis.report.findings_page import FindingsPage
from psanalysis.report.indicator_profile import IndicatorProfile
from psanalysis.report.matrix import Matrix
from psanalysis.report.missing import MissingPage
from psanalysis.report.outcomes_page import Outcomes
from psanalysis.report.overview import Overview
from psanalysis.report.service_coverage import ServiceCoverage
from psanalysis.report.statements_page import Statements
from psanalysis.report.succession_page import Succession

__all__ = [
    "CityComparison",
    "CityGap",
    "DataQuality",
    "Explorer",
    "FindingsPage",
    "IndicatorProfile",
    "Matrix",
    "MissingPage",
    "Outcomes",
    "Overview",
    "ServiceCoverage",
    "Statements",
    "Succession",
]

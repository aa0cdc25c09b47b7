"""Units as written: the base that they are per, and their names in units.csv."""

from __future__ import annotations

from psanalysis.draft.lexicon import lexicon, listed, rule, word


def without_base(unit: str, end: int, text: str) -> tuple[str, int]:
    """The unit without its base, unless that makes it another unit (元/人月)."""
    unit = unit.replace(" ", "")
    base = unit.split("/")[0]
    if per_people(unit) and base not in listed("unit_sets", "never_per_person"):
        unit = base
    if unit.endswith(word("person")) and text[end : end + 1] == word("mouth"):
        return word("population"), end
    return unit, end


def per_people(unit: str) -> bool:
    """True for a unit per so many people, a base that the name states too: 张/千人.

    Examples
    --------
    >>> per_people("张/千人"), per_people("万元/人"), per_people("微克/立方米")
    (True, False, False)
    """
    return bool(rule("written_units", "per_people").search(unit)) and not rule(
        "written_units", "money_per_person"
    ).search(unit)


def alias(unit: str) -> str:
    """The unit's name in units.csv, which may be another.

    Examples
    --------
    >>> alias("千米"), alias("所")
    ('公里', '所')
    """
    return str(lexicon()["unit_alias"].get(unit, unit))

"""Every sentence with a number, by the notebook of its page."""

from __future__ import annotations

from tests.census.checks import Check, both, counts, nothing, only, parted, plan_of
from tests.census.of_places import (
    came,
    doubted_named,
    ends_of_year,
    groups_named,
    heat,
    indicators_of,
    limits,
    limits_passed,
    names_told,
    names_written,
    nation_named,
    own_targets,
    pair_of_year,
    pledged,
    ranged,
    shared_of,
    shared_places,
    sound_numbers,
    spread,
    stated_doubted,
    two_ends,
    unit,
    widest,
)
from tests.census.of_plan import (
    NATION,
    UNTIL,
    binding,
    day,
    doubtful,
    ends,
    ends_check,
    furthest,
    held,
    held_plans,
    in_part,
    known,
    main_in_doubt,
    numeric,
    of_page,
    period_as,
    standings,
    sums,
    targets,
)
from tests.census.of_whole import (
    PAST,
    awaited,
    bare,
    by_lists,
    changed,
    commonest,
    count_of,
    documents_of,
    drawn,
    earlier,
    front_plan,
    in_doubt_overall,
    of_card,
    of_change,
    of_silent_plan,
    old_ends,
    other_lists,
    over,
    overall,
    partly_known,
    past,
    quality,
    roles,
    rows_of,
    running,
    service_lists,
    services,
    silent,
    stated,
    stated_in_doubt,
    statements_of,
    under,
    under_way,
    waiting,
)
from tests.census.sentences import SIDES

AWAITED: list[tuple[str, Check]] = [
    ("ends.known", ends_check(of_page)),
    ("ends.no_values", counts(count=lambda c, p: ends(c, plan_of(p), p).total())),
]
MOST_APART: list[tuple[str, Check]] = [
    ("city_comparison.most_apart", widest), ("city_comparison.strips_apart", widest),
    ("city_comparison.doubted_more", doubted_named), ("city_comparison.doubted", doubted_named),
]  # fmt: skip
OF_FINDINGS: list[tuple[str, Check]] = [
    ("findings_page.answer", in_doubt_overall), ("findings_page.commonest", commonest(True)), ("findings_page.commonest_several", commonest(True)),
    ("findings_page.chart_finding", commonest(False)),
]  # fmt: skip
SUCCEEDED: list[tuple[str, Check]] = [
    ("succession_page.answer", changed), ("succession_page.ended", old_ends),
    ("succession_page.table_caption", of_change), ("succession_page.part_title", of_change),
]  # fmt: skip
# by the number of the notebook; the first that fits a text counts
SENTENCES: dict[str, list[tuple[str, Check]]] = {
    "": [
        ("period.ended", period_as(True)), ("period.running", period_as(False)), ("period.coming", period_as(False)), ("period.all_coming", running), ("period.others_ended", nothing), ("period.in_part", in_part), ("period.as_of", day), ("period.under_way", running), ("period.all_ended", nothing),
        ("source.caption", counts(count=statements_of)), ("document.caption", counts(count=documents_of)),
    ],
    "00": [
        ("overview.parts_subtitle", drawn),
        ("overview.title", counts(plans=lambda c, p: len(c.count.plans))),
        ("overview.answer", overall), ("overview.answer_unbinding", overall), ("overview.in_part", partly_known),
        ("overview.silent", silent), ("front.of_plan", front_plan), *MOST_APART, *OF_FINDINGS, ("missing_page.answer", waiting),
        ("front.targets", counts(count=of_card(targets), numeric=of_card(numeric))),
        ("front.binding", counts(count=of_card(binding))),
        ("front.nation", parted(NATION, lambda c, p: standings(c, under(c, p, {})))),
        ("ends.known", ends_check(under)),
        ("overview.silent", silent),
        ("front.due", counts(count=lambda c, p: ends(c, under(c, p, {})).total())),
        ("front.doubted", counts(count=of_card(doubtful))),
    ],
    "01": [
        ("brief.no_baselines", counts(count=count_of(numeric))), ("brief.no_baselines_source", counts(count=count_of(numeric))),
        ("brief.from_table", both(
            counts(count=lambda c, p: sums(c, p).total()),
            parted({name: f"brief.{name}" for name in ("improve", "some", "there", "anew", "unknown")}, sums, between="clause"))),
        ("brief.from_table_part", both(
            counts(count=lambda c, p: sums(c, p).total()),
            parted({name: f"brief.{name}" for name in ("improve", "some", "there", "anew", "unknown")}, sums, between="clause"))),
        ("brief.from_part", both(
            counts(count=lambda c, p: sums(c, p).total(), all=count_of(targets)),
            parted({name: f"brief.{name}" for name in ("improve", "some", "there", "anew", "unknown")}, sums, between="clause"))),
        ("brief.from_pairs", both(
            counts(count=lambda c, p: sums(c, p).total(), all=count_of(targets)),
            parted({name: f"brief.{name}" for name in ("improve", "some", "there", "anew", "unknown")}, sums, between="clause"))),
        ("ambition.nation", both(
            counts(count=lambda c, p: standings(c, plan_of(p)).total()), parted(NATION, lambda c, p: standings(c, plan_of(p))))),
        ("held.answer", both(
            counts(count=lambda c, p: held(c, plan_of(p)).total(), plans=lambda c, p: len(held_plans(c, plan_of(p)))),
            parted(NATION, lambda c, p: held(c, plan_of(p))))),
        ("ambition.nation_one", both(
            only(lambda c, p: standings(c, plan_of(p)).total() == 1), parted(NATION, lambda c, p: standings(c, plan_of(p))))),
        *AWAITED,
        ("brief.left_out", counts(count=main_in_doubt(True))), ("brief.no_gap", counts(count=main_in_doubt(False))),
        ("brief.not_compared", counts(count=count_of(doubtful))),
        ("city_gap.furthest_was", furthest), ("city_gap.furthest_is", furthest),
        ("city_gap.gap_title", both(counts(
            start=lambda c, p: int(c.count.plans[plan_of(p)]["baseline_year"]), end=lambda c, p: int(c.count.plans[plan_of(p)]["horizon_year"])))),
        ("city_gap.table_caption", counts(count=lambda c, p: len(c.count.main(plan_of(p))))),
        ("city_gap.to_statements", counts(count=lambda c, p: len(stated(c, plan_of(p))))),
        ("parts.domains_caption", counts(count=lambda c, p: p.rows)), ("parts.services", other_lists),
        ("parts.services_title", counts(count=rows_of("services"))), ("parts.services_caption", counts(count=rows_of("services"))),
        ("parts.projects_title", counts(count=rows_of("projects"))), ("parts.projects_caption", counts(count=rows_of("projects"))),
        ("city_gap.findings_title", counts(count=rows_of("findings"))), ("findings_page.caption", counts(count=rows_of("findings"))),
        ("pace_section.finding", both(counts(pairs=lambda c, p: past(c, p).total()), parted(PAST, past, between="clause"))),
        ("pace_section.caption", counts(count=lambda c, p: past(c, p).total())),
        ("ends.caption", counts(count=lambda c, p: known(ends(c, plan_of(p), p)))),
        *SUCCEEDED,
    ],
    "02": [
        ("city_comparison.answer", counts(
            indicators=lambda c, p: len(shared_of(c, p)), compared=lambda c, p: sum(bool(c.count.beside(one)) for one in shared_of(c, p)))),
        ("city_comparison.answer_one", only(lambda c, p: len(shared_of(c, p)) == 1 and bool(c.count.beside(shared_of(c, p)[0])))),
        ("city_comparison.answer_one_apart", only(lambda c, p: len(shared_of(c, p)) == 1 and not c.count.beside(shared_of(c, p)[0]))),
        ("city_comparison.answer_apart", counts(indicators=lambda c, p: len(shared_of(c, p)))),
        ("city_comparison.pledged", counts(count=lambda c, p: sum(not any(row["value"] for row in c.count.targets_of(one)) for one in shared_of(c, p)))),
        *MOST_APART,
        ("city_comparison.heatmap_finding", parted({side: f"city_comparison.heatmap_{side}" for side in SIDES}, heat)),
        ("city_comparison.heatmap_subtitle", over),
        ("city_comparison.indicators_title", counts(count=indicators_of)), ("city_comparison.indicators_caption", counts(count=indicators_of)),
        ("city_comparison.table_caption", counts(count=lambda c, p: sum(len(c.count.targets_of(one)) for one in shared_of(c, p)))),
    ],
    "03": [
        ("indicator_profile.answer_range", ranged), ("indicator_profile.answer_pledges_too", pledged),
        ("indicator_profile.answer_pledges", pledged), ("indicator_profile.answer_nation", nation_named), ("indicator_profile.answer_doubted", stated_doubted),
        ("indicator_profile.answer_numbers", groups_named), ("indicator_profile.came", came),
        ("indicator_profile.headline_ends", ends_of_year), ("indicator_profile.headline_ends_over", ends_of_year),
        ("indicator_profile.headline_pair", pair_of_year), ("indicator_profile.headline_pair_over", pair_of_year),
        ("indicator_profile.headline_range", two_ends), ("indicator_profile.headline_nation", nation_named),
        ("indicator_profile.headline_groups", groups_named), ("indicator_profile.compared_comparable", counts(count=sound_numbers)),
        ("indicator_profile.trajectories_subtitle", over), ("indicator_profile.other_names", names_told), ("indicator_profile.names_caption", counts(count=names_written)),
        ("indicator_profile.table_caption", counts(count=lambda c, p: len(own_targets(c, p)))),
        ("indicator_profile.limits_low_high_beyond", limits_passed), ("indicator_profile.spread_finding", spread),
        ("indicator_profile.limits_low_high", limits), ("indicator_profile.limits_low", limits), ("indicator_profile.limits_high", limits),
        ("indicator_profile.unit", unit),
    ],
    "04": [
        *AWAITED, ("outcomes_page.answer_under_way", under_way),
        ("ends.caption", counts(count=lambda c, p: (
            ends(c, plan_of(p), p)["no_value"] if "missing" in p.section
            else known(ends(c, plan_of(p), p)) or len(c.count.under_way(plan_of(p), UNTIL["04_progress"]))))),
        ("outcomes_page.missing_title", counts(count=lambda c, p: ends(c, plan_of(p), p)["no_value"])),
    ],
    "05": [
        ("service_coverage.answer", services), ("service_coverage.earlier", earlier), ("service_coverage.domains_finding", by_lists),
        ("service_coverage.table_caption", counts(count=lambda c, p: len(set().union(*service_lists(c).values())))),
    ],
    "06": [
        ("data_quality.answer", quality), ("data_quality.findings_link", counts(count=lambda c, p: len(c.count.findings))),
        ("data_quality.missing_caption", counts(count=lambda c, p: len(bare(c)))),
    ],
    "07": [*OF_FINDINGS, ("findings_page.caption", counts(count=lambda c, p: len(c.count.findings)))],
    "13": [
        ("matrix.answer", counts(
            shared=lambda c, p: len(c.count.shared), places=lambda c, p: shared_places(c),
            compared=lambda c, p: sum(bool(c.count.beside(one)) for one in c.count.shared))),
        ("matrix.most_apart", widest),
    ],
    "14": [
        ("statements_page.answer", both(
            counts(count=lambda c, p: len(stated(c, plan_of(p)))),
            parted({name: f"statements_page.part_{name}" for name in ("target", "baseline", "reference")}, roles))),
        ("statements_page.doubted", counts(count=stated_in_doubt)),
        ("statements_page.caption", counts(count=lambda c, p: len(stated(c, plan_of(p))))),
    ],
    "08": SUCCEEDED,
    "09": [
        ("missing_page.answer", waiting),
        ("missing_page.none_caption", counts(count=lambda c, p: p.rows)), ("missing_page.plan_title", of_silent_plan),
        ("missing_page.older_caption", counts(count=lambda c, p: sum(verdict != "no_value" for verdict in awaited(c)))),
    ],
}  # fmt: skip

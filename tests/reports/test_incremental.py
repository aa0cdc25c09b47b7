"""What a build makes anew, what it keeps, and what it says changed."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys

import pytest

import psanalysis as ps
from psanalysis.site.errors import SiteError
from psanalysis.wording import say

OTHER_DOMAINS = {"childcare", "eldercare", "housing", "support", "culture_sport", "employment"}
MIANYANG = {"01_city_gap/mianyang-14fyp.zh", "01_city_gap/mianyang-14fyp.en"}

# pages that tell what changed
NEWS = {"changes.html", "changes.en.html", "digest.html", "digest.en.html"}


def made(site) -> set[str]:
    return {name for name, entry in site.manifest["reports"].items() if entry["made"] == "built"}


def test_first_build_publishes_a_whole_site(built_once) -> None:
    manifest = built_once.check_whole()
    assert len(manifest["reports"]) == 6
    assert built_once.out.is_symlink()
    assert built_once.out.readlink().as_posix() == ".builds/000001"
    assert {entry["status"] for entry in manifest["reports"].values()} == {"current"}
    assert {"pandas", "papermill", "python"} <= set(manifest["versions"])
    assert not list(built_once.root.rglob("*.part"))


def test_nothing_changed_nothing_is_built(site) -> None:
    before = site.pages()
    assert not site.build().published
    assert site.pages() == before
    assert site.manifest["build"] == 1


def test_that_nothing_changed_is_told_without_pandas(site) -> None:
    code = (
        "import sys\nfrom psanalysis.site import fingerprint\nfingerprint.library_hash = lambda: "
        "'0' * 64\n"
        "from psanalysis.cli import main\ntry:\n    main(['build'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'pandas', 'pyarrow', 'numpy', 'jupyter_client', 'rich', 'filelock'} & "
        "set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=site.root, env=site.environment(), text=True,
        capture_output=True, check=True
    )  # fmt: skip
    assert done.stdout.splitlines()[0] == "nothing changed: 6 reports are up to date"
    assert done.stdout.splitlines()[-1] == "[]"


def test_two_builds_of_the_same_inputs_are_byte_identical(site) -> None:
    before = site.pages()
    assert site.build(force=True).built == 6
    after = site.pages()
    assert made(site) == set(site.manifest["reports"])
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= NEWS
    site.check_whole()


def test_one_value_rebuilds_exactly_the_reports_that_show_it(site, text_of) -> None:
    named = site.statement("mianyang-14fyp", OTHER_DOMAINS)
    old = site.set_value(named, "5.4321")
    assert site.due() == dict.fromkeys(MIANYANG, "data changed")
    assert site.build().kept == 4
    assert made(site) == MIANYANG
    manifest = site.check_whole()
    assert manifest["build"] == 2
    assert len(manifest["history"]) == 1
    changes = site.pages()["changes.en.html"]
    assert set(re.findall(r'data-report="([^"]+)"', changes.decode())) == MIANYANG
    words = text_of(changes)
    assert f"{named} statements.csv changed value {old} 5.4321" in words
    assert f"mianyang-14fyp en rows: {named} · value {old} 5.4321" in words
    assert "mianyang-14fyp zh" not in words
    assert re.search(
        r"changes in the data: \d; statuses: 0; reports: 1; numbers and figures: 2\.", words
    )
    assert "drawn anew" in words


def test_a_value_of_a_domain_reaches_the_comparison_of_that_domain(site) -> None:
    named = site.statement("panjin-14fyp", {"health"})
    site.set_value(named, "77")
    assert set(site.due()) == {
        "01_city_gap/panjin-14fyp.zh",
        "01_city_gap/panjin-14fyp.en",
        "02_city_comparison/health.zh",
    }


def test_what_changed_reaches_the_hook(site, tmp_path) -> None:
    told = tmp_path / "told"
    hook = f"cat > {told}; ls $PSANALYSIS_SITE/digest.en.html >> {told}"
    named = site.statement("mianyang-14fyp", OTHER_DOMAINS)
    site.set_value(named, "5.4321")
    assert site.cli("build", "--on-change", hook).exit_code == 0
    words = told.read_text(encoding="utf-8")
    assert f"statements.csv {named}: changed, value: " in words
    assert f"statements.csv {named}: 修改, value: " in words
    assert words.rstrip().endswith("digest.en.html")
    feed = (site.out / "feed.en.xml").read_text(encoding="utf-8")
    assert f"statements.csv {named} changed value" in feed
    told.unlink()
    assert site.cli("build", "--force", "--on-change", hook).exit_code == 0
    assert not told.exists(), "nothing changed"
    assert (site.out / "feed.en.xml").read_text(encoding="utf-8") == feed


def test_a_flipped_status_is_listed(site, text_of) -> None:
    gaps = ps.gaps(ps.load(site.root / "data"), "mianyang-14fyp")
    row = gaps[(gaps["status"] == "to_improve") & (gaps["comparator"] == "eq")].iloc[0]
    statements = ps.load(site.root / "data").statements.set_index("statement_id")
    site.set_value(row["statement_id"], f"{statements.at[row['baseline_statement_id'], 'value']:g}")
    site.build()
    words = text_of(site.pages()["changes.en.html"])
    assert (
        f"{row['statement_id']} {say('status.to_improve', 'en')} {say('status.hold', 'en')}"
        in words
    )


def test_lost_data_of_the_last_version_are_no_silence(site, text_of) -> None:
    for file in (site.store / "data").glob("*/statements.csv"):
        file.write_text("", encoding="utf-8")
    site.set_value(site.statement("mianyang-14fyp", OTHER_DOMAINS), "5.4321")
    site.build()
    words = text_of(site.pages()["changes.en.html"])
    assert say("site.changes_lost", "en") in words
    assert "statements.csv" not in words
    assert "reports: 1; numbers and figures: 2." in words


def test_a_changed_notebook_rebuilds_its_reports_alone(site) -> None:
    site.edit(
        "notebooks/02_city_comparison.ipynb",
        "title = f'{domain_id}",
        "title = f'Domain {domain_id}",
    )
    site.build()
    assert made(site) == {"02_city_comparison/health.zh", "02_city_comparison/education.zh"}


def test_stored_outputs_of_a_notebook_do_not_count(site) -> None:
    site.edit(
        "notebooks/02_city_comparison.ipynb",
        '"outputs": []',
        '"outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}]',
    )
    site.build()
    assert made(site) == set()


def test_the_library_rebuilds_everything(site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psanalysis.site.fingerprint.library_hash", lambda: "1" * 64)
    assert site.due() == dict.fromkeys(site.manifest["reports"], "library changed")
    assert site.build().built == 6


def test_a_library_that_is_edited_meanwhile_stops_the_build(
    site, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps = iter(range(99))
    monkeypatch.setattr("psanalysis.site.fingerprint.library_stamp", lambda: next(stamps))
    with pytest.raises(SiteError, match="edited during the build"):
        site.build(force=True)
    assert site.check_whole()["build"] == 1


@pytest.mark.parametrize(
    "moment", ["workshop.load_with_files", "workshop.read_catalog", "build.steps"]
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_data_edited_while_a_build_starts_are_published_by_the_next(
    site, monkeypatch: pytest.MonkeyPatch, moment: str, when: str
) -> None:
    name = f"psanalysis.site.{moment}"
    original = pkgutil.resolve_name(name)
    named = site.statement("mianyang-14fyp", OTHER_DOMAINS)
    site.set_value(named, "5.25")

    def edits(*given):  # type: ignore[no-untyped-def]
        if when == "before":
            site.set_value(named, "6.25")
        found = original(*given)
        if when == "after":
            site.set_value(named, "6.25")
        return found

    monkeypatch.setattr(name, edits)
    site.build()
    monkeypatch.setattr(name, original)
    assert b"6.25" in site.pages()["01_city_gap/mianyang-14fyp.en.html"] or site.due()
    site.build()
    assert b"6.25" in site.pages()["01_city_gap/mianyang-14fyp.en.html"]
    assert not site.build().published


def test_each_input_is_read_once(site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.set_value(site.statement("mianyang-14fyp", OTHER_DOMAINS), "5.25")
    read: list[str] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and listening:
            read.append(str(arguments[0]))

    listening = True
    sys.addaudithook(note)
    done = site.cli("build")
    listening = False
    assert done.exit_code == 0, done.output
    inputs = [
        name
        for name in read
        if name.startswith(str(site.root)) and not name.startswith(str(site.store))
    ]
    assert len(inputs) == len(set(inputs))
    assert str(site.root / "data" / "statements.csv") in inputs
    assert set(site.manifest["read"]) == {
        *(f"package:{path.name}" for path in (site.root / "data").glob("*.csv")),
        "package:datapackage.json",
        "package:README.md",
        "package:LICENSE.md",
        "CITATION.cff",
        "notebooks/01_city_gap.ipynb",
        "notebooks/02_city_comparison.ipynb",
        "reports/catalog.yml",
        "reports/reference.zip",
        "requirements.lock",
    }


def test_the_lock_rebuilds_everything(site) -> None:
    (site.root / "requirements.lock").write_text("pandas==3\n", encoding="utf-8")
    assert site.due() == dict.fromkeys(site.manifest["reports"], "lock file or versions changed")


def test_damaged_and_foreign_cache_entries_are_built_anew(site) -> None:
    before = site.pages()
    entries = sorted((site.store / "cache").rglob("*.page"))
    assert len(entries) == 6
    entries[0].write_bytes(entries[0].read_bytes()[:-40])
    entries[1].write_bytes(entries[2].read_bytes())
    entries[3].write_bytes(b"<html>not ours</html>")
    site.edit("reports/catalog.yml", "reports:", "# a change that the quick look notices\nreports:")
    assert list(site.due().values()) == ["cache entry missing or damaged"] * 3
    assert site.build().built == 3
    assert len(made(site)) == 3
    after = site.pages()
    assert {name for name in after if after[name] != before[name]} <= NEWS


def test_a_damaged_published_page_is_noticed(site) -> None:
    before = site.pages()
    page = site.out / "01_city_gap" / "panjin-14fyp.zh.html"
    page.write_bytes(page.read_bytes() + b"<p>tampered</p>")
    site.build()
    assert (
        site.pages()["01_city_gap/panjin-14fyp.zh.html"]
        == before["01_city_gap/panjin-14fyp.zh.html"]
    )


def test_only_builds_what_fits_and_keeps_the_rest(site) -> None:
    site.set_value(site.statement("mianyang-14fyp", OTHER_DOMAINS), "5.4")
    assert site.build(only="01_city_gap/*.zh").built == 1
    assert made(site) == {"01_city_gap/mianyang-14fyp.zh"}
    assert site.check_whole()["reports"]["01_city_gap/mianyang-14fyp.en"]["status"] == "stale"
    site.build()
    assert made(site) == {"01_city_gap/mianyang-14fyp.en"}
    assert {entry["status"] for entry in site.manifest["reports"].values()} == {"current"}


def test_what_only_left_out_is_built_next(fresh) -> None:
    assert fresh.build(only="*panjin*").built == 2
    rest = fresh.build()
    assert (rest.built, rest.kept) == (4, 2)
    assert not fresh.build().published


def test_what_only_left_out_of_date_is_built_next(site) -> None:
    targets = ps.load(site.root / "data").statements.query(
        "role == 'target' and comparator == 'eq'"
    )
    for plan in ("mianyang-14fyp", "panjin-14fyp"):
        row = targets[targets["plan_id"] == plan].dropna(subset=["value"]).iloc[0]
        site.set_value(row["statement_id"], "98.7654")
    site.build(only="*panjin*")
    assert site.build().built > 0
    assert not site.build().published


def test_only_with_no_match_is_bad_usage(site) -> None:
    with pytest.raises(SiteError, match="fits no report"):
        site.build(only="77*")


def test_removed_reports_leave_the_site_and_its_links(site) -> None:
    site.edit("reports/catalog.yml", "[mianyang-14fyp, panjin-14fyp]", "[panjin-14fyp]")
    site.build()
    assert made(site) == set()
    site.check_whole()
    assert not (site.out / "01_city_gap" / "mianyang-14fyp.zh.html").exists()


def test_old_builds_are_pruned(site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psanalysis.site.publish.KEPT_BUILDS", 2)
    monkeypatch.setattr("psanalysis.site.manifest.KEPT_RUNS", 2)
    for value in range(3):
        site.set_value(site.statement("mianyang-14fyp", OTHER_DOMAINS), f"{5 + value / 10:g}")
        assert site.build(only="01_city_gap/mianyang-14fyp.zh").built == 1
    builds = sorted(path.name for path in site.store.iterdir() if path.name.isdigit())
    assert builds == ["000003", "000004"]
    assert site.out.resolve().name == builds[-1]
    assert len(list((site.store / "data").iterdir())) == 2
    assert [run["build"] for run in site.manifest["history"]] == [3, 2]
    site.check_whole()


def test_pages_are_strict_and_linked(built_once) -> None:
    pages = built_once.pages()
    page = pages["01_city_gap/mianyang-14fyp.zh.html"].decode()
    assert '<html lang="zh-CN">' in page
    assert "default-src 'none'" in page
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert 'href="../01_city_gap/mianyang-14fyp.en.html" hreflang="en"' in page
    assert 'rel="next" href="../01_city_gap/panjin-14fyp.zh.html"' in page
    assert '<h2 id="section-1">Chart</h2>' in page
    assert "<title>mianyang-14fyp zh</title>" in page
    assert str(built_once.root) not in "".join(page.decode() for page in pages.values())

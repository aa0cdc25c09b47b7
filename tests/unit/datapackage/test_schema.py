"""datapackage.json: what happens when the one schema is broken itself."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import psanalysis as ps
from psanalysis.datapackage.dataset import data_folder
from psanalysis.datapackage.schema import read_package

Change = Callable[..., Path]


def resource(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    return next(item for item in descriptor["resources"] if item["name"] == name)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", r"datapackage\.json:1: is not JSON"),
        (b"\n{}x", r"datapackage\.json:2: is not JSON"),
        (b"[]", r"'\[\]' must be an object"),
        (b"null", "'missing' must be an object"),
        (b"{}", "resources='missing' must be a list"),
        (b'{"resources": ["plans"]}', r"resources\[0\]=.* must be an object"),
        (
            b'{"resources": [{"name": "plans", "path": "plans.csv", "schema": {"fields": '
            b'[{"name": "a"}]}}]}',
            r"fields\[0\]\.type='missing' must be one of string,",
        ),
        (
            b'{"resources": [{"name": "plans", "path": "plans.csv", "schema": []}]}',
            r"resources\[0\]\.schema='\[\]' must be an object",
        ),
        (b'{"resources": NaN}', "holds NaN, which is no number"),
        (b'{"resources": "\\ud800"}', "holds half a character"),
        (b"[" * 100_000, "is nested too deeply"),
        (b'{"resources": ' + b"9" * 5_000 + b"}", "Exceeds the limit"),
        (b'{"resources": []}', "resources='plans' is missing"),
        ("{说明}".encode("gb18030"), "is not UTF-8"),
    ],
)
def test_a_broken_descriptor(change: Change, content: bytes, message: str) -> None:
    with pytest.raises(ps.DataError, match=message):
        ps.load(change("datapackage.json", lambda _: content))


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda d: d["resources"].remove(resource(d, "actuals")), "resources='actuals' is missing"),
        (lambda d: d["resources"].append(resource(d, "plans")),
            "resources='plans' is there more than once"),
        (lambda d: resource(d, "plans")["schema"].update(primaryKey="no_such"),
            "plans.primaryKey='no_such' is no column of it"),
        (lambda d: resource(d,
            "plans")["schema"]["foreignKeys"][0]["reference"].update(resource="no_such"),
         "plans.foreignKeys='city_id' refers to no column no_such.area_id"),
        (lambda d: resource(d, "plans")["schema"]["foreignKeys"][0].update(fields=["no_such"]),
            "plans.foreignKeys='no_such' refers to no column"),
        (lambda d: resource(d,
            "plans")["schema"]["foreignKeys"][0].update(fields=["city_id", "plan_id"]),
            "must be one column"),
        (lambda d: resource(d, "plans")["schema"]["fields"][0]["constraints"].update(pattern="("),
            r"constraints\.pattern='.*\(.*' is no regular expression"),
        (lambda d: resource(d,
            "plans")["schema"]["fields"][0]["constraints"].update(pattern="(?<=a)b"),
            "is no regular expression that the engine"),
        (lambda d: resource(d, "plans").update(path="../plans.csv"),
            "path=.* must be the name of a file in the folder"),
        (lambda d: resource(d, "plans").update(path="plans\0.csv"),
            "path=.* must be the name of a file in the folder"),
        (lambda d: resource(d, "plans").update(path=3), "path='3' must be the name of a file"),
        (lambda d: d.update(version=2), "version='2' must be text"),
        (lambda d: d.pop("version"), "version='' is missing"),
        (lambda d: d.update(created="yesterday"), "created='\"yesterday\"' must be a day"),
        (lambda d: d.update(created="2026"), "created=.* must be a day"),
        (lambda d: d.update(licenses=["CC-BY"]),
            r"licenses\[0\]=.* must be an object with a name or a title"),
        (lambda d: d.update(licenses=[{"path": "x"}]),
            r"licenses\[0\]=.* must be an object with a name or a title"),
        (lambda d: d.update(licenses=[{"title": "x", "path": 3}]),
            r"licenses\[0\]\.path='3' must be text"),
        (lambda d: d.update(title="a\u202eb"), "title=.* must hold no control character"),
        (lambda d: d.update({"a\u200bb": 1}), "must hold no control character"),
        (lambda d: resource(d,
            "findings")["schema"]["fields"][3]["labels"]["note"].update(zh="\u2028"),
            r"labels\.note\.zh=.* must hold no control character"),
        (lambda d: resource(d, "plans").update(path="plans.html"),
            "path=.* must be the name of a file in the folder, with .csv"),
        (lambda d: resource(d, "plans").update(path="datapackage.json"),
            "path=.* must be the name of a file in the folder, with .csv"),
        (lambda d: resource(d, "plans").update(path=".plans.csv"),
            "path=.* must be the name of a file in the folder, with .csv"),
        (lambda d: resource(d, "plans")["schema"].update(fields=[]),
            r"fields='\[\]' must have a column"),
        (lambda d: resource(d,
            "domains")["schema"]["fields"][3]["constraints"].update(minimum=10**400),
            "minimum=.* must be a number that every program can hold"),
        (lambda d: d["resources"].append(resource(d, "plans") | {"name": "more"}),
            "resources='more' is no table that psanalysis reads"),
        (lambda d: resource(d,
            "findings")["schema"]["fields"][3]["constraints"]["enum"].append("doubt"),
            "enum='doubt' has no label"),
        (lambda d: resource(d,
            "plans")["schema"]["fields"].append(resource(d, "plans")["schema"]["fields"][0]),
            "plan_id' is there more than once"),
        (lambda d: resource(d, "plans")["schema"]["fields"].pop(),
            r"plans has no column archive_url, which this version of psanalysis reads"),
    ],
)  # fmt: skip
def test_a_descriptor_that_contradicts_itself(
    folder: Path, edit: Callable[[dict[str, Any]], None], message: str
) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    edit(descriptor)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(ps.DataError, match=message):
        ps.load(folder)


def test_a_key_of_one_column_may_be_written_as_a_word(folder: Path) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resource(descriptor, "plans")["schema"]["primaryKey"] = "plan_id"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert read_package(folder).by_name["plans"].primary_key == ("plan_id",)
    assert len(ps.load(folder).plans) >= 6


@pytest.mark.parametrize("place", ["nowhere", "plans.csv", "."])
def test_a_folder_without_data(tmp_path: Path, place: str) -> None:
    (tmp_path / "plans.csv").write_text("plan_id\n")
    with pytest.raises(ps.DataError, match="the data package has no descriptor -> name the folder"):
        ps.load(tmp_path / place)


def test_a_folder_in_place_of_the_descriptor(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").mkdir()
    with pytest.raises(ps.DataError, match="cannot be read: Is a directory"):
        ps.load(tmp_path)


def test_a_descriptor_that_was_read_before_is_the_readers_own(folder: Path) -> None:
    first = read_package(folder)
    first.descriptor["name"] = "changed"
    again = read_package(folder)
    assert again.descriptor["name"] != "changed"
    assert again.resources == first.resources
    with pytest.raises(ps.DataError) as found:
        read_package(folder, ["no_such_table"])
    assert "no_such_table" in str(found.value)


def test_labels_and_fields(ds: ps.Dataset) -> None:
    assert ds.label("statements", "nature", "binding", "zh") == "约束性"
    assert ds.package.by_name["statements"].field("value").type == "number"
    assert ds.package.by_name["plans"].field("plan_id").required


PARTS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5),
    st.just([]), st.just({}), st.lists(st.integers(), max_size=2), st.just({"a": 1}),
)  # fmt: skip


@given(st.data())
def test_any_part_may_be_anything(data: st.DataObject) -> None:
    """Whatever stands in place of a part of the descriptor, it is read or is named as a fault."""
    descriptor = json.loads((data_folder() / "datapackage.json").read_bytes())
    part: Any = descriptor
    while isinstance(part, dict | list) and part:
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(part[key], dict | list) or not part[key] or data.draw(st.booleans()):
            part[key] = data.draw(PARTS)
            break
        part = part[key]
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        with contextlib.suppress(ps.DataError):
            read_package(Path(place))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", ["plans.csv", "datapackage.json"])
def test_a_pipe_is_not_waited_for(folder: Path, name: str) -> None:
    (folder / name).unlink()
    os.mkfifo(folder / name)
    with pytest.raises(ps.DataError, match="cannot be read: it is no regular file"):
        ps.load(folder)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without end")
def test_a_device_is_not_read(folder: Path) -> None:
    (folder / "plans.csv").unlink()
    (folder / "plans.csv").symlink_to("/dev/zero")
    with pytest.raises(ps.DataError, match=r"plans\.csv: cannot be read: it is no regular file"):
        ps.load(folder)

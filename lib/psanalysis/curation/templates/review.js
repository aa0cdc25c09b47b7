// The review of a draft: cells are written anew in place, one decision holds for all occurrences of a statement, and the table is saved by the browser.
(function () {
  "use strict";
  var source = document.getElementById("ps-rows");
  var bar = document.querySelector(".ps-save");
  if (!source || !bar) { return; }
  var data = JSON.parse(source.textContent);
  var words = bar.dataset;
  var columns = {}, dirty = false, apart = {};
  data.columns.forEach(function (name, at) { columns[name] = at; });

  function get(row, column) { return data.rows[row][columns[column]]; }

  // the rows of a statement: its first occurrence, and those that are not decided apart
  function occurrences(line) {
    var first = Number(line.id.slice(1)) - 1;
    return [first].concat(Array.from(line.querySelectorAll("[data-apart]"), function (one) { return Number(one.dataset.apart) - 1; })
      .filter(function (row) { return !apart[row]; }));
  }

  // what goes together: the row stays one that the data takes
  function settle(row, column) {
    function put(name, value) { if (name in columns && get(row, name) !== value) { data.rows[row][columns[name]] = value; return name; } }
    var value = get(row, column);
    if (column === "role") { return put("commitment", value === "target" ? get(row, "commitment") || "firm" : ""); }
    if (column === "year") { return put("year_basis", value === "" ? "" : get(row, "year_basis") || "stated"); }
    if (column === "value") {
      var known = get(row, "comparator"), codes = data.comparators;
      return put("comparator", value === "" ? codes.none : known === codes.none ? codes.itself : known);
    }
  }

  function set(line, column, value) {
    var shared = column === "accepted" || data.takes.indexOf(column) >= 0;
    (shared ? occurrences(line) : occurrences(line).slice(0, 1)).forEach(function (row, at) {
      data.rows[row][columns[column]] = value;
      var other = settle(row, column);
      if (other && !at) { show(line, other); }
    });
    if (column === "accepted") { line.dataset.decision = value || "open"; }
    if (column === "role") { line.dataset.role = value; }
    dirty = true;
    tell();
  }

  function show(line, column) {
    var control = line.querySelector('[data-cell="' + column + '"] > *');
    if (control) { control.value = get(Number(line.id.slice(1)) - 1, column); }
  }

  function tell() {
    var count = { open: 0, yes: 0, no: 0 };
    document.querySelectorAll("tr[data-decision]").forEach(function (line) { count[line.dataset.decision] += 1; });
    bar.querySelector("[role=status]").textContent = words.told.replace("{yes}", count.yes).replace("{no}", count.no).replace("{open}", count.open);
  }

  function choices(column) {
    return column === "accepted" ? [["", words.open], ["yes", words.yes], ["no", words.no]]
      : data.options[column] && (column === "role" ? data.options[column] : [["", "—"]].concat(data.options[column]));
  }

  function control(line, column) {
    var row = Number(line.id.slice(1)) - 1, value = get(row, column), listed = choices(column), field;
    if (listed) {
      field = document.createElement("select");
      listed.forEach(function (one) { field.add(new Option(one[1], one[0])); });
      if (value && !listed.some(function (one) { return one[0] === value; })) { field.add(new Option(value, value)); }
    } else {
      field = document.createElement("input");
      field.autocomplete = "off";
      field.size = Math.min(30, Math.max(4, value.length + 1));
      if (document.getElementById("ps-known-" + column)) { field.setAttribute("list", "ps-known-" + column); }
    }
    field.value = value;
    field.setAttribute("aria-label", words.row.replace("{n}", row + 1) + " " + (data.titles[column] || column));
    field.addEventListener("input", function () { set(line, column, field.value.trim()); });
    return field;
  }

  document.querySelectorAll("tr[data-decision]").forEach(function (line) {
    line.querySelectorAll("[data-cell]").forEach(function (cell) {
      if (cell.dataset.cell in columns) { cell.replaceChildren(control(line, cell.dataset.cell)); }
    });
    // further cells are made when they are asked for
    var further = line.querySelector("[data-further]"), fold = document.createElement("details"), title = document.createElement("summary");
    title.textContent = words.more;
    fold.append(title);
    fold.addEventListener("toggle", function () {
      if (fold.children.length > 1) { return; }
      data.further.forEach(function (column) {
        if (line.querySelector('[data-cell="' + column + '"]')) { return; }
        var label = document.createElement("label"), cell = document.createElement("span");
        cell.dataset.cell = column;
        cell.append(control(line, column));
        label.append(data.titles[column], " ", cell);
        fold.append(label);
      });
    });
    further.append(fold);
    line.querySelectorAll("[data-apart]").forEach(function (span) {
      var row = Number(span.dataset.apart) - 1, label = document.createElement("label"), box = document.createElement("input");
      box.type = "checkbox";
      box.checked = true;
      label.title = words.apart;
      box.setAttribute("aria-label", words.row.replace("{n}", row + 1) + " " + words.apart);
      box.addEventListener("input", function () {
        var first = Number(line.id.slice(1)) - 1;
        apart[row] = !box.checked;
        if (box.checked) { data.takes.forEach(function (name) { if (name in columns) { data.rows[row][columns[name]] = get(first, name); } }); }
        data.rows[row][columns.accepted] = box.checked ? get(first, "accepted") : "no";
        dirty = true;
      });
      label.append(box);
      span.replaceChildren(label);
    });
  });

  function quoted(text) {
    if (/^(?:[=@\t\r]|[+\-](?!\d+(?:\.\d+)?[^=+\-@()!|*\/^&"']{0,12}$))/.test(text)) { text = "'" + text; }
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  bar.querySelector("button").addEventListener("click", function () {
    var lines = [data.columns].concat(data.rows).map(function (row) { return row.map(quoted).join(","); });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\n") + "\n"], { type: "text/csv" }));
    link.download = words.file;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    dirty = false;
  });
  window.addEventListener("beforeunload", function (event) { if (dirty) { event.preventDefault(); } });
  bar.hidden = false;
  tell();
})();

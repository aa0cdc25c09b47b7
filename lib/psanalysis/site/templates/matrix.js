// The matrix: filter, sort, choose places, put two side by side. What may be compared is in the cells; nothing is judged here.
(function () {
  "use strict";
  var table = document.querySelector("table.ps-matrix");
  var box = document.querySelector(".ps-controls");
  if (!table || !box) { return; }
  // columns that come before the places; places shown unasked, and at most: a table of hundreds of columns is slow and nobody reads it
  var FIXED = 3, AT_FIRST = 12, MOST = 40;
  var fields = Array.from(box.querySelectorAll("select"));
  var count = document.querySelector("[data-count]");
  var choice = box.querySelector(".ps-choice div");
  var apartHead = table.querySelector("[data-apart]");
  var apartWords = apartHead.textContent;
  var body = table.tBodies[0];
  var heads = Array.from(table.tHead.rows[0].cells).slice(FIXED).map(function (cell, position) {
    return { cell: cell, position: position, plan: cell.dataset.plan, period: cell.dataset.period, title: cell.dataset.title, shown: true };
  });
  var rows = Array.from(body.rows).map(function (row) {
    return {
      row: row, domain: row.dataset.domain, position: Number(row.dataset.position), places: Number(row.dataset.places), apart: Number(row.dataset.apart),
      apartCell: row.cells[FIXED - 1], apartHtml: Array.from(row.cells[FIXED - 1].childNodes), cells: Array.from(row.cells).slice(FIXED).map(read)
    };
  });
  var order = rows.slice();

  function read(cell) {
    if (!cell.dataset.c) { return { cell: cell, filled: false }; }
    var parts = cell.dataset.c.split(",");
    return {
      cell: cell, filled: true, number: parts[0] === "" ? null : Number(parts[0]), demand: parts[1] === "" ? null : Number(parts[1]),
      nature: parts[2], year: parts[3], verdict: parts[4], faded: false
    };
  }

  function defaults(period) {
    var fit = heads.filter(function (head) { return !period || head.period === period; });
    return fit.slice(0, AT_FIRST).map(function (head) { return head.plan; });
  }

  // what a reader chose is in the address, so that it can be sent, comes back, and goes along to the other language
  var chosen = null;
  function load() {
    var asked = new URLSearchParams(location.search);
    fields.forEach(function (field) {
      var value = asked.get(field.name);
      var first = field.name === "least" ? box.dataset.first : field.options[0].value;
      field.value = value === null ? first : value;
      if (field.selectedIndex < 0) { field.value = first; }
    });
    chosen = asked.has("places") ? asked.get("places").split(" ").filter(Boolean).slice(0, MOST) : null;
  }

  function save() {
    var kept = new URLSearchParams();
    fields.forEach(function (field) {
      var first = field.name === "least" ? box.dataset.first : field.options[0].value;
      if (field.value !== first) { kept.set(field.name, field.value); }
    });
    if (chosen) { kept.set("places", chosen.join(" ")); }
    var text = kept.toString();
    try { history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash); } catch (error) { /* a page that is not at an address */ }
  }

  function number(value) {
    var whole = String(Math.trunc(Math.abs(value))).length;
    var rounded = Number(value.toPrecision(Math.max(3, whole)));
    return Math.abs(rounded).toLocaleString("en", { maximumFractionDigits: 6 });
  }

  // only what the verdict lets stand side by side, for one year, is subtracted
  function difference(a, b, unit) {
    if (!a.filled || !b.filled) { return null; }
    if (a.demand === null || b.demand === null) { return { words: "⊘", share: -1 }; }
    if (a.year !== b.year) { return { words: "⊘ " + table.dataset.otherYear, share: -1 }; }
    var apart = Number((a.number - b.number).toPrecision(12));
    var sign = a.demand === b.demand ? "●" : apart === 0 ? "◐" : a.demand > b.demand ? "▲" : "▼";
    var words = apart === 0 ? "0" : unit.replace("{n}", (apart > 0 ? "+" : "−") + number(apart));
    var larger = Math.max(Math.abs(a.number), Math.abs(b.number));
    return { words: sign + " " + words, share: larger ? Math.abs(apart) / larger : 0 };
  }

  function values() {
    var found = {};
    fields.forEach(function (field) { found[field.name] = field.value; });
    return found;
  }

  function apply() {
    var by = values(), first = find(by.first), second = find(by.second);
    var pair = first && second && first !== second ? [first, second] : null;
    var wanted = chosen || defaults(by.period);
    heads.forEach(function (head) {
      var show = pair ? head === first || head === second
        : (!by.period || head.period === by.period) && wanted.indexOf(head.plan) >= 0;
      if (show === head.shown) { return; }
      head.shown = show;
      head.cell.hidden = !show;
      rows.forEach(function (row) { row.cells[head.position].cell.hidden = !show; });
    });
    var seen = heads.filter(function (head) { return head.shown; });
    var least = pair ? 2 : Math.min(Number(by.least), seen.length || 1);
    var total = 0;
    rows.forEach(function (row) {
      var fits = 0;
      seen.forEach(function (head) {
        var cell = row.cells[head.position];
        if (!cell.filled) { return; }
        var fit = (!by.nature || cell.nature === by.nature.charAt(0)) && (!by.verdict || cell.verdict === by.verdict.charAt(0));
        fits += fit ? 1 : 0;
        if (cell.faded === fit) { cell.faded = !fit; cell.cell.classList.toggle("ps-faded", !fit); }
      });
      var show = (!by.domain || row.domain === by.domain) && fits >= least;
      row.row.hidden = !show;
      total += show ? 1 : 0;
      row.between = pair ? difference(row.cells[first.position], row.cells[second.position], row.row.dataset.unit) : null;
      if (pair) {
        row.apartCell.textContent = row.between ? row.between.words : "";
        row.paired = true;
      } else if (row.paired) {
        row.apartCell.replaceChildren.apply(row.apartCell, row.apartHtml);
        row.paired = false;
      }
    });
    apartHead.textContent = pair ? table.dataset.difference.replace("{first}", first.title).replace("{second}", second.title) : apartWords;
    sort(by.sort, pair);
    count.textContent = count.dataset.count.replace("{n}", String(total));
    save();
  }

  function sort(by, pair) {
    function size(row) { return pair ? (row.between ? row.between.share : -2) : row.apart; }
    var keys = {
      apart: function (a, b) { return size(b) - size(a) || b.places - a.places || a.position - b.position; },
      places: function (a, b) { return b.places - a.places || size(b) - size(a) || a.position - b.position; },
      domain: function (a, b) { return a.position - b.position; }
    };
    var now = rows.slice().sort(keys[by] || keys.apart);
    if (now.every(function (row, position) { return row === order[position]; })) { return; }
    order = now;
    body.append.apply(body, now.map(function (row) { return row.row; }));
  }

  function find(plan) { return heads.filter(function (head) { return head.plan === plan; })[0]; }

  heads.forEach(function (head) {
    fields.forEach(function (field) {
      if (field.name === "first" || field.name === "second") { field.add(new Option(head.title, head.plan)); }
    });
    var label = document.createElement("label"), tick = document.createElement("input");
    tick.type = "checkbox";
    tick.value = head.plan;
    label.append(tick, head.title);
    choice.append(label);
  });

  function tickChosen() {
    var now = chosen || defaults("");
    choice.querySelectorAll("input").forEach(function (tick) {
      tick.checked = now.indexOf(tick.value) >= 0;
      tick.disabled = !tick.checked && now.length >= MOST;
    });
  }

  choice.addEventListener("change", function () {
    chosen = Array.from(choice.querySelectorAll("input:checked"), function (tick) { return tick.value; }).slice(0, MOST);
    tickChosen();
    apply();
  });
  fields.forEach(function (field) { field.addEventListener("change", apply); });
  box.querySelector("[data-reset]").addEventListener("click", function () {
    history.replaceState(null, "", location.pathname);
    load(); tickChosen(); apply();
  });
  box.hidden = false;
  if (window.matchMedia("(max-width: 640px)").matches && !location.search) { box.open = false; }
  load();
  tickChosen();
  apply();
}());

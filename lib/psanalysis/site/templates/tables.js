// Tables: rows that a reader chooses, whose choice is in the address; cards on a phone; headings that stay in view.
(function () {
  "use strict";
  var phone = window.matchMedia("(max-width: 640px)");

  // on a phone each cell says what it is
  function label() {
    if (!phone.matches) { return; }
    document.querySelectorAll("table.ps-table:not([data-cards], .ps-matrix)").forEach(function (table) {
      if (!table.tHead || table.tHead.rows.length !== 1 || table.querySelector("tbody [colspan], tbody [rowspan]")) { return; }
      var heads = Array.from(table.tHead.rows[0].cells, function (cell) { return cell.textContent.trim(); });
      if (heads.length < 3) { return; }
      Array.from(table.tBodies[0].rows).forEach(function (row) {
        Array.from(row.cells).forEach(function (cell, at) {
          if (at) { cell.dataset.label = heads[at]; }
          if (/^[—\s]*$/.test(cell.textContent)) { cell.dataset.empty = ""; }
        });
      });
      table.dataset.cards = "";
    });
  }
  label();
  phone.addEventListener("change", label);

  // a table that fits need not be moved sideways, and its headings can stay in view
  function fit() {
    document.querySelectorAll(".ps-table-wrap").forEach(function (wrap) {
      wrap.classList.remove("ps-fits");
      if (!wrap.querySelector(".ps-matrix") && wrap.clientWidth && wrap.scrollWidth <= wrap.clientWidth) { wrap.classList.add("ps-fits"); }
    });
  }
  document.querySelectorAll("details").forEach(function (fold) { fold.addEventListener("toggle", fit); });
  window.addEventListener("resize", fit);
  fit();

  // of a long table the first rows; the rest is a click away, in print, and wherever a link leads into it
  var MANY = 60, FIRST = 30, words = (document.querySelector("main") || document.body).dataset;
  function shorten(table) {
    var rows = Array.from(table.tBodies[0].rows).filter(function (row) { row.classList.remove("ps-later"); return !row.hidden; });
    var long = rows.length > MANY && !("whole" in table.dataset);
    if (long) { rows.slice(FIRST).forEach(function (row) { row.classList.add("ps-later"); }); }
    var wrap = table.closest(".ps-table-wrap"), button = wrap.nextElementSibling;
    if (!button || !button.matches(".ps-whole")) {
      if (!long) { return; }
      button = document.createElement("button");
      button.type = "button";
      button.className = "ps-button ps-whole";
      button.addEventListener("click", function () { whole(table); });
      wrap.after(button);
    }
    button.hidden = !long;
    button.textContent = (words.more || "{n}").replace("{n}", String(rows.length));
  }
  function whole(table) { table.dataset.whole = ""; shorten(table); }
  document.querySelectorAll(".ps-table-wrap > table.ps-table:not(.ps-matrix)").forEach(function (table) {
    if (!table.tBodies.length || table.tBodies[0].rows.length <= MANY) { return; }
    shorten(table);
    if (table.tHead) { table.tHead.addEventListener("click", function () { shorten(table); }); }
  });
  function lead() {
    var row = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (row && row.matches("tr.ps-later")) { whole(row.closest("table")); row.scrollIntoView(); }
  }
  window.addEventListener("hashchange", lead);
  lead();

  document.querySelectorAll(".ps-choices").forEach(function (box) {
    var table = box.parentNode.querySelector(".ps-choices ~ .ps-table-wrap table, .ps-choices ~ div table");
    var rows = table ? Array.from(table.tBodies[0].rows) : [];
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var fields = Array.from(box.querySelectorAll("select, input:not([type=checkbox])"));
    var ticks = Array.from(box.querySelectorAll("input[type=checkbox]")), name = box.dataset.ticks, every = box.querySelector("[data-every]");
    var count = box.querySelector("output");
    // all ticked, or none, is no choice
    function chosen() {
      var codes = ticks.filter(function (tick) { return tick.checked; }).map(function (tick) { return tick.value; });
      return codes.length < ticks.length && codes.length ? codes : null;
    }
    function apply() {
      var shown = 0, codes = chosen();
      rows.forEach(function (row, at) {
        row.hidden = codes !== null && codes.indexOf(row.dataset[name]) < 0 || !fields.every(function (field) {
          if (!field.value) { return true; }
          if (field.name !== "q") { return row.dataset[field.name] === field.value; }
          return field.value.toLowerCase().split(/\s+/).every(function (word) { return texts[at].indexOf(word) >= 0; });
        });
        shown += row.hidden ? 0 : 1;
      });
      if (table) { shorten(table); }
      count.textContent = count.dataset.shown.replace("{n}", String(shown));
      if (every) { every.hidden = ticks.every(function (tick) { return tick.checked; }); }
    }
    function remember() {
      var asked = new URLSearchParams(location.search);
      fields.forEach(function (field) { if (field.value) { asked.set(field.name, field.value); } else { asked.delete(field.name); } });
      if (name && chosen()) { asked.set(name, chosen().join(" ")); } else if (name) { asked.delete(name); }
      var words = asked.toString();
      try { history.replaceState(null, "", (words ? "?" + words : location.pathname) + location.hash); } catch (refused) { /* the address stays as it was */ }
    }
    function read() {
      var asked = new URLSearchParams(location.search);
      fields.forEach(function (field) { field.value = asked.get(field.name) || ""; });
      var codes = name && asked.get(name) ? asked.get(name).split(" ") : [];
      var known = ticks.some(function (tick) { return codes.indexOf(tick.value) >= 0; });
      ticks.forEach(function (tick) { tick.checked = !known || codes.indexOf(tick.value) >= 0; });
      apply();
    }
    function all() {
      fields.forEach(function (field) { field.value = ""; });
      ticks.forEach(function (tick) { tick.checked = true; });
      apply();
      remember();
    }
    fields.concat(ticks).forEach(function (field) { field.addEventListener("input", function () { apply(); remember(); }); });
    if (every) { every.addEventListener("click", all); }
    window.addEventListener("popstate", read);
    // a row that the address names is shown, whatever is chosen
    window.addEventListener("hashchange", function () {
      var row = document.getElementById(location.hash.slice(1));
      if (row && row.hidden && rows.indexOf(row) >= 0) { all(); row.scrollIntoView(); }
    });
    box.hidden = false;
    read();
  });
}());

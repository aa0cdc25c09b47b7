(function () {
  "use strict";
  var main = document.querySelector("main");
  var words = main ? main.dataset : {};

  document.querySelectorAll("[data-ps-toggle]").forEach(function (button) {
    var name = "data-" + button.dataset.psToggle;
    button.hidden = false;
    button.addEventListener("click", function () {
      var on = document.documentElement.toggleAttribute(name);
      button.setAttribute("aria-pressed", String(on));
    });
  });

  // what the header and the footer of printed sheets say
  var cited = document.querySelector("[data-page]");
  if (cited) {
    var sheet = document.documentElement.style;
    var address = /^http/.test(location.protocol) ? location.href.split("#")[0] : cited.dataset.page;
    sheet.setProperty("--ps-print-site", JSON.stringify("psanalysis \u00b7 " + document.title));
    sheet.setProperty("--ps-print-day", JSON.stringify((words.printed || "{day}").replace("{day}", cited.dataset.day)));
    sheet.setProperty("--ps-print-address", JSON.stringify(address));
  }

  function cellText(cell) {
    return (cell.hasAttribute("data-value") ? cell.getAttribute("data-value") : cell.textContent).trim();
  }

  function sortKey(cell) {
    var text = cell ? cellText(cell) : "";
    var number = Number(text.replace(/[,\s]/g, "").replace("\u2212", "-").replace(/[%‰]$/, ""));
    return { text: text, number: text === "" || isNaN(number) ? null : number };
  }

  function compare(a, b, direction) {
    var empty = function (key) { return key.text === "" || key.text === "—"; };
    if (empty(a) || empty(b)) { return empty(a) - empty(b); }
    if (a.number !== null && b.number !== null) { return direction * (a.number - b.number); }
    return direction * a.text.localeCompare(b.text, document.documentElement.lang);
  }

  function sortable(table) {
    var head = table.tHead;
    var body = table.tBodies[0];
    if (!head || "ownOrder" in table.dataset || head.rows.length !== 1 || !body || table.querySelector("tbody [rowspan], tbody [colspan]")) { return; }
    var original = Array.from(body.rows);
    Array.from(head.rows[0].cells).forEach(function (cell, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "ps-sort";
      button.title = words.sort || "";
      while (cell.firstChild) { button.appendChild(cell.firstChild); }
      cell.appendChild(button);
      button.addEventListener("click", function () {
        var state = cell.getAttribute("aria-sort");
        var next = state === "ascending" ? "descending" : state === "descending" ? "" : "ascending";
        Array.from(head.rows[0].cells).forEach(function (other) { other.removeAttribute("aria-sort"); });
        var rows = original.slice();
        if (next) {
          cell.setAttribute("aria-sort", next);
          var direction = next === "ascending" ? 1 : -1;
          rows = rows.map(function (row) { return { row: row, key: sortKey(row.cells[column]) }; })
            .sort(function (a, b) { return compare(a.key, b.key, direction); })
            .map(function (item) { return item.row; });
        }
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
  }

  document.querySelectorAll("table.ps-table").forEach(sortable);

  var phone = window.matchMedia("(max-width: 640px)").matches;
  if (phone) { document.querySelectorAll("details[data-long]").forEach(function (fold) { fold.open = false; }); }

  // a target inside a closed section is opened for whoever is led to it
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    for (var box = target.closest("details"); box; box = box.parentElement.closest("details")) { box.open = true; }
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);
  reveal();

  // the other language opens at the same section, with the same choices
  document.querySelectorAll("a.ps-language").forEach(function (link) {
    link.addEventListener("click", function () { link.search = location.search; link.hash = location.hash; });
  });

  var toc = document.querySelector(".ps-toc details");
  if (toc && phone) { toc.open = false; }
}());

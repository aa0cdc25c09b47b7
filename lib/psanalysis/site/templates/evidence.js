// Evidence at the mark: what the sources of the page say of a figure, in a panel beside it.
(function () {
  "use strict";
  var main = document.querySelector("main");
  if (!main || !window.psanalysis) { return; }
  var ps = window.psanalysis, words = main.dataset;
  var KEYS = ["value_as_written", "value", "role", "nature", "year", "as_written", "section", "span", "note"];
  var SELECTOR = 'a[href^="#row-"]:not([href^="#row-document-"]), svg a';
  var panel, mark, waiting, pinned, returning;

  function target(link) {
    var href = link.getAttribute("href") || link.getAttributeNS("http://www.w3.org/1999/xlink", "href") || "";
    return href.indexOf("#row-") === 0 ? document.getElementById(href.slice(1)) : null;
  }
  function line(list, head, content) {
    var term = document.createElement("dt"), told = document.createElement("dd");
    term.textContent = head;
    if (typeof content === "string") { told.textContent = content; } else { Array.from(content.childNodes).forEach(function (node) { told.appendChild(node.cloneNode(true)); }); }
    list.append(term, told);
  }
  function fill(row) {
    panel.textContent = "";
    var table = row.closest("table"), heads = table.tHead.rows[0].cells;
    var known = table.dataset.heads && row.id;
    var title = document.createElement("p"), list = document.createElement("dl"), foot = document.createElement("p");
    title.className = "ps-panel-title";
    title.id = "ps-panel-title";
    var name = known ? ps.column(row, "indicator") : row.cells[0];
    title.textContent = name.textContent + (known && ps.column(row, "plan") ? " · " + ps.column(row, "plan").textContent : "");
    (known ? KEYS : Array.from(row.cells).slice(1)).forEach(function (one) {
      var cell = known ? ps.column(row, one) : one;
      if (cell && !/^[—\s]*$/.test(cell.textContent)) { line(list, heads[cell.cellIndex].textContent.trim(), cell); }
    });
    if (known) { line(list, table.dataset.heads.split("|")[2], row.dataset.comparator || "—"); }
    var passage = row.querySelector(".ps-passage");
    if (passage) { line(list, heads[passage.cellIndex].textContent.trim(), passage); }
    function way(text, href) {
      var link = document.createElement("a");
      link.textContent = text;
      link.href = href;
      foot.append(link, " ");
      return link;
    }
    way(words.row || "row", "#" + row.id).addEventListener("click", function () { close(false); });
    var plan = known && ps.document(row), official = plan && plan.querySelector("a[href^=http]");
    if (official) { way(words.official || "text", official.href); }
    var shut = document.createElement("button");
    shut.type = "button";
    shut.className = "ps-button";
    shut.textContent = words.close || "×";
    shut.addEventListener("click", function () { close(true); });
    foot.append(shut);
    panel.append(title, list, foot);
  }
  function position() {
    var box = mark.getBoundingClientRect();
    panel.style.left = panel.style.top = "0";
    if (window.matchMedia("(max-width: 640px)").matches) { panel.style.left = panel.style.top = ""; return; }
    var size = panel.getBoundingClientRect(), wide = document.documentElement.clientWidth, high = window.innerHeight;
    var below = box.bottom + 8 + size.height < high || box.top < size.height + 8;
    panel.style.left = Math.max(8, Math.min(wide - size.width - 8, box.left)) + "px";
    panel.style.top = Math.max(8, Math.min(high - size.height - 8, below ? box.bottom + 8 : box.top - size.height - 8)) + "px";
  }
  function open(link, row, keep) {
    clearTimeout(waiting);
    if (!panel) {
      panel = document.createElement("div");
      panel.className = "ps-panel";
      panel.tabIndex = -1;
      panel.setAttribute("role", "dialog");
      panel.setAttribute("aria-labelledby", "ps-panel-title");
      panel.addEventListener("mouseenter", function () { clearTimeout(waiting); });
      panel.addEventListener("mouseleave", leave);
      document.body.appendChild(panel);
    }
    if (mark && mark !== link) { mark.removeAttribute("aria-expanded"); }
    mark = link;
    pinned = keep;
    fill(row);
    panel.hidden = false;
    mark.setAttribute("aria-expanded", "true");
    position();
    if (keep) { panel.focus({ preventScroll: true }); }
  }
  function close(back) {
    clearTimeout(waiting);
    if (!panel || panel.hidden) { return; }
    var held = panel.contains(document.activeElement);
    panel.hidden = true;
    pinned = false;
    mark.removeAttribute("aria-expanded");
    if (back && held) {
      returning = true;
      mark.focus({ preventScroll: true });
      returning = false;
    }
  }
  function leave() {
    clearTimeout(waiting);
    if (!pinned) { waiting = setTimeout(function () { close(false); }, 250); }
  }
  main.querySelectorAll(SELECTOR).forEach(function (link) {
    var row = target(link);
    // a row's own links need no panel about it
    if (!row || row.contains(link)) { return; }
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("mouseenter", function () {
      clearTimeout(waiting);
      if (!pinned) { waiting = setTimeout(function () { open(link, row, false); }, 150); }
    });
    link.addEventListener("mouseleave", leave);
    link.addEventListener("focus", function () { if (!pinned && !returning && link.matches(":focus-visible")) { open(link, row, false); } });
    link.addEventListener("blur", function () { if (!pinned) { leave(); } });
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      open(link, row, true);
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && panel && !panel.hidden) { close(true); }
  });
  document.addEventListener("click", function (event) {
    if (panel && !panel.hidden && pinned && !panel.contains(event.target) && !(mark && mark.contains(event.target))) { close(false); }
  });
  window.addEventListener("scroll", function () { if (panel && !panel.hidden && !pinned) { close(false); } }, { passive: true });
}());

(function () {
  "use strict";
  var source = document.getElementById("ps-rows");
  var bar = document.querySelector(".ps-save");
  if (!source || !bar) { return; }
  var data = JSON.parse(source.textContent);
  var words = bar.dataset;
  var dirty = false;

  function set(row, column, value) {
    data.rows[row][data.columns.indexOf(column)] = value;
    dirty = true;
    tell();
  }

  function get(row, column) {
    return data.rows[row][data.columns.indexOf(column)];
  }

  function tell() {
    var place = data.columns.indexOf("accepted");
    var yes = 0, no = 0;
    data.rows.forEach(function (row) { yes += row[place] === "yes"; no += row[place] === "no"; });
    bar.querySelector("[role=status]").textContent = words.told.replace("{yes}", yes).replace("{no}", no)
      .replace("{open}", data.rows.length - yes - no);
  }

  function choice(cell, row, column, options, label) {
    var list = document.createElement("select");
    list.setAttribute("aria-label", label);
    options.forEach(function (option) {
      var item = document.createElement("option");
      item.value = option[0];
      item.textContent = option[1];
      list.appendChild(item);
    });
    list.value = get(row, column);
    list.addEventListener("change", function () { set(row, column, list.value); });
    cell.textContent = "";
    cell.appendChild(list);
  }

  document.querySelectorAll("[data-cell]").forEach(function (cell) {
    var row = Number(cell.closest("tr").id.slice(1)) - 1;
    var column = cell.dataset.cell;
    var label = words.columns_label.replace("{n}", row + 1) + " " + column;
    if (column === "accepted") {
      choice(cell, row, column, [["", words.open], ["yes", words.yes], ["no", words.no]], label);
    } else if (column === "role") {
      choice(cell, row, column, JSON.parse(words.roles), label);
    } else {
      cell.setAttribute("contenteditable", "plaintext-only");
      if (cell.contentEditable !== "plaintext-only") { cell.setAttribute("contenteditable", "true"); }
      cell.setAttribute("role", "textbox");
      cell.setAttribute("aria-label", label);
      cell.addEventListener("input", function () { set(row, column, cell.textContent.trim()); });
      cell.addEventListener("keydown", function (event) { if (event.key === "Enter") { event.preventDefault(); cell.blur(); } });
    }
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

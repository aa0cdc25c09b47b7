// What a reader carries away: tables as CSV and XLSX, charts as SVG, PNG and PDF, citations as text.
(function () {
  "use strict";
  var main = document.querySelector("main");
  var words = main ? main.dataset : {};
  var ps = window.psanalysis = {};
  var HEADS = ["value", "upper", "comparator", "unit", "pledge", "as_stated", "statement", "findings", "citation"];

  function el(name, options) { return Object.assign(document.createElement(name), options); }

  ps.cell = function (cell) {
    return (cell.hasAttribute("data-value") ? cell.getAttribute("data-value") : cell.textContent).trim();
  };

  // the row of a statement in the sources of the page, which has what a table leaves out
  ps.source = function (row) {
    return row.dataset.of ? document.getElementById("row-" + row.dataset.of) : row.closest("table").dataset.heads ? row : null;
  };
  ps.column = function (row, key) {
    var head = row.closest("table").tHead.querySelector('[data-key="' + key + '"]');
    return head && row.cells[head.cellIndex];
  };
  ps.document = function (row) {
    var link = row.querySelector('a[href^="#row-document-"]');
    var table = row.closest("table");
    return document.getElementById(link ? link.getAttribute("href").slice(1) : "row-document-" + table.dataset.document);
  };

  function text(row, key) { var cell = row && ps.column(row, key); return cell ? cell.textContent.trim() : ""; }

  function further(row) {
    var source = ps.source(row);
    if (!source) { return HEADS.map(function () { return ""; }); }
    var found = ps.column(source, "note");
    var plan = ps.document(source);
    return HEADS.map(function (key) {
      if (key === "value") { var cell = ps.column(source, key); return cell && cell.dataset.value || ""; }
      if (key === "as_stated") { return text(source, "value_as_written"); }
      if (key === "statement") { return source.id.slice(4); }
      if (key === "findings") {
        return Array.from(found ? found.querySelectorAll("a") : [], function (link) { return link.getAttribute("data-finding"); }).join(" ");
      }
      if (key === "citation") { return plan ? text(plan, "citation").replace(/^—$/, "") || text(plan, "title") : ""; }
      return source.dataset[key] || "";
    });
  }

  function seen(cell) { return cell.textContent.trim().replace(/\s+/g, " "); }

  // columns whose numbers leave out what the page says with them: sign, unit, year, a pledge without a number
  function telling(table) {
    var bare = /[\s,+]/g;
    return Array.from(table.tHead.rows[0].cells).filter(function (head) {
      return head.classList.contains("ps-number") && Array.from(table.tBodies[0].rows).some(function (row) {
        var cell = row.cells[head.cellIndex];
        return cell && ps.cell(cell).replace(bare, "") !== (seen(cell) === "—" ? "" : seen(cell)).replace("−", "-").replace(bare, "");
      });
    }).map(function (head) { return head.cellIndex; });
  }

  // every row of a table with all its columns, whatever is filtered, in the order in which it is shown
  function grid(table) {
    var sources = document.querySelector("table[data-heads]");
    var linked = sources && (table === sources || table.querySelector("tr[data-of]"));
    var more = linked ? sources.dataset.heads.split("|") : [];
    // the table of sources has as stated what it shows
    var told = table === sources || !table.tHead || !table.tBodies.length ? [] : telling(table);
    return Array.from(table.rows).map(function (row) {
      var own = Array.from(row.cells).filter(function (cell) { return cell.dataset.key !== "passage" && !cell.matches(".ps-passage"); });
      var texts = own.map(ps.cell).concat(told.map(function (at) {
        var cell = row.cells[at];
        return row.parentNode === table.tHead ? (words.shown || "{head}").replace("{head}", ps.cell(cell)) : cell ? seen(cell) : "";
      }));
      var numeric = own.map(function (cell) { return cell.classList.contains("ps-number"); });
      var rest = !linked ? [] : row.parentNode === table.tHead ? more : further(row);
      numeric = numeric.concat(told.map(function () { return false; }));
      return { texts: texts.concat(rest), numeric: numeric.concat(rest.map(function (_, at) { return at < 2; })) };
    });
  }

  // a cell that a spreadsheet would take for a formula is text; a number stays a number
  function harmless(text) {
    return /^[=+\-@\t\r]/.test(text) && !/^[+\-]?[\d.,\s]*\d\s*[%‰]?$/.test(text) ? "'" + text : text;
  }
  function quoted(text) { return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text; }
  function csv(table) {
    return "\ufeff" + grid(table).map(function (row) {
      return row.texts.map(function (text) { return quoted(harmless(text)); }).join(",");
    }).join("\r\n") + "\r\n";
  }

  function save(name, kind, parts) {
    var url = URL.createObjectURL(new Blob(parts, { type: kind }));
    var link = el("a", { href: url, download: name });
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
  }

  // --- a workbook: a few XML files in a ZIP without compression, the same bytes each time
  var CRC = new Uint32Array(256).map(function (_, n) {
    for (var k = 0; k < 8; k++) { n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; }
    return n;
  });
  function crc(bytes) {
    var sum = 0xffffffff;
    for (var i = 0; i < bytes.length; i++) { sum = CRC[(sum ^ bytes[i]) & 255] ^ (sum >>> 8); }
    return (sum ^ 0xffffffff) >>> 0;
  }
  function numbers(list) {
    // pairs of a number and its bytes, little end first
    var out = [];
    list.forEach(function (pair) { for (var i = 0; i < pair[1]; i++) { out.push(Math.floor(pair[0] / Math.pow(256, i)) & 255); } });
    return new Uint8Array(out);
  }
  function zip(files) {
    var parts = [], directory = [], at = 0, size = 0;
    files.forEach(function (file) {
      var name = new TextEncoder().encode(file[0]), content = new TextEncoder().encode(file[1]);
      // version, UTF-8 names, no compression, midnight of 1980-01-01
      var common = [[20, 2], [2048, 2], [0, 2], [0, 2], [33, 2], [crc(content), 4], [content.length, 4], [content.length, 4], [name.length, 2], [0, 2]];
      var head = numbers([[0x04034b50, 4]].concat(common));
      var entry = numbers([[0x02014b50, 4], [20, 2]].concat(common, [[0, 2], [0, 2], [0, 2], [0, 4], [at, 4]]));
      parts.push(head, name, content);
      directory.push(entry, name);
      at += head.length + name.length + content.length;
      size += entry.length + name.length;
    });
    return parts.concat(directory, numbers([[0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [at, 4], [0, 2]]));
  }
  function xml(text) {
    return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }
  function column(at) { return (at >= 26 ? column(Math.floor(at / 26) - 1) : "") + String.fromCharCode(65 + at % 26); }
  function isNumber(text) { return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text); }
  var MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  var RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
  var OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  var TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  function sheet(rows, frozen) {
    var widths = [];
    var body = rows.map(function (row, y) {
      return '<row r="' + (y + 1) + '">' + row.texts.map(function (text, x) {
        var wide = text.replace(/[\u2e80-\uffff]/g, "xx").length;
        widths[x] = Math.min(60, Math.max(widths[x] || 9, wide + 2));
        var style = frozen && !y ? ' s="1"' : "";
        if (!text) { return ""; }
        var cell = '<c r="' + column(x) + (y + 1) + '"' + style;
        return row.numeric[x] && isNumber(text) ? cell + "><v>" + text + "</v></c>"
          : cell + ' t="inlineStr"><is><t xml:space="preserve">' + xml(text) + "</t></is></c>";
      }).join("") + "</row>";
    }).join("");
    return '<worksheet ' + MAIN + "><sheetViews><sheetView workbookViewId=\"0\">"
      + (frozen ? '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>' : "") + "</sheetView></sheetViews><cols>"
      + widths.map(function (width, x) { return '<col min="' + (x + 1) + '" max="' + (x + 1) + '" width="' + width + '" customWidth="1"/>'; }).join("")
      + "</cols><sheetData>" + body + "</sheetData></worksheet>";
  }
  function line(texts) { return { texts: texts, numeric: texts.map(function () { return false; }) }; }
  function workbook(table) {
    var about = [line([document.title]), line([table.caption ? table.caption.textContent : ""])];
    document.querySelectorAll("p.ps-copy").forEach(function (cite) { about.push(line([cite.textContent])); });
    if (/^http/.test(location.protocol)) { about.push(line([location.href.split("#")[0]])); }
    var names = [table.dataset.csvName.slice(-31).replace(/^[a-z0-9]*-/, ""), words.about || "about"];
    var head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
    return zip([
      ["[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="' + TYPE + 'sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="' + TYPE + 'worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="' + TYPE + 'worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="' + TYPE + 'styles+xml"/></Types>'],
      ["_rels/.rels", "<Relationships " + RELATIONS + '><Relationship Id="rId1" Type="' + OFFICE + '/officeDocument" Target="xl/workbook.xml"/></Relationships>'],
      ["xl/workbook.xml", "<workbook " + MAIN + ' xmlns:r="' + OFFICE + '"><sheets>' + names.map(function (name, at) { return '<sheet name="' + xml(name) + '" sheetId="' + (at + 1) + '" r:id="rId' + (at + 1) + '"/>'; }).join("") + "</sheets></workbook>"],
      ["xl/_rels/workbook.xml.rels", "<Relationships " + RELATIONS + ">" + ["worksheet", "worksheet", "styles"].map(function (kind, at) { return '<Relationship Id="rId' + (at + 1) + '" Type="' + OFFICE + "/" + kind + '" Target="' + (kind === "styles" ? "styles.xml" : "worksheets/sheet" + (at + 1) + ".xml") + '"/>'; }).join("") + "</Relationships>"],
      ["xl/worksheets/sheet1.xml", sheet(grid(table), true)],
      ["xl/worksheets/sheet2.xml", sheet(about, false)],
      ["xl/styles.xml", "<styleSheet " + MAIN + '><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>']
    ].map(function (file) { return [file[0], head + file[1]]; }));
  }

  // --- a chart with its words, by itself
  // the site's own font is not there for a file by itself
  var FONTS = getComputedStyle(document.body).fontFamily.replace(/^"?psanalysis-han"?, /, "");
  var NS = "http://www.w3.org/2000/svg", PAD = 8.6, SMALL = 8.5, DPI = 300;
  function wrapped(words, size, room) {
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = size + "px " + FONTS;
    var lines = [""];
    (words.match(/[\u2e80-\uffff][，。、；：！？）》」』”’％]*|\s+|[^\s\u2e80-\uffff]+/g) || []).forEach(function (part) {
      var whole = lines[lines.length - 1] + part;
      if (pen.measureText(whole.trim()).width > room && lines[lines.length - 1]) { lines.push(part.trim()); } else { lines[lines.length - 1] = whole; }
    });
    return lines;
  }
  function standalone(figure) {
    var drawn = figure.querySelector(".ps-wide svg") || figure.querySelector("svg");
    var box = drawn.viewBox.baseVal, room = box.width - 2 * PAD;
    var title = figure.querySelector("figcaption b") || document.querySelector("h1");
    var blocks = [[title, 11.2, "#1b1f24"], [figure.querySelector("figcaption > span"), 9.5, "#57606a"]];
    var y = PAD, svg = document.createElementNS(NS, "svg");
    function write(block) {
      if (!block[0]) { return; }
      wrapped(block[0].textContent.trim(), block[1], room).forEach(function (line) {
        y += block[1] * 1.4;
        var text = document.createElementNS(NS, "text");
        text.setAttribute("x", PAD); text.setAttribute("y", y.toFixed(2)); text.setAttribute("font-size", block[1]); text.setAttribute("fill", block[2]);
        text.textContent = line;
        svg.appendChild(text);
      });
      y += 4;
    }
    blocks.forEach(write);
    var inner = drawn.cloneNode(true);
    inner.removeAttribute("font-family");
    inner.querySelectorAll("a").forEach(function (link) {
      var group = document.createElementNS(NS, "g");
      group.append.apply(group, Array.from(link.childNodes));
      link.replaceWith(group);
    });
    [["x", 0], ["y", y], ["width", box.width], ["height", box.height]].forEach(function (pair) { inner.setAttribute(pair[0], pair[1]); });
    y += box.height;
    write([figure.querySelector(".ps-source"), SMALL, "#57606a"]);
    var height = y + PAD;
    var paper = document.createElementNS(NS, "rect");
    [["width", box.width], ["height", height], ["fill", "#ffffff"]].forEach(function (pair) { paper.setAttribute(pair[0], pair[1]); });
    svg.prepend(paper);
    svg.appendChild(inner);
    [["viewBox", "0 0 " + box.width + " " + height], ["width", box.width + "pt"], ["height", height + "pt"], ["font-family", FONTS]].forEach(function (pair) { svg.setAttribute(pair[0], pair[1]); });
    var source = new XMLSerializer().serializeToString(svg).replace(/var\(--ps-[\w-]+,\s*([^)]+)\)/g, "$1");
    return { source: '<?xml version="1.0" encoding="UTF-8"?>\n' + source + "\n", width: box.width, height: height };
  }
  function raster(figure, done) {
    var chart = standalone(figure), image = new Image();
    image.onload = function () {
      var canvas = el("canvas", { width: Math.round(chart.width * DPI / 72), height: Math.round(chart.height * DPI / 72) });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      done(canvas, chart);
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(chart.source);
  }
  function big(number) { return numbers([[number, 4]]).reverse(); }
  function png(figure, name) {
    raster(figure, function (canvas) {
      canvas.toBlob(function (blob) {
        blob.arrayBuffer().then(function (buffer) {
          // pHYs after the 33 bytes of signature and IHDR: dots a metre
          var bytes = new Uint8Array(buffer), dots = Math.round(DPI / 0.0254);
          var chunk = [112, 72, 89, 115].concat(Array.from(big(dots)), Array.from(big(dots)), [1]);
          save(name, "image/png", [bytes.slice(0, 33), big(9), new Uint8Array(chunk), big(crc(new Uint8Array(chunk))), bytes.slice(33)]);
        });
      }, "image/png");
    });
  }
  // a sheet of the size of the chart, which holds it at 300 dots an inch
  function pdf(figure, name) {
    raster(figure, function (canvas, chart) {
      var pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      var colours = new Uint8Array(pixels.length / 4 * 3);
      for (var i = 0, j = 0; i < pixels.length; i += 4) { colours[j++] = pixels[i]; colours[j++] = pixels[i + 1]; colours[j++] = pixels[i + 2]; }
      new Response(new Blob([colours]).stream().pipeThrough(new CompressionStream("deflate"))).arrayBuffer().then(function (packed) {
        var size = chart.width.toFixed(2) + " " + chart.height.toFixed(2), draw = "q " + chart.width.toFixed(2) + " 0 0 " + chart.height.toFixed(2) + " 0 0 cm /I Do Q";
        var title = figure.querySelector("figcaption b") || document.querySelector("h1");
        var coded = "FEFF" + Array.from(title.textContent, function (sign) { return Array.from({ length: sign.length }, function (_, at) { return sign.charCodeAt(at).toString(16).padStart(4, "0"); }).join(""); }).join("");
        var objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 " + size + "]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>",
          "<</Length " + draw.length + ">>stream\n" + draw + "\nendstream",
          ["<</Type/XObject/Subtype/Image/Width " + canvas.width + "/Height " + canvas.height + "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode/Length " + packed.byteLength + ">>stream\n", packed, "\nendstream"],
          "<</Title<" + coded + ">>>"];
        var parts = ["%PDF-1.5\n%\u00e2\n"], at = new Blob(parts).size, table = "xref\n0 7\n0000000000 65535 f \n";
        objects.forEach(function (object, number) {
          var piece = [].concat((number + 1) + " 0 obj\n", object, "\nendobj\n");
          table += String(at).padStart(10, "0") + " 00000 n \n";
          at += new Blob(piece).size;
          parts = parts.concat(piece);
        });
        save(name, "application/pdf", parts.concat(table, "trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n" + at + "\n%%EOF\n"));
      });
    });
  }

  // --- buttons
  function tools(kinds, about, next) {
    var box = el("div", { className: "ps-tools" });
    kinds.forEach(function (kind) {
      var button = el("button", { type: "button", className: "ps-button", textContent: kind[0] });
      button.setAttribute("aria-label", kind[0] + (about ? ": " + about : ""));
      button.addEventListener("click", kind[1]);
      box.appendChild(button);
    });
    next.parentNode.insertBefore(box, next);
    return box;
  }
  document.querySelectorAll("table.ps-table").forEach(function (table) {
    var name = table.dataset.csvName;
    if (!name) { return; }
    tools([
      [words.csv || "CSV", function () { save(name + ".csv", "text/csv;charset=utf-8", [csv(table)]); }],
      [words.xlsx || "XLSX", function () { save(name + ".xlsx", TYPE + "sheet", workbook(table)); }]
    ], table.caption && table.caption.textContent, table.closest(".ps-table-wrap") || table);
  });
  document.querySelectorAll("figure.ps-figure:has(svg)").forEach(function (figure) {
    var page = location.pathname.split("/").slice(-2).join("-").replace(/\.html$/, "") || "chart";
    var name = page + "-" + figure.id.replace(/^figure-/, "");
    var source = figure.querySelector(".ps-source") || figure.appendChild(el("p", { className: "ps-source" }));
    tools([
      ["SVG", function () { save(name + ".svg", "image/svg+xml", [standalone(figure).source]); }],
      ["PNG", function () { png(figure, name + ".png"); }],
      ["PDF", function () { pdf(figure, name + ".pdf"); }]
    ], figure.querySelector("svg").getAttribute("aria-label"), source);
  });
  document.querySelectorAll(".ps-copy").forEach(function (box) {
    if (/^http/.test(location.protocol)) {
      var address = location.href.split("#")[0];
      box.textContent = box.matches(".ps-bibtex") ? box.textContent.replace(/\n}$/, "\n  url = {" + address + "},\n}") : box.textContent + " " + address;
    }
    tools([[words.copy || "copy", function (event) {
      navigator.clipboard.writeText(box.textContent).then(function () { event.target.textContent = words.copied; }, function () { getSelection().selectAllChildren(box); });
    }]], "", box);
  });
}());

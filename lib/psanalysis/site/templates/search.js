// The search and the filters of the first page. All that is found is a link on some page; without a script the lists are there to read.
(function () {
  "use strict";
  var filters = document.querySelector(".ps-filters"), packed = document.getElementById("ps-search");
  if (!filters || !packed) { return; }
  var MOST = 40, CHIPS = 8, KEPT = ["q", "city", "domain"];
  // what a word is worth where it is found: as the whole, at the beginning, inside
  var WORTH = { "=": [100, 70, 55], "+": [90, 50, 45], "-": [40, 35, 30], "~": [40, 40, 28] }, INITIALS = 15, PART = 0.5, PLACE = 10, FEWEST_INITIALS = 3;
  // letters of an English word that are kept, and that its ending may have; times that a name is longer than what is short for it
  var LEAST_ALIKE = 5, ENDING = 3, SHORTENED = 2;
  var search = filters.querySelector("input"), fields = Array.from(filters.querySelectorAll("select"));
  var list = document.querySelector(".ps-hits"), count = document.querySelector("[data-count]");
  var items = Array.from(document.querySelectorAll("[data-item]")), groups = Array.from(document.querySelectorAll("[data-group]"));
  var index = null;

  function folded(text) { return text.normalize("NFKC").toLowerCase().replace(/[-‐–'’]/g, ""); }

  function prepared() {
    var given = JSON.parse(packed.textContent);
    var plans = given.plans.map(function (plan) {
      return { id: plan[0], place: plan[1], title: plan[2], path: plan[3], words: plan[4].map(word), statements: plan[5] };
    });
    var entries = given.entries.map(function (entry, order) {
      var rows = entry[5] ? entry[5].split(" ").map(function (one) {
        var parts = one.split(".");
        var plan = plans[Number(parts[0])];
        return { plan: plan, path: parts[1] && plan.statements ? plan.statements + "#row-" + plan.id + "-" + parts.slice(1).join(".") : plan.path };
      }) : [];
      return { name: entry[0], kind: entry[1], domain: entry[2], path: entry[3], words: entry[4].map(word), rows: rows, order: order };
    });
    return { kinds: given.kinds, ignored: given.ignored.split(" "), plans: plans, entries: entries };
  }

  function word(marked) { return { mark: marked.charAt(0), text: folded(marked.slice(1)) }; }

  function latin(asked) { return /^[a-z0-9 ]+$/.test(asked); }

  // an English word fits its other number: library, libraries; the beginning of a longer one is worth less
  function stem(asked) {
    return asked.length < 4 ? asked : asked.length > 5 && /(ies|y)$/.test(asked) ? asked.replace(/(ies|y)$/, "") : asked.replace(/([^s])s$/, "$1");
  }

  // how well a word fits: 0 not at all
  function worth(asked, found) {
    var worths = WORTH[found.mark];
    if (found.mark === "~") { return latin(asked) ? spelled(asked, found.text.split(" "), worths) : 0; }
    if (found.text === asked) { return worths[0]; }
    if (!latin(asked)) {
      var place = found.text.indexOf(asked);
      return place < 0 ? 0 : worths[place ? 2 : 1];
    }
    var start = stem(asked), most = 0;
    for (var at = found.text.indexOf(start); at >= 0; at = found.text.indexOf(start, at + 1)) {
      if (at && /[a-z0-9]/.test(found.text.charAt(at - 1))) { continue; }
      var whole = /^(s|y|ies|es)?(?![a-z0-9])/.test(found.text.slice(at + start.length));
      most = Math.max(most, worths[at ? 2 : 1] * (whole ? 1 : PART));
    }
    return most;
  }

  function spelled(asked, syllables, worths) {
    var initials = syllables.map(function (one) { return one.charAt(0); }).join("");
    for (var first = 0; first < syllables.length; first += 1) {
      var text = syllables.slice(first).join("");
      // a syllable that has begun counts: yanglaoch, but not the y of another word
      if (text.indexOf(asked) === 0 && asked.length >= syllables[first].length) { return worths[first ? 2 : 1]; }
    }
    return asked.length >= FEWEST_INITIALS && initials.indexOf(asked) >= 0 ? INITIALS : 0;
  }

  // where nothing has the word: a Chinese one may be short for a longer name (社保, 社会保险), an English one has other endings
  function near(asked, found) {
    if (found.mark === "~") { return 0; }
    if (latin(asked)) {
      var start = asked.slice(0, Math.max(LEAST_ALIKE, asked.length - ENDING));
      return asked.length < LEAST_ALIKE ? 0 : (" " + found.text).indexOf(" " + start) < 0 ? 0 : WORTH[found.mark][2];
    }
    var first = found.text.indexOf(asked.charAt(0)), at = first;
    for (var next = 1; at >= 0 && next < asked.length; next += 1) { at = found.text.indexOf(asked.charAt(next), at + 1); }
    return asked.length > 1 && at >= 0 && at - first <= SHORTENED * asked.length ? WORTH[found.mark][2] - (at - first) : 0;
  }

  function best(asked, words, fit) {
    return words.reduce(function (most, one) { return Math.max(most, fit(asked, one)); }, 0);
  }

  function placesOf(asked) {
    if (asked.length < (latin(asked) ? 3 : 2)) { return []; }
    return index.plans.filter(function (plan) {
      return plan.words.some(function (one) {
        var text = one.mark === "~" ? one.text.replace(/ /g, "") : one.text;
        return text.indexOf(asked) === 0 || (!latin(asked) && asked.indexOf(text) === 0);
      });
    });
  }

  // words are parted by blanks, and by the name of a place at either end of one
  function asWords(text) {
    var words = folded(text).split(/[\s,，、;；]+/).filter(Boolean);
    var telling = words.filter(function (one) { return index.ignored.indexOf(one) < 0; });
    words = telling.length ? telling : words;
    return words.reduce(function (all, one) {
      var names = index.plans.map(function (plan) { return plan.words[0].text; });
      names = names.concat(names.map(function (name) { return name.slice(0, -1); })).filter(function (name) { return name.length > 1; });
      names.sort(function (a, b) { return b.length - a.length; });
      for (var at = 0; at < names.length; at += 1) {
        var name = names[at], rest = one.indexOf(name) === 0 ? one.slice(name.length)
          : one.length > name.length && one.lastIndexOf(name) === one.length - name.length ? one.slice(0, -name.length) : null;
        if (rest !== null && rest.length > 1) { return all.concat(name, rest); }
      }
      return all.concat(one);
    }, []);
  }

  function find(text, city, domain, fit) {
    index = index || prepared();
    var words = asWords(text), places = words.map(placesOf), found = [];
    index.entries.forEach(function (entry) {
      if (domain && entry.domain !== domain) { return; }
      var rows = entry.rows, total = 0;
      if (city) { rows = rows.filter(function (row) { return row.plan.place === city; }); }
      if (city && !rows.length) { return; }
      var named = city !== "";
      for (var at = 0; at < words.length; at += 1) {
        var own = best(words[at], entry.words, fit);
        var there = entry.rows.length && places[at].length
          ? rows.filter(function (row) { return places[at].indexOf(row.plan) >= 0; }) : [];
        if (!own && !there.length) { return; }
        if (!own) { rows = there; named = true; }
        total += own || PLACE;
      }
      // all words together may be a name: health insurance
      if (words.length > 1) { total += best(words.join(" "), entry.words, fit); }
      found.push({ entry: entry, rows: rows, named: named, total: total + Math.min(9, entry.rows.length) });
    });
    return found.sort(function (a, b) {
      return b.total - a.total || a.entry.name.length - b.entry.name.length || a.entry.order - b.entry.order;
    });
  }

  function link(words, path) {
    var made = document.createElement("a");
    made.href = path;
    made.textContent = words;
    return made;
  }

  function shown(hit) {
    var line = document.createElement("li"), told = document.createElement("span");
    var one = hit.named && hit.entry.kind === "indicator" ? hit.rows[0] : null;
    line.append(link(one ? hit.entry.name + " · " + one.plan.title : hit.entry.name, one ? one.path : hit.entry.path));
    if (hit.entry.kind === "indicator") {
      hit.entry.rows.filter(function (row) { return row !== one; }).slice(0, CHIPS).forEach(function (row) {
        told.append(link(row.plan.title, row.path), " ");
      });
    } else {
      told.textContent = index.kinds[hit.entry.kind];
    }
    line.append(told);
    return line;
  }

  function value(name) {
    return name === "q" ? search.value.trim() : fields.filter(function (field) { return field.name === name; })[0].value;
  }

  function apply() {
    var text = value("q"), total = 0, told = text ? "hits" : "count", asking = text !== "" || fields.some(function (field) { return field.value !== first[field.name]; });
    if (text) {
      var hits = find(text, value("city"), value("domain"), worth);
      if (!hits.length) {
        hits = find(text, value("city"), value("domain"), near);
        told = hits.length ? "near" : "none";
      }
      total = hits.length;
      list.replaceChildren.apply(list, hits.slice(0, MOST).map(shown));
    }
    list.hidden = !text || !total;
    items.forEach(function (item) {
      var fits = fields.every(function (field) {
        var given = " " + (item.dataset[field.name] || "") + " ";
        return !field.value || given.indexOf(" " + field.value + " ") >= 0 || given === " * ";
      });
      item.hidden = !fits;
      total += !text && fits ? 1 : 0;
    });
    document.querySelectorAll(".ps-front").forEach(function (box) { box.hidden = text !== ""; });
    groups.forEach(function (group) { group.hidden = text !== "" || !group.querySelector("[data-item]:not([hidden])"); });
    count.textContent = !asking ? "" : count.dataset[told].replace("{n}", String(total));
    save();
  }

  // what was asked is in the address: it can be sent, and comes back with the page
  function save() {
    var asked = new URLSearchParams();
    KEPT.forEach(function (name) { if (value(name)) { asked.set(name, value(name)); } });
    var text = asked.toString();
    try { history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash); } catch (error) { /* a page that is not at an address */ }
  }

  var asked = new URLSearchParams(location.search), first = {};
  fields.forEach(function (field) { first[field.name] = field.value; });
  search.value = asked.get("q") || "";
  fields.forEach(function (field) { if (KEPT.indexOf(field.name) >= 0) { field.value = asked.get(field.name) || ""; } });
  filters.hidden = false;
  fields.forEach(function (field) { field.addEventListener("change", apply); });
  search.addEventListener("input", apply);
  filters.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = list.querySelector("a");
    if (!list.hidden && first) { location.href = first.href; }
  });
  apply();
}());

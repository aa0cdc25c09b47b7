// The search and the filters of the first page. All that is found is a link on some page; without a script the lists are there to read.
(function () {
  "use strict";
  var filters = document.querySelector(".ps-filters"), packed = document.getElementById("ps-search");
  if (!filters || !packed) { return; }
  var MOST = 40, CHIPS = 8, KEPT = ["q", "city", "domain"];
  // what a word is worth where it is found: as the whole, at the beginning, inside
  var WORTH = { "=": [100, 58, 55], "+": [90, 48, 46], "-": [40, 33, 31], "~": [40, 40, 28], ":": [60, 50, 50] }, INITIALS = 15, PART = 0.5, PLACE = 10, FEWEST_INITIALS = 3;
  // what is added: for the share of a name that the word is, where the name is about it, and for what all places have in their plans
  var SHARE = 12, HEAD = 3, USED = 26;
  // what a plan is worth where its place, its period or the last year of it is asked for, and for another year
  var NAMED = 30, LAST_YEAR = 60, A_YEAR = 5;
  // how few hits are completed by what is similar; what each word counts where not all are found
  var FEW = 3, EACH = 40;
  // what may follow the word that a name is about
  var HEAD_ZH = /^(总?数|总?量|总?额|率|值)?$/, HEAD_EN = /^(s|y|ies|es)?(,| per | in |$)/;
  // letters of an English word that are kept, and that its ending may have; times that a name is longer than what is short for it
  var LEAST_ALIKE = 5, ENDING = 3, SHORTENED = 2;
  var search = filters.querySelector("input"), fields = Array.from(filters.querySelectorAll("select"));
  var list = document.querySelector(".ps-hits"), count = document.querySelector("[data-count]");
  var items = Array.from(document.querySelectorAll("[data-item]")), groups = Array.from(document.querySelectorAll("[data-group]"));
  var index = null;

  function folded(text) { return text.normalize("NFKC").toLowerCase().replace(/[-‐–'’“”"]/g, ""); }

  function prepared() {
    var given = JSON.parse(packed.textContent);
    var plans = given.plans.map(function (plan) {
      return { id: plan[0], place: plan[1], title: plan[2], path: plan[3], words: plan[4].map(word), statements: plan[5], first: plan[6][1], last: plan[6][2], years: plan[6] };
    });
    var entries = given.entries.map(function (entry, order) {
      var rows = entry[5] ? entry[5].split(" ").map(function (one) {
        var dated = one.split(":"), parts = dated[0].split(".");
        var plan = plans[Number(parts[0])];
        return {
          plan: plan, year: dated.length > 1 ? Number(dated[1]) : plan.years[3],
          path: parts[1] && plan.statements ? plan.statements + "#row-" + plan.id + "-" + parts.slice(1).join(".") : plan.path
        };
      }) : [];
      return { name: entry[0], kind: entry[1], domain: entry[2], path: entry[3], words: entry[4].map(word), rows: rows, order: order, used: entry[6] || 0 };
    });
    return { kinds: given.kinds, dated: given.dated, ignored: given.ignored.split(" ").map(folded), plans: plans, entries: entries, places: given.places, names: namesOf(plans) };
  }

  // the names of places and periods, also without the kind of place behind them, the longest first
  function namesOf(plans) {
    var names = plans.reduce(function (named, plan) {
      return named.concat(plan.words.filter(function (own, at) { return !at || (own.mark === ":" && !latin(own.text)); }));
    }, []).map(function (own) { return own.text; });
    names = names.concat(names.map(function (name) { return /[市县区省州盟旗国]$/.test(name) ? name.slice(0, -1) : name; })).filter(function (name) { return name.length > 1; });
    return names.sort(function (a, b) { return b.length - a.length; });
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
    var share = SHARE * asked.length / found.text.length;
    if (!latin(asked)) {
      var offset = found.text.indexOf(asked);
      return offset < 0 ? 0 : worths[offset ? 2 : 1] + share + (HEAD_ZH.test(found.text.slice(offset + asked.length)) ? HEAD : 0);
    }
    var start = stem(asked), most = 0;
    for (var at = found.text.indexOf(start); at >= 0; at = found.text.indexOf(start, at + 1)) {
      if (at && /[a-z0-9]/.test(found.text.charAt(at - 1))) { continue; }
      var whole = /^(s|y|ies|es)?(?![a-z0-9])/.test(found.text.slice(at + start.length));
      var head = HEAD_EN.test(found.text.slice(at + start.length)) && found.text.slice(0, at).indexOf(" of ") < 0 ? HEAD : 0;
      most = Math.max(most, (worths[at ? 2 : 1] + share + head) * (whole ? 1 : PART));
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

  // a period (2021-2025, 2021—25) and years (2030, 2030年) are read before words: they stand anywhere, also right beside a word
  function parted(text) {
    var found = { periods: [], years: [], words: [] };
    var rest = text.normalize("NFKC").replace(/(^|\D)((?:19|20)\d\d)\s*年?\s*[-‐–—―~至到]+\s*((?:19|20)?\d\d)\s*年?(?=\D|$)/g, function (all, before, first, last) {
      found.periods.push([Number(first), Number(last.length === 2 ? first.slice(0, 2) + last : last)]);
      return before + " ";
    }).replace(/(^|\D)((?:19|20)\d\d)\s*年?(?=\D|$)/g, function (all, before, year) {
      found.years.push(Number(year));
      return before + " ";
    });
    found.words = asWords(rest, found.periods.length + found.years.length > 0);
    return found;
  }

  // words are parted by blanks, and by the name of a place or a period at either end of one
  function asWords(text, dated) {
    var words = folded(text).split(/[\s,，、;；]+/).filter(Boolean);
    words = words.reduce(function (all, one) {
      for (var at = 0; at < index.names.length; at += 1) {
        var name = index.names[at], rest = one.indexOf(name) === 0 ? one.slice(name.length)
          : one.length > name.length && one.lastIndexOf(name) === one.length - name.length ? one.slice(0, -name.length) : null;
        if (rest !== null && rest.length > 1) { return all.concat(name, rest); }
      }
      return all.concat(one);
    }, []);
    var telling = words.filter(function (one) { return index.ignored.indexOf(one) < 0; });
    return telling.length || dated ? telling : words;
  }

  // how: undated leaves years and periods out, some lets words be missing
  function find(text, city, domain, fit, how) {
    index = index || prepared();
    var asked = parted(text), dates = asked.years.length + asked.periods.length;
    if ((how === "undated" && !(asked.words.length && dates)) || (how === "some" && asked.words.length < 2)) { return []; }
    if (how === "undated") { asked.years = asked.periods = []; }
    var words = asked.words, places = words.map(placesOf), found = [];
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
        if (!own && !there.length) {
          if (how === "some") { continue; }
          return;
        }
        if (!own) { rows = there; named = true; }
        total += (own || PLACE) + (own && places[at].length && entry.kind === "place" ? NAMED : 0) + (how === "some" ? EACH : 0);
      }
      // a place alone is no answer where a word of the question is not found with it
      if (how === "some" && !words.some(function (one) { return best(one, entry.words, fit) > 0; })) { return; }
      // all words together may be a name: health insurance
      if (words.length > 1) { total += best(words.join(" "), entry.words, fit); }
      for (var period = 0; period < asked.periods.length; period += 1) {
        rows = rows.filter(function (row) { return row.plan.first === asked.periods[period][0] && row.plan.last === asked.periods[period][1]; });
        if (!rows.length) { return; }
        named = true;
        total += entry.kind === "place" ? LAST_YEAR : PLACE;
      }
      if (asked.years.length) {
        var dated = ofYears(entry, rows, asked.years, fit);
        if (!dated) { return; }
        if (dated.rows) { rows = dated.rows; named = true; }
        total += dated.total;
      }
      total += USED * Math.log(1 + entry.used) / Math.log(1 + index.places);
      found.push({ entry: entry, rows: rows, named: named, dated: asked.years.length > 0, total: total });
    });
    return found.sort(function (a, b) {
      return b.total - a.total || a.entry.name.length - b.entry.name.length || a.entry.order - b.entry.order;
    });
  }

  // every year has to be one of a row of the indicator, lie in the period of the plan, or stand in the name
  function ofYears(entry, rows, years, fit) {
    var kept = [], total = 0;
    for (var at = 0; at < years.length; at += 1) {
      var year = years[at];
      var there = rows.filter(function (row) {
        return entry.kind === "indicator" ? row.year === year : row.plan.years.indexOf(year) >= 0 || (row.plan.first <= year && year <= row.plan.last);
      });
      var own = there.length ? 0 : best(String(year), entry.words, fit);
      if (!own && !there.length) { return null; }
      kept = kept.concat(there);
      total += own || (entry.kind === "indicator" ? PLACE : there[0].plan.last === year ? LAST_YEAR : A_YEAR);
    }
    // a target for the horizon of its plan before a value on the way
    var last = kept.filter(function (row) { return row.year === row.plan.years[3]; });
    kept = last.concat(kept.filter(function (row) { return last.indexOf(row) < 0; }));
    return { rows: kept.length ? kept : null, total: total };
  }

  function link(words, path) {
    var made = document.createElement("a");
    made.href = path;
    made.textContent = words;
    return made;
  }

  // of each plan the row that a reader is led to, or all that are for a year that was asked for
  function told(hit) {
    var seen = [];
    return (hit.dated && hit.named ? hit.rows : hit.entry.rows.filter(function (row) {
      var first = seen.indexOf(row.plan) < 0;
      seen.push(row.plan);
      return first;
    }));
  }

  function called(row, hit) {
    return hit.dated && hit.named ? index.dated.replace("{place}", row.plan.title).replace("{year}", String(row.year)) : row.plan.title;
  }

  function shown(hit) {
    var line = document.createElement("li"), more = document.createElement("span");
    var one = hit.named && hit.entry.kind === "indicator" ? hit.rows[0] : null;
    line.append(link(one ? hit.entry.name + " · " + called(one, hit) : hit.entry.name, one ? one.path : hit.entry.path));
    if (hit.entry.kind === "indicator") {
      told(hit).filter(function (row) { return !one || row.path !== one.path; }).slice(0, CHIPS).forEach(function (row) {
        more.append(link(called(row, hit), row.path), " ");
      });
    } else {
      more.textContent = index.kinds[hit.entry.kind];
    }
    line.append(more);
    return line;
  }

  function value(name) {
    return name === "q" ? search.value.trim() : fields.filter(function (field) { return field.name === name; })[0].value;
  }

  function apply() {
    var text = value("q"), total = 0, similar = 0, told = text ? "hits" : "count", asking = text !== "" || fields.some(function (field) { return field.value !== first[field.name]; });
    if (text) {
      // what is asked; the same for another year; what is similar; what has some of the words
      var hits = [], ways = [["hits", worth], ["undated", worth, "undated"], ["near", near], ["near", near, "undated"], ["some", worth, "some"]];
      for (var way = 0; way < ways.length && !hits.length; way += 1) {
        hits = find(text, value("city"), value("domain"), ways[way][1], ways[way][2]);
        told = hits.length ? ways[way][0] : "none";
      }
      if (told === "hits" && hits.length < FEW) {
        var known = hits.map(function (hit) { return hit.entry; });
        var more = find(text, value("city"), value("domain"), near).filter(function (hit) { return known.indexOf(hit.entry) < 0; });
        similar = more.length;
        told = similar ? "andNear" : told;
        hits = hits.concat(more);
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
    count.textContent = !asking ? "" : count.dataset[told].replace("{n}", String(total - similar)).replace("{m}", String(similar));
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

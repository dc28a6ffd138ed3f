/* Where a number comes from. A click on a number opens a small panel: the row of the results that it is, numerator
 * and denominator, the formula with the figures put in, who answers for it, which day and definition it is of.
 *
 * What it says is loaded when the first number is asked about, as scripts beside the pages, so it works from a folder.
 * By keyboard the button under the page opens it at the first number in view, and the panel goes on from number to
 * number; while it is open, numbers outside of links can be reached by Tab. Without this script numbers are numbers.
 */
(function () {
  "use strict";

  var here = document.currentScript && document.currentScript.src.replace(/assets\/trace\.js.*$/, "");
  var words = null, about = {}, rows = {}, waiting = {};
  var panel = null, asked = null, numbers = [], live = false;
  var MOST = 12;

  window.handbookTrace = {
    words: function (told) { words = told; },
    about: function (id, told) { about[id] = told; },
    rows: function (id, told) { rows[id] = told; }
  };

  function load(address, done) {
    if (waiting[address]) {
      if (waiting[address] === "done") done(); else waiting[address].push(done);
      return;
    }
    waiting[address] = [done];
    var script = document.createElement("script");
    script.src = address;
    script.onload = script.onerror = function () {
      var all = waiting[address];
      waiting[address] = "done";
      all.forEach(function (one) { one(); });
    };
    document.head.appendChild(script);
  }

  function base() {
    var config = document.getElementById("__config");
    return new URL(JSON.parse(config.textContent).base.replace(/\/?$/, "/"), location.href).href;
  }

  /* Names */

  function nameOf(mark) {
    var name = mark.getAttribute("data-figure");
    if (name.charAt(0) !== "~") return name;
    var around = mark.parentNode.closest("[data-at]");
    return (around ? around.getAttribute("data-at") : "") + name.slice(1);
  }

  /* What a name says: of which indicator and series, of which period, and how the number came about. */
  function read(name) {
    var parts = name.split("/"), found = { name: name, last: parts[parts.length - 1] };
    if (parts[0] === "quarters" && parts[2] === "pilots") {
      found.then = parts[1];
      parts = parts.slice(2);
    }
    if (parts[0] === "series" || parts[0] === "longer") {
      series(found, parts[1]);
      if (parts[2] === "points") {
        found.period = parts[3];
        found.key = parts[4];
        found.how = ofPoint(parts.slice(4));
      } else found.how = parts[2] === "baseline" ? "baseline" : "series";
    } else if (parts[0] === "pilots") {
      ofPilot(found, parts);
    } else if (parts[0] === "evidence" && parts[1] === "changes") {
      var ids = parts[2].split("~");
      series(found, ids[ids.length - 1] + "@" + ids[0]);
      found.how = parts[3] === "way" && parts[4] !== "share" ? "effect_range" : "effect";
    } else if (parts[0] === "indicators") {
      series(found, parts[1]);
      found.how = "bar";
    } else found.how = { method: "method", processes: "process" }[parts[0]] || "count";
    return found;
  }

  function series(found, id) {
    found.series = id;
    found.indicator = id.split(/[@;]/)[0];
    found.pilot = (id.match(/@([^;]+)/) || [])[1];
  }

  function ofPoint(keys) {
    var key = keys[0];
    if (key === "value") return "value";
    if (key === "numerator" || key === "denominator" || key === "n") return "column";
    if (key === "target" || key === "floor" || key === "stretch" || key === "interval") return "bar";
    if (key === "previous" || key === "year_before") return "change";
    if (key === "attainment" || key === "progress" || key === "gap" || key === "score" || key === "baseline") return key;
    if (key === "growth") return "growth";
    return key === "lower" || key === "upper" || key === "centre" ? "limits" : "series";
  }

  function ofPilot(found, parts) {
    found.pilot = parts[1];
    if (parts[2] === "pack") {
      series(found, parts[3] + "@" + parts[1]);
      if (parts[4] === "weight") found.how = "weight";
      else {
        found.period = found.then;
        found.key = parts[5];
        found.how = ofPoint(parts.slice(5));
      }
    } else if (parts[2] === "changes" && parts[4] === "effects") {
      var guard = parts[6] === "guardrails", rest = parts.slice(guard ? 8 : 6);
      series(found, parts[guard ? 7 : 5] + "@" + parts[1]);
      found.how = guard ? "guardrail"
        : rest[0] === "before" ? "mean_before" : rest[0] === "after" || rest[0] === "so_far" ? "mean_after"
        : rest[0] === "interval" || rest[1] === "interval" ? "effect_range"
        : rest[0] === "waiting" || rest[0] === "look" || rest[0] === "reservations" ? "waiting" : "effect";
    } else if (/^score/.test(found.last) || (parts[2] === "history" && found.last === "points")) {
      found.how = "pilot_score";
    } else found.how = "count";
  }

  /* Rows */

  function held(steps, place) {
    var found = null;
    (steps || []).forEach(function (step) { if (step[0] <= place) found = step[1]; });
    return found;
  }

  /* Runs of [place, line, step]; a frozen review has none. */
  function line(runs, place) {
    if (!runs) return null;
    var run = runs.filter(function (one) { return one[0] <= place; }).pop();
    return run[1] + run[2] * (place - run[0]);
  }

  function row(indicator, id, place) {
    var data = rows[indicator], own = data && data.series[id];
    if (!own) return null;
    var at = place - own.at, value = own.value ? own.value[at] : null;
    if (at < 0) return null;
    // A ratio that follows from its parts is not said again.
    if (typeof value !== "number" && own.denominator && own.denominator[at]) {
      value = settled(own.numerator[at] / own.denominator[at] * ((about[indicator] || {}).factor || 1));
    }
    if (typeof value !== "number") return null;
    return {
      place: place, period: data.periods[place], value: value, line: line(own.line, at), file: data.files[held(own.file, at)],
      column: own.column ? held(own.column, at) : null,
      numerator: own.numerator ? own.numerator[at] : null, denominator: own.denominator ? own.denominator[at] : null,
      n: own.n ? own.n[at] : null, taken: held(own.taken, at), version: held(own.version, at), bar: held(own.bar, at) || []
    };
  }

  /* The rows that a number rests on; all of its series where it is of no period. */
  function rowsOf(found) {
    var data = rows[found.indicator];
    if (!data || !data.series[found.series]) return [];
    var span = [0, data.periods.length];
    if (found.period) {
      var place = data.periods.indexOf(found.period);
      span = place >= 0 ? [place, place + 1] : data.longer[found.period] || [0, 0];
    }
    var all = [];
    for (var at = span[0]; at < span[1]; at++) all.push(row(found.indicator, found.series, at));
    found.of = all.length;
    return all.filter(Boolean);
  }

  function settled(value) { return Number(Number(value).toPrecision(12)); }
  function said(value) {
    var parts = String(settled(value)).replace("-", "\u2212").split(".");
    if (parts[0].length > 5) parts[0] = parts[0].replace(/\B(?=(\d{3})+(?!\d))/g, ",");
    return parts.join(".");
  }
  function same(one, other) {
    return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
  }
  function sum(all, key) {
    var total = 0;
    for (var at = 0; at < all.length; at++) {
      if (all[at][key] === null || all[at][key] === undefined) return null;
      total += all[at][key];
    }
    return total;
  }
  /* A value as the page counts it; files count in the unit of the data. */
  function worth(found, value) { return said(value * ((about[found.indicator] || {}).size || 1)); }
  function times(factor) { return factor && factor !== 1 ? " × " + said(factor) : ""; }

  /* How a value came about, and the formula with the figures put in; the latter only where it gives the value. */
  function ofValue(found, all, value) {
    var own = about[found.indicator] || {}, one = all.length === 1 && all[0].period === found.period ? all[0] : null;
    var factor = own.factor || 1;
    if (one) {
      var ratio = one.denominator ? one.numerator / one.denominator * factor : NaN;
      if (same(ratio, value)) return ["row_ratio", quotient(found, [one], factor, value)];
      return [one.n ? "row_mean" : "row", ""];
    }
    if (!all.length) return ["row", ""];
    var rollup = own.rollup, list = all.map(function (item) { return worth(found, item.value); });
    if (rollup === "ratio") {
      var over = sum(all, "numerator"), under = sum(all, "denominator");
      var right = over !== null && under && same(over / under * factor, value);
      return ["rolled_ratio", right ? quotient(found, all, factor, value) : ""];
    }
    if (rollup === "sum") return ["rolled_sum", same(sum(all, "value"), value) ? list.join(" + ") + " = " + worth(found, value) : ""];
    if (rollup === "last") return ["rolled_last", ""];
    var cases = sum(all, "n"), weighted = cases ? all.reduce(function (made, item) { return made + item.value * item.n; }, 0) / cases : NaN;
    if (same(weighted, value)) {
      list = all.map(function (item) { return worth(found, item.value) + " × " + said(item.n); });
      return ["rolled_mean", "(" + list.join(" + ") + ") ÷ " + said(cases) + " = " + worth(found, value)];
    }
    var mean = sum(all, "value") / all.length;
    return ["rolled_mean", same(mean, value) ? "(" + list.join(" + ") + ") ÷ " + all.length + " = " + worth(found, value) : ""];
  }
  function quotient(found, all, factor, value) {
    function added(key) {
      var list = all.map(function (item) { return said(item[key]); }).join(" + ");
      return all.length > 1 ? "(" + list + ")" : list;
    }
    return added("numerator") + " ÷ " + added("denominator") + times(factor * ((about[found.indicator] || {}).size || 1)) + " = " + worth(found, value);
  }

  /* The same of what is reckoned from a point's value and its target. */
  function ofTarget(found, all, value) {
    var one = all.length === 1 ? all[0] : null, own = about[found.indicator] || {};
    var target = one && one.bar[0];
    if (!one || target === null || target === undefined) return "";
    if (found.how === "gap" && same(one.value - target, value)) return worth(found, one.value) + " − " + worth(found, target) + " = " + worth(found, value);
    if (found.how === "attainment" && own.direction === "lower" && same(target / one.value * 100, value)) {
      return worth(found, target) + " ÷ " + worth(found, one.value) + " × 100 = " + said(value);
    }
    if (found.how === "attainment" && same(one.value / target * 100, value)) {
      return worth(found, one.value) + " ÷ " + worth(found, target) + " × 100 = " + said(value);
    }
    var start = rows[found.indicator].series[found.series].baseline;
    if (found.how === "progress" && start !== undefined && same((one.value - start) / (target - start), value)) {
      return "(" + worth(found, one.value) + " − " + worth(found, start) + ") ÷ (" + worth(found, target) + " − " + worth(found, start) + ") = " + said(value);
    }
    return "";
  }

  /* A change against an earlier period: both rows. */
  function ofChange(found, all, value) {
    var data = rows[found.indicator];
    if (all.length !== 1 || all[0].period !== found.period || /percent$/.test(found.name)) return "";
    for (var at = all[0].place - 1; at >= 0; at--) {
      var other = row(found.indicator, found.series, at);
      if (found.key === "year_before" && data.periods[at].slice(0, 4) === found.period.slice(0, 4)) continue;
      if (other && same(all[0].value - other.value, value)) {
        all.push(other);
        return worth(found, all[0].value) + " − " + worth(found, other.value) + " = " + worth(found, value);
      }
      if (found.key === "previous") return "";
    }
    return "";
  }

  /* The panel */

  function filled(text, names) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return name in names ? names[name] : whole; });
  }
  function made(tag, kind, text) {
    var one = document.createElement(tag);
    if (kind) one.className = kind;
    if (text !== undefined) one.textContent = text;
    return one;
  }
  function fact(list, label, text) {
    if (!text) return;
    list.appendChild(made("dt", "", label));
    var told = list.appendChild(made("dd", "", typeof text === "string" ? text : undefined));
    if (typeof text !== "string") told.appendChild(text);
  }
  function scope(id) {
    var told = [], pilot = (id.match(/@([^;]+)/) || [])[1];
    told.push(pilot ? words.pilots[pilot] || pilot : words.says.whole);
    (id.match(/;[^;]+/g) || []).forEach(function (cell) {
      var at = cell.indexOf("="), names = words.members[cell.slice(1, at)] || {};
      told.push(names[cell.slice(at + 1)] || cell.slice(at + 1));
    });
    return told.join(" · ");
  }

  function rowText(one, several) {
    var told = one.period + "\u2002" + said(one.value);
    if (several && one.numerator !== null && one.denominator) told += "\u2002(" + said(one.numerator) + " ÷ " + said(one.denominator) + ")";
    if (one.line === null) return told + "\u2002" + one.file;
    // Of a workbook its cell, as messages name it: file:sheet!C7.
    if (one.column) return told + "\u2002" + one.file + "!" + one.column + one.line;
    return told + "\u2002" + filled(words.says.line, { file: one.file, line: one.line });
  }

  function sources(found, all, list) {
    var says = words.says, counted = (about[found.indicator] || {}).counted;
    if (!all.length) return;
    // Rows are told as their file says them.
    var label = counted ? filled(says.rows_in, { unit: counted }) : says.rows;
    if (all.length <= MOST) {
      var rows = made("ul", "hb-trace__rows");
      all.forEach(function (one) { rows.appendChild(made("li", "", rowText(one, all.length > 1))); });
      if (found.how === "value" && found.of > all.length) {
        rows.appendChild(made("li", "", filled(says.parts, { n: all.length, of: found.of })));
      }
      fact(list, label, rows);
      return;
    }
    var files = {};
    all.forEach(function (one) {
      var own = files[one.file] = files[one.file] || [one.line, one.line];
      if (one.line === null) return;
      own[0] = Math.min(own[0], one.line);
      own[1] = Math.max(own[1], one.line);
    });
    fact(list, label, Object.keys(files).map(function (file) {
      return files[file][0] === null ? file : filled(says.lines, { file: file, first: files[file][0], last: files[file][1] });
    }).join("; "));
  }

  function body(mark, found) {
    var says = words.says, own = about[found.indicator] || {}, value = Number(mark.getAttribute("value"));
    var all = found.indicator ? rowsOf(found) : [], how = found.how, figures = "", list = made("dl", "hb-trace__facts");
    if (how === "value") {
      var told = ofValue(found, all, value);
      how = told[0];
      figures = told[1];
      if (!all.length) how = found.then ? "then" : "count";
      else if (all.length === 1 && all[0].period === found.period && !same(all[0].value, value)) how = "then";
    } else if (how === "change") figures = ofChange(found, all, value);
    else if (how === "attainment" || how === "gap" || how === "progress") figures = ofTarget(found, all, value);
    var box = made("div", "hb-trace__body");
    var about_ = [own.name, found.indicator && scope(found.series), found.period].filter(Boolean).join(" · ");
    if (!found.indicator && found.pilot) about_ = words.pilots[found.pilot] || "";
    if (about_) box.appendChild(made("p", "hb-trace__of", about_));
    box.appendChild(made("p", "hb-trace__how", filled(words.how[how], { n: all.length === 1 && all[0].n ? said(all[0].n) : "" })));
    if (own.formula && /^(row|rolled)/.test(how)) fact(list, says.formula, own.formula);
    fact(list, says.figures, figures);
    sources(found, all, list);
    if (how === "bar" || how === "weight" || how === "pilot_score" || how === "baseline") {
      var files = [];
      if (found.pilot) files.push("data/pilots/" + found.pilot + ".yml");
      if (found.indicator && how === "bar") files.push("data/indicators/" + found.indicator + ".yml");
      fact(list, says.written, files.join(", "));
    }
    fact(list, says.owner, own.owner);
    fact(list, says.source, own.source);
    var last = all[all.length - 1] || {};
    fact(list, says.version, found.indicator && last.version);
    fact(list, says.taken, last.taken);
    fact(list, says.as_of, found.then || words.as_of);
    var place = made("code", "", found.name);
    fact(list, says.export, place);
    box.appendChild(list);
    if (found.indicator && about[found.indicator]) {
      var link = made("a", "", says.page);
      link.href = base() + "indicators/" + found.indicator + ".html";
      box.appendChild(made("p", "hb-trace__page")).appendChild(link);
    }
    return box;
  }

  function button(kind, label, sign, act) {
    var one = made("button", "hb-trace__" + kind, sign);
    one.type = "button";
    one.title = label;
    one.setAttribute("aria-label", label);
    one.addEventListener("click", act);
    return one;
  }

  /* What is folded has a place on the page all the same. */
  function seen(mark) { return mark.checkVisibility ? mark.checkVisibility() : mark.getClientRects().length > 0; }

  /* Where all numbers of a page are folded away, as of a case, the first one comes out. */
  function unfolded(mark) {
    for (var box = mark.closest("details"); box; box = box.parentNode.closest("details")) box.open = true;
    return mark;
  }

  function step(by) {
    var all = numbers.filter(seen), at = all.indexOf(asked);
    var next = all[(at + by + all.length) % all.length];
    if (next) open(next, true);
  }

  function show(mark, found, keep) {
    var says = words.says, kept = keep && panel && panel.contains(document.activeElement) && document.activeElement.classList[0];
    close(true);
    asked = mark;
    mark.classList.add("hb-asked");
    panel = made("section", "hb-trace");
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", says.title);
    var head = panel.appendChild(made("div", "hb-trace__head"));
    head.appendChild(made("strong", "", mark.textContent));
    head.appendChild(made("span", "", says.title));
    head.appendChild(button("before", says.before, "‹", function () { step(-1); }));
    head.appendChild(button("after", says.after, "›", function () { step(1); }));
    head.appendChild(button("close", says.close, "✕", function () { close(); }));
    panel.appendChild(body(mark, found));
    document.body.appendChild(panel);
    if (keep) mark.scrollIntoView({ block: "nearest" });
    put();
    (kept && panel.getElementsByClassName(kept)[0] || panel.querySelector(".hb-trace__close")).focus({ preventScroll: true });
  }

  /* Beside the number where there is room; on a phone the style sheet puts it at the foot of the screen. */
  function put() {
    if (panel) panel.style.cssText = "";
    if (!panel || !window.matchMedia("(min-width: 45em)").matches) return;
    var number = asked.getBoundingClientRect(), own = panel.getBoundingClientRect(), gap = 8;
    var left = Math.min(Math.max(gap, number.left), document.documentElement.clientWidth - own.width - gap);
    var below = innerHeight - number.bottom - 2 * gap, above = number.top - 2 * gap;
    // Where it fits on neither side, it takes the larger one and scrolls; it never covers the number.
    var under = own.height <= below || below >= above, height = Math.min(own.height, Math.max(160, under ? below : above));
    panel.style.maxHeight = height + "px";
    panel.style.left = left + "px";
    panel.style.top = Math.max(gap, under ? number.bottom + gap : number.top - gap - height) + "px";
  }

  function close(between) {
    if (!panel) return;
    panel.remove();
    panel = null;
    asked.classList.remove("hb-asked");
    if (between) return;
    var back = asked.closest("a, summary, button") || asked;
    if (back === asked && !asked.hasAttribute("tabindex")) asked.tabIndex = -1;
    back.focus({ preventScroll: true });
  }

  function open(mark, keep) {
    var found = read(nameOf(mark)), root = base(), left = found.indicator ? 3 : 1;
    function done() {
      left -= 1;
      if (!left && words) show(mark, found, keep);
    }
    load(root + "trace/words.js", done);
    if (found.indicator) {
      load(root + "trace/" + found.indicator + ".js", done);
      load(here + "downloads/trace/" + found.indicator + ".js", done);
    }
  }

  /* Numbers that can be asked by Tab and Enter: those that stand in nothing else that can be pressed. */
  function lit() {
    if (live) return;
    live = true;
    document.documentElement.toggleAttribute("data-hb-tracing", true);
    numbers.forEach(function (mark) {
      if (mark.closest("a, summary, button, label")) return;
      mark.tabIndex = 0;
      mark.setAttribute("role", "button");
    });
  }

  function ready() {
    var toggle = document.querySelector(".hb-trace-open");
    numbers = Array.prototype.slice.call(document.querySelectorAll("article data[data-figure]"));
    if (!toggle || !here || !numbers.length) return;
    toggle.hidden = false;
    document.documentElement.toggleAttribute("data-hb-traced", true);
    toggle.addEventListener("click", function () {
      lit();
      var all = numbers.filter(seen);
      open(all.filter(function (mark) { return mark.getBoundingClientRect().bottom > 0; })[0] || all[0] || unfolded(numbers[0]), true);
    });
    document.addEventListener("click", function (event) {
      var mark = event.target.closest && event.target.closest("article data[data-figure]");
      if (panel && !mark && !panel.contains(event.target) && event.target !== toggle) return close(true);
      if (!mark || String(window.getSelection())) return;
      // Within a link or what unfolds a click means that, until numbers are what is asked for.
      if (mark.closest("a, summary, button, label")) {
        if (!live) return;
        event.preventDefault();
      }
      open(mark);
    }, true);
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && panel) {
        event.stopPropagation();
        close();
      } else if (event.key === "Enter" || event.key === " ") {
        if (!event.target.matches || !event.target.matches("data[data-figure]")) return;
        event.preventDefault();
        open(event.target);
      }
    }, true);
    window.addEventListener("resize", put);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();

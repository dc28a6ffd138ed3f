/* Filters, sorting and search as one types over a list that stands whole on the page.
 *
 * Without script the list is complete and the form is not there; until the script runs its place is kept. The state lives in the address after `#`, so it
 * can be shared and the back button works, also from a folder (file:// forbids changing anything else of the
 * address). A form names its list, or lists, with data-hb-filter; every entry carries data-<name> for each field of the
 * form, several values separated by blanks, and data-text for the search.
 */
(function () {
  "use strict";

  /* What a change of a list of more than AT_ONCE entries shows at once: what fits the screen, and a few more; the
   * rest follows step by step. So the answer takes as long as the screen is high, not as the list is long. */
  var AT_ONCE = 40, MORE = 4, STEP = 40;

  /* As an address says it; one that somebody typed may break off in the middle of a sign. */
  function decoded(text) {
    try { return decodeURIComponent(text); } catch (error) { return text; }
  }

  function state() {
    var found = {};
    location.hash.replace(/^#/, "").split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      if (at > 0) found[decoded(pair.slice(0, at))] = decoded(pair.slice(at + 1));
    });
    return found;
  }

  function address(values) {
    var parts = Object.keys(values)
      .filter(function (name) { return values[name]; })
      .map(function (name) { return encodeURIComponent(name) + "=" + encodeURIComponent(values[name]); });
    return "#" + parts.join("&");
  }

  function start(form) {
    var lists = form.getAttribute("data-hb-filter").split(" ").map(function (id) {
      return document.getElementById(id);
    }).filter(Boolean);
    if (!lists.length) return;
    var parts = lists.map(function (list) {
      var body = list.tBodies ? list.tBodies[0] : list;
      var order = Array.prototype.slice.call(body.children);
      // `mixed`: entries stand in another order than asked for, hidden ones or what has yet to follow; `whole`:
      // nothing is left out; `last`: behind which the rest follows.
      return { list: list, body: body, order: order, now: order, later: [], room: 0, mixed: false, whole: true, last: null };
    });
    var fields = Array.prototype.slice.call(form.querySelectorAll("select, input"));
    // What an entry is found by is read once: a list may have thousands, and each letter typed asks all of them.
    var said = new Map();
    parts.forEach(function (part) {
      part.order.forEach(function (entry) {
        var told = { " text": (entry.getAttribute("data-text") || "").toLowerCase() };
        fields.forEach(function (field) {
          if (field.type !== "search") told[field.name] = " " + (entry.getAttribute("data-" + field.name) || "") + " ";
        });
        said.set(entry, told);
      });
    });
    var sorted = null, applied = null, following = null, turns = 0;
    var output = form.querySelector("output"), none = form.querySelector(".hb-filter__none"), more = form.querySelector("details");
    var heads = lists.reduce(function (all, list) {
      return all.concat(Array.prototype.slice.call(list.querySelectorAll("[data-hb-sort]")));
    }, []);

    /* What is asked for: for each field that asks anything the key of what it looks at, and the words. */
    function asked(values) {
      return fields.filter(function (field) { return values[field.name]; }).map(function (field) {
        var wanted = values[field.name];
        if (field.type === "search") return { key: " text", words: wanted.toLowerCase().split(/\s+/) };
        return { key: field.name, words: [" " + wanted + " "] };
      });
    }

    function shown(told, wishes) {
      return wishes.every(function (wish) {
        return wish.words.every(function (word) { return told[wish.key].indexOf(word) >= 0; });
      });
    }

    /* Whether entries are in another order than they stand in. */
    function sort(values) {
      // To put entries where they are already is most of the work of a long list.
      var now = values.sort || "", first = sorted === null;
      if (now === sorted) return false;
      sorted = now;
      var moved = now || !first;
      if (moved) parts.forEach(function (part) { part.now = inOrder(part.order, values); });
      var key = (values.sort || "").replace(/^-/, "");
      heads.forEach(function (head) {
        var own = head.getAttribute("data-hb-sort") === key;
        var down = (values.sort || "").charAt(0) === "-";
        head.setAttribute("aria-sort", own ? (down ? "descending" : "ascending") : "none");
      });
      return moved;
    }

    function inOrder(order, values) {
      var key = (values.sort || "").replace(/^-/, "");
      var down = (values.sort || "").charAt(0) === "-";
      var lines = order.map(function (entry, place) {
        return { entry: entry, place: place, by: key ? entry.getAttribute("data-sort-" + key) || "" : "" };
      });
      lines.sort(function (a, b) {
        if (a.by === b.by) return a.place - b.place;
        if (!a.by || !b.by) return a.by ? -1 : 1;
        var both = parseFloat(a.by) - parseFloat(b.by);
        var compared = isNaN(both) || !both ? (a.by < b.by ? -1 : 1) : both;
        return down ? -compared : compared;
      });
      return lines.map(function (line) { return line.entry; });
    }

    /* How many entries fit the screen, by how high they are while all are shown; asked once, before a change. */
    function roomOf(part) {
      if (part.order.length <= AT_ONCE) return AT_ONCE;
      var high = part.room || applied === null ? 0 : part.body.offsetHeight / part.order.length;
      if (high) part.room = Math.min(AT_ONCE, Math.ceil(window.innerHeight / high) + MORE);
      return part.room || AT_ONCE;
    }

    /* Shows what is asked for: the first of it at once, the rest soon. In another order only what fits the screen
     * is moved at once: to move a thousand entries takes longer than to show a screen of them. What is not asked
     * for stands anywhere among the others. */
    function show(part, wishes, sortedAnew) {
      var room = part.rooms, count = 0, turned = [], first = [], moved = sortedAnew || part.mixed;
      part.later = [];
      part.last = null;
      part.now.forEach(function (entry) {
        var asked = shown(said.get(entry), wishes);
        if (asked) count += 1;
        // What stands there already costs nothing.
        var fits = asked && room > 0, stays = fits || (asked && !entry.hidden);
        if (asked) room -= 1;
        if (asked && !(moved ? fits : stays)) part.later.push(entry);
        if (fits) first.push(entry);
        if (entry.hidden === stays) turned.push(entry);
      });
      if (part.later.length) hold(part);
      else release(part);
      turned.forEach(function (entry) { entry.hidden = !entry.hidden; });
      if (moved && first.length) {
        var all = document.createDocumentFragment();
        first.forEach(function (entry) { all.appendChild(entry); });
        part.body.insertBefore(all, part.body.firstChild);
        part.last = first[first.length - 1];
      }
      part.whole = count === part.order.length;
      part.mixed = moved && (!part.whole || part.later.length > 0);
      return count;
    }

    function follow(all) {
      turns += 1;
      if (following) clearTimeout(following);
      following = null;
      var waiting = false;
      parts.forEach(function (part) {
        part.later.splice(0, all ? part.later.length : STEP).forEach(function (entry) {
          entry.hidden = false;
          if (!part.last) return;
          if (part.last.nextSibling !== entry) part.body.insertBefore(entry, part.last.nextSibling);
          part.last = entry;
        });
        if (part.later.length) { waiting = true; return; }
        if (part.whole) part.mixed = false;
        release(part);
      });
      if (waiting) soon();
    }

    /* After what was shown has been painted. */
    function soon() {
      var turn = (turns += 1);
      requestAnimationFrame(function () {
        if (turn === turns) following = setTimeout(function () { follow(false); }, 0);
      });
    }

    /* While rows follow the page keeps its height, and its columns their widths, so that nothing jumps. */
    function hold(part) {
      var heads = part.list.tHead ? part.list.tHead.rows[0].cells : [], table = part.list;
      if (part.held) return;
      part.held = true;
      table.setAttribute("aria-busy", "true");
      table.parentNode.style.minHeight = table.parentNode.offsetHeight + "px";
      if (table.style.tableLayout || !heads.length || !heads[0].offsetWidth) return;
      var widths = Array.prototype.map.call(heads, function (cell) { return cell.getBoundingClientRect().width; });
      widths.forEach(function (width, place) { heads[place].style.width = width + "px"; });
      table.style.tableLayout = "fixed";
    }

    function release(part) {
      if (!part.held) return;
      part.held = false;
      part.list.removeAttribute("aria-busy");
      part.list.parentNode.style.minHeight = "";
    }

    function widthsAnew() {
      parts.forEach(function (part) {
        part.list.style.tableLayout = "";
        Array.prototype.forEach.call(part.list.querySelectorAll("thead th"), function (cell) { cell.style.width = ""; });
      });
    }

    function apply() {
      var values = state();
      parts.forEach(function (part) { part.rooms = roomOf(part); });
      applied = location.hash;
      fields.forEach(function (field) {
        if (document.activeElement !== field || field.type !== "search") field.value = values[field.name] || "";
      });
      var wishes = asked(values);
      if (wishes.length) lists.forEach(function (list) {
        var box = list.closest("details"); // what is found in a folded list has to be seen
        if (box) box.open = true;
      });
      var moved = sort(values);
      var count = parts.reduce(function (sum, part) { return sum + show(part, wishes, moved); }, 0);
      if (following) clearTimeout(following);
      following = null;
      turns += 1;
      if (parts.some(function (part) { return part.later.length; })) soon();
      if (none) none.hidden = count > 0;
      if (more && fields.some(function (field) { return field.value && more.contains(field); })) more.open = true;
      if (output) output.textContent = form.getAttribute("data-count").replace("{n}", count).replace("{of}", said.size);
    }

    function change(name, value, typed) {
      var values = state();
      values[name] = value;
      if (typed) {
        history.replaceState(null, "", address(values));
        apply();
      } else {
        location.hash = address(values);
        apply();
      }
    }

    fields.forEach(function (field) {
      field.addEventListener(field.type === "search" ? "input" : "change", function () {
        change(field.name, field.value, field.type === "search");
      });
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function (event) {
      event.preventDefault();
      location.hash = "#";
      apply();
    });
    heads.forEach(function (head) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "hb-sort";
      var words = document.createElement("span");
      words.className = "hb-sort-words";
      words.setAttribute("aria-hidden", "true");
      words.textContent = head.textContent.trim();
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      head.appendChild(words);
      button.addEventListener("click", function () {
        var key = head.getAttribute("data-hb-sort");
        var now = state().sort || "";
        change("sort", now === key ? "-" + key : now === "-" + key ? "" : key, false);
      });
    });
    window.addEventListener("hashchange", function () {
      if (location.hash !== applied) apply();
    });
    window.addEventListener("beforeprint", function () { follow(true); });
    var room = innerWidth;
    window.addEventListener("resize", function () {
      if (innerWidth !== room) widthsAnew();
      room = innerWidth;
    });
    apply();
  }

  /* Two maps in tabs: a link to a step of the other map takes its tab. Without this script such a step is shown
   * with its map below the one that was chosen. */
  function follow() {
    var target = document.getElementById(location.hash.slice(1));
    var panel = target && target.closest(".hb-tabs__panel");
    if (!panel) return;
    var tabs = panel.parentNode;
    var panels = tabs.querySelectorAll(".hb-tabs__panel");
    var choices = tabs.querySelectorAll(".hb-tabs__choice");
    var choice = choices[Array.prototype.indexOf.call(panels, panel)];
    if (choice) choice.checked = true;
    for (var box = target.closest("details"); box; box = box.parentNode.closest("details")) box.open = true;
    target.scrollIntoView();
  }

  function tabs() {
    var all = document.querySelectorAll(".hb-tabs");
    if (!all.length) return;
    Array.prototype.forEach.call(all, function (one) { one.toggleAttribute("data-hb-live", true); });
    window.addEventListener("hashchange", follow);
    document.addEventListener("click", function (event) {
      var link = event.target.closest("a");
      /* A link to where the address is already changes no address, so nothing else would tell. */
      if (link && link.getAttribute("href") === location.hash) follow();
    });
    follow();
  }

  /* A link to what is folded opens it, on pages without tabs too. */
  function unfold() {
    var target = document.getElementById(decoded(location.hash.slice(1))), opened = false;
    for (var box = target && target.closest("details"); box; box = box.parentNode.closest("details")) {
      if (!box.open) { box.open = opened = true; }
    }
    if (opened) target.scrollIntoView();
  }

  function folds() {
    window.addEventListener("hashchange", unfold);
    document.addEventListener("click", function (event) {
      var link = event.target.closest("a");
      if (link && link.hash && link.hash === location.hash && link.pathname === location.pathname) unfold();
    });
    unfold();
  }

  /* A map that scrolls shows first what the page speaks of. */
  function look(box) {
    var focus = box.querySelector(".hb-map__focus");
    if (!focus) return;
    var there = focus.getBoundingClientRect(), here = box.getBoundingClientRect();
    box.scrollLeft += there.left - here.left - (here.width - there.width) / 2;
    box.scrollTop += there.top - here.top - (here.height - there.height) / 2;
  }

  function printing(button) {
    button.addEventListener("click", function () { window.print(); });
    button.hidden = false;
  }

  /* The form of a workshop: what was entered, saved as a file of JSON; nothing is sent anywhere. */
  function workshop(form) {
    var button = form.querySelector("[data-hb-save]"), output = form.querySelector("output");
    function all(selector, within) { return Array.prototype.slice.call((within || form).querySelectorAll(selector)); }
    function value(name, within) {
      var field = (within || form).querySelector('[name="' + name + '"]');
      return field ? field.value.trim() : "";
    }
    function given(names, within) {
      var found = {};
      names.forEach(function (name) {
        var told = value(name, within);
        if (told) found[name] = name === "votes" ? Number(told) : told;
      });
      return found;
    }
    function steps() {
      var process = value("process");
      all("option[data-of]").forEach(function (option) {
        var other = option.getAttribute("data-of") !== process;
        option.hidden = option.disabled = other;
        if (other && option.selected) option.parentNode.value = "";
      });
    }
    function entered() {
      var found = given(["date", "unit", "process"]), scores = {};
      found.id = [found.date, found.unit || "all", found.process || "any"].join("-").slice(0, 80).replace(/-+$/, "");
      if (value("people")) found.people = Number(value("people"));
      var blockages = all("[data-hb-blockage]").map(function (line) { return given(["text", "step", "votes"], line); })
        .filter(function (one) { return one.text; });
      var sorted = all("[data-hb-sorted]").map(function (line) {
        return given(["indicator", "name", "serves", "reason", "decides"], line);
      }).filter(function (one) { return (one.indicator || one.name) && one.serves; });
      all("[data-hb-score]").forEach(function (line) {
        var chosen = line.querySelector("input:checked");
        if (chosen) scores[line.getAttribute("data-hb-score")] = Number(chosen.value);
      });
      if (blockages.length) found.blockages = blockages;
      if (sorted.length) found.indicators = sorted;
      if (Object.keys(scores).length) found.scores = scores;
      return found;
    }
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.querySelector('[name="process"]').addEventListener("change", steps);
    button.addEventListener("click", function () {
      if (!value("date")) {
        output.textContent = output.getAttribute("data-lacks");
        form.querySelector('[name="date"]').focus();
        return;
      }
      var found = entered(), link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(found, null, 2) + "\n"], { type: "application/json" }));
      link.download = found.id + ".json";
      document.body.appendChild(link);
      link.click();
      link.remove();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
      output.textContent = output.getAttribute("data-done");
    });
    button.hidden = false;
    steps();
  }

  /* The language switch leads to the same place: with the filters that stand in the address, else to the section that
   * is read. Sections of hand-written pages are called otherwise in each language, so their number goes along. */
  var PLACE = "hb-place";
  function sections() { return Array.prototype.slice.call(document.querySelectorAll("article h2[id], article h3[id]")); }
  function switching() {
    var links = document.querySelectorAll(".md-select__link[hreflang]"), kept = null;
    Array.prototype.forEach.call(links, function (link) {
      var address = link.getAttribute("href");
      ["pointerdown", "focus", "click"].forEach(function (when) {
        link.addEventListener(when, function () {
          var all = sections(), place = -1, hash = location.hash;
          if (scrollY > innerHeight / 3) all.forEach(function (one, number) { // near the top nobody has chosen one yet
            if (one.getBoundingClientRect().top < innerHeight / 3) place = number;
          });
          if (hash.indexOf("=") < 0) hash = place < 0 ? "" : "#" + encodeURIComponent(all[place].id);
          link.setAttribute("href", address + hash);
          try { sessionStorage.setItem(PLACE, place < 0 ? "" : String(place)); } catch (error) { /* kept nowhere */ }
        });
      });
    });
    try {
      kept = sessionStorage.getItem(PLACE);
      sessionStorage.removeItem(PLACE);
    } catch (error) { /* kept nowhere */ }
    var named = decoded(location.hash.slice(1)), there = kept && sections()[Number(kept)];
    if (!there || !named || named.indexOf("=") >= 0 || document.getElementById(named)) return;
    there.scrollIntoView();
    addEventListener("load", function () { there.scrollIntoView(); }); // what loaded above it may have moved it
  }

  /* Light and dark, in place of the frame's own script, which as it starts has the style of everything on the page
   * reckoned four times. What is chosen is kept where that script keeps it: one in the head looks there first. */
  function palette() {
    var form = document.querySelector("[data-hb-palette]");
    if (!form || typeof __md_get !== "function") return;
    var all = Array.prototype.slice.call(form.querySelectorAll("input")), chosen = 0, body = document.body;
    var light = matchMedia("(prefers-color-scheme: light)"), bar = document.createElement("meta");
    function named(input, color) {
      ["scheme", "primary", "accent"].forEach(function (name) { color[name] = input.getAttribute("data-md-color-" + name); });
      return color;
    }
    /* The window's own parts: its bar on a phone, where the page scrolls. */
    function around() {
      var look = getComputedStyle(document.querySelector(".md-header") || body);
      document.documentElement.style.colorScheme = look.colorScheme === "dark" ? "dark" : "";
      bar.content = look.backgroundColor;
    }
    function show(index) {
      chosen = index;
      var media = all[index].getAttribute("data-md-color-media"), color = named(all[index], { media: media });
      if (media === "(prefers-color-scheme)") { // as the system has it
        var asked = "[data-md-color-media='(prefers-color-scheme: " + (light.matches ? "light" : "dark") + ")']";
        named(form.querySelector(asked) || all[index], color);
      }
      var other = Object.keys(color).filter(function (name) { return body.getAttribute("data-md-color-" + name) !== color[name]; });
      if (other.some(function (name) { return name !== "media"; })) body.setAttribute("data-md-color-switching", "");
      other.forEach(function (name) { body.setAttribute("data-md-color-" + name, color[name]); });
      all.forEach(function (one, place) {
        var label = one.nextElementSibling;
        if (label && label.tagName === "LABEL") label.hidden = place !== index;
      });
      __md_set("__palette", { index: index, color: color });
      if (!body.hasAttribute("data-md-color-switching")) return;
      around(); // asks for the style, so nothing glides from one colour to the other
      body.removeAttribute("data-md-color-switching");
    }
    bar.name = "theme-color";
    document.head.appendChild(bar);
    all.forEach(function (one, place) { one.addEventListener("change", function () { show(place); }); });
    form.addEventListener("keydown", function (event) {
      if (event.key !== "Enter") return;
      var next = all[(chosen + 1) % all.length];
      next.click();
      next.focus();
    });
    light.addEventListener("change", function () { show(chosen); });
    addEventListener("load", around);
    var kept = __md_get("__palette"), first = kept ? kept.index : all.findIndex(function (one) {
      return matchMedia(one.getAttribute("data-md-color-media")).matches;
    });
    show(Math.max(0, Math.min(first, all.length - 1)));
  }

  /* What stands over every sheet of paper: the page's title and what it is as of. Said when it is printed: all of the
   * page would have its style reckoned anew. */
  function paper() {
    var look = document.documentElement.style;
    function said(name, text) { if (text) look.setProperty(name, JSON.stringify(text)); }
    var told = document.querySelector(".hb-asof");
    said("--hb-paper-title", document.title);
    said("--hb-paper-asof", told && told.textContent);
  }

  function ready() {
    addEventListener("beforeprint", paper);
    switching();
    tabs();
    folds();
    Array.prototype.forEach.call(document.querySelectorAll(".hb-mapbox--focus"), look);
    Array.prototype.forEach.call(document.querySelectorAll("[data-hb-print]"), printing);
    Array.prototype.forEach.call(document.querySelectorAll("form[data-hb-filter]"), start);
    Array.prototype.forEach.call(document.querySelectorAll("form[data-hb-workshop]"), workshop);
  }
  palette();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();

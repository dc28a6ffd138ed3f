/* Charts on demand: the interactive view, and a chart as PNG. Works from file://, needs no eval; without
   this script the drawings, their SVG and CSV are there all the same. */
(function () {
  "use strict";
  var base = document.currentScript.src.replace(/charts\.js.*$/, "");
  var waiting = {};

  /* A script is loaded once; whoever asks meanwhile waits for it. A folder allows scripts and nothing else. */
  function loaded(source, there, then) {
    if (there()) { then(); return; }
    if (waiting[source]) { waiting[source].push(then); return; }
    waiting[source] = [then];
    var script = document.createElement("script");
    script.src = source;
    script.onload = function () {
      var all = waiting[source];
      delete waiting[source];
      all.forEach(function (each) { each(); });
    };
    document.head.appendChild(script);
  }

  /* The scripts of specifications call this. */
  var specs = {};
  window.hbChart = function (key, spec, places) { specs[key] = { spec: spec, places: places }; };

  function withData(take, then) {
    var source = take.querySelector(".hb-spec").dataset.src;
    var key = source.replace(/^.*\//, "").replace(/\.js$/, "");
    loaded(source, function () { return specs[key]; }, function () { then(specs[key]); });
  }

  function withSpec(take, then) {
    loaded(base + "vega.js", function () { return window.hbVega; }, function () {
      withData(take, function (data) { then(data.spec); });
    });
  }

  function themed(spec) {
    var text = JSON.stringify(Object.assign({ config: window.hbConfig }, spec));
    var look = getComputedStyle(document.body);
    Object.keys(window.hbPalette).forEach(function (colour) {
      var now = look.getPropertyValue(window.hbPalette[colour]).trim();
      if (now) { text = text.replace(new RegExp('"' + colour + '"', "gi"), '"' + now + '"'); }
    });
    return JSON.parse(text);
  }

  function live(take, button) {
    var figure = take.closest(".hb-figure");
    var box = figure.querySelector(".hb-chart");
    var own = figure.querySelector(".hb-live");
    if (own) {
      own.remove();
      box.hidden = false;
      button.textContent = take.dataset.live;
      button.setAttribute("aria-pressed", "false");
      return;
    }
    withSpec(take, function (spec) {
      own = document.createElement("div");
      own.className = "hb-live";
      box.after(own);
      window.hbVega(own, themed(spec), {
        mode: "vega-lite", ast: true, actions: false, renderer: "svg", defaultStyle: false,
        tooltip: { disableDefaultStyle: true }
      }).then(function () {
        box.hidden = true;
        button.textContent = take.dataset.still;
        button.setAttribute("aria-pressed", "true");
      });
    });
  }

  function png(take) {
    var svg = take.closest(".hb-figure").querySelector(".hb-chart svg");
    var size = svg.viewBox.baseVal;
    /* The colours of the light theme, whatever the page's. */
    var light = document.createElement("span");
    light.dataset.mdColorScheme = "default";
    document.body.appendChild(light);
    var look = getComputedStyle(light);
    var text = new XMLSerializer().serializeToString(svg)
      .replace(/var\((--[\w-]+)\)/g, function (_, name) { return look.getPropertyValue(name).trim(); })
      .replace(/ style="[^"]*"/, "")
      .replace(/^<svg/, "<svg font-family='" + getComputedStyle(svg).fontFamily.replace(/'/g, "") + "'");
    light.remove();
    var picture = new Image();
    picture.onload = function () {
      var canvas = document.createElement("canvas");
      canvas.width = size.width * 2;
      canvas.height = size.height * 2;
      var pen = canvas.getContext("2d");
      pen.fillStyle = "#ffffff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      var link = document.createElement("a");
      link.href = canvas.toDataURL("image/png");
      link.download = take.querySelector("a").getAttribute("href").replace(/^.*\//, "").replace(/svg$/, "png");
      link.click();
    };
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  }

  function button(take, text, name, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-label", name);
    made.addEventListener("click", function () { act(take, made); });
    take.insertBefore(made, take.querySelector(".hb-spec"));
    return made;
  }

  /* Values without a click: what the mark says that is nearest to the pointer, the finger or, by arrow keys, to the
     one before. The drawing knows no values; the chart's script, loaded at the first look, says where they stand. */
  var NEAR = 40; /* Pixels of the screen. */
  var tip = null, at = null;

  /* [x, y, words] of each mark of the drawing that is shown. */
  function marksOf(svg, data) {
    if (!svg.classList.contains("hb-narrow")) {
      return data.places.wide.map(function (one) { return [one[0], one[1], data.spec.datasets[one[2]][one[3]].tip]; });
    }
    if (data.places.narrow) return data.places.narrow;
    /* A trend on a phone has its newest values, left to right, as paths of dots. */
    var dots = [];
    svg.querySelectorAll(".hb-dots").forEach(function (path) {
      (path.getAttribute("d").match(/M-?[\d.]+ -?[\d.]+/g) || []).forEach(function (one) {
        dots.push(one.slice(1).split(" ").map(Number));
      });
    });
    dots.sort(function (a, b) { return a[0] - b[0]; });
    var rows = (data.spec.datasets.points || []).filter(function (row) { return row.value !== null && row.tip; });
    rows = rows.slice(rows.length - dots.length);
    return dots.map(function (dot, place) { return [dot[0], dot[1], rows[place] ? rows[place].tip : ""]; });
  }

  function shownIn(box) {
    return Array.prototype.filter.call(box.querySelectorAll("svg"), function (svg) { return svg.getBoundingClientRect().width; })[0];
  }

  function hide() {
    if (tip) { tip.classList.remove("visible"); tip.textContent = ""; }
    if (at) { at.remove(); at = null; }
  }

  function show(svg, mark) {
    if (!at || at.ownerSVGElement !== svg) {
      if (at) at.remove();
      at = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      at.setAttribute("class", "hb-at");
      at.setAttribute("r", 8);
      svg.appendChild(at);
    }
    at.setAttribute("cx", mark[0]);
    at.setAttribute("cy", mark[1]);
    tell(mark[2]);
  }

  /* Where a key goes from the value that is told; with Alt, Ctrl or Cmd it is the browser's: back a page. */
  function stepOf(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return 0;
    return { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
  }

  /* Words at the place that is marked. */
  function tell(words) {
    if (!tip) {
      tip = document.createElement("div");
      tip.id = "hb-tip";
      tip.setAttribute("role", "status");
      document.body.appendChild(tip);
    }
    if (tip.textContent !== words) tip.textContent = words;
    tip.classList.add("visible");
    var place = at.getBoundingClientRect(), own = tip.getBoundingClientRect();
    var left = Math.min(Math.max(place.left + place.width / 2 - own.width / 2, 4), document.documentElement.clientWidth - own.width - 4);
    tip.style.left = left + "px";
    tip.style.top = (place.top - own.height - 6 > 0 ? place.top - own.height - 6 : place.bottom + 6) + "px";
  }

  function nearest(svg, marks, event) {
    var box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width;
    var x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
    /* Where every mark has a place of its own across, as in time, only that counts. */
    var across = new Set(marks.map(function (one) { return Math.round(one[0]); })).size > marks.length * 0.7;
    var best = null, least = NEAR * scale;
    marks.forEach(function (one) {
      var down = (one[1] - y) * (across ? 0.05 : 1), far = Math.sqrt((one[0] - x) * (one[0] - x) + down * down);
      if (far < least) { best = one; least = far; }
    });
    return best;
  }

  document.querySelectorAll(".hb-figure").forEach(function (figure) {
    var box = figure.querySelector(".hb-chart"), take = figure.querySelector(".hb-take");
    if (!box || !take || !take.querySelector(".hb-spec")) return;
    var told = -1;
    function look(event) {
      withData(take, function (data) {
        var svg = shownIn(box), mark = svg && nearest(svg, marksOf(svg, data), event);
        if (mark) show(svg, mark); else hide();
      });
    }
    box.addEventListener("pointermove", look);
    box.addEventListener("pointerdown", look);
    box.addEventListener("pointerleave", function (event) { if (event.pointerType === "mouse") hide(); });
    box.addEventListener("blur", function () { told = -1; hide(); });
    box.addEventListener("keydown", function (event) {
      var step = stepOf(event);
      if (event.key === "Escape") hide();
      if (!step) return;
      event.preventDefault();
      withData(take, function (data) {
        var svg = shownIn(box), marks = svg ? marksOf(svg, data) : [];
        if (!marks.length) return;
        told = told < 0 ? marks.length - 1 : Math.min(Math.max(told + step, 0), marks.length - 1);
        show(svg, marks[told]);
      });
    });
  });
  /* Small lines say their values too: by the pointer, by a finger, which does not follow the link that they stand
     in, and by arrow keys in the link or row. Values stand in the drawing, or in the chart that the row opens. */
  var EDGE = 4, DRAWN = 27, periods = null;
  window.handbookPeriods = function (told) { periods = told; };

  function language() {
    var config = document.getElementById("__config");
    return new URL(JSON.parse(config.textContent).base.replace(/\/?$/, "/"), location.href).href;
  }

  /* What each period says, "" where it has no value. */
  function valuesOf(spark, then) {
    var told = spark.getAttribute("data-told");
    if (told) {
      var parts = told.split("|");
      loaded(language() + "trace/periods.js", function () { return periods; }, function () {
        var first = periods.findIndex(function (one) { return one[0] === parts[0]; });
        var said = [];
        parts.slice(3).forEach(function (between, place) {
          var period = periods[first + place];
          if (between === ">") return;
          said.push(between === "~" || first < 0 || !period ? "" : period[1] + "\u2002" + parts[1] + between + parts[2]);
        });
        then(said);
      });
      return;
    }
    var take = spark.closest("details") && spark.closest("details").querySelector(".hb-take");
    if (!take || !take.querySelector(".hb-spec")) return;
    withData(take, function (data) {
      then((data.spec.datasets.points || []).slice(-DRAWN).map(function (row) { return row.value === null ? "" : row.tip || ""; }));
    });
  }

  function point(spark, said, place) {
    var whole = spark.viewBox.baseVal, x = EDGE + place * (whole.width - 2 * EDGE) / (said.length - 1);
    if (!at || at.ownerSVGElement !== spark) {
      if (at) at.remove();
      at = document.createElementNS("http://www.w3.org/2000/svg", "path");
      at.setAttribute("class", "hb-spark__at");
      spark.appendChild(at);
    }
    at.setAttribute("d", "M" + x + " 0V" + whole.height);
    tell(said[place]);
  }

  function closest(said, place) {
    for (var far = 0; far < said.length; far++) {
      if (said[place - far]) return place - far;
      if (said[place + far]) return place + far;
    }
    return -1;
  }

  document.querySelectorAll(".hb-spark").forEach(function (spark) {
    if (!spark.hasAttribute("data-told") && !spark.closest("details")) return;
    var around = spark.closest("a, summary") || (spark.closest("li") && spark.closest("li").querySelector("a"));
    var told = -1, touched = false;
    if (!around) { around = spark; spark.setAttribute("tabindex", "0"); }
    around.setAttribute("aria-keyshortcuts", "ArrowLeft ArrowRight");
    function look(event) {
      touched = event.pointerType === "touch";
      var box = spark.getBoundingClientRect(), across = event.clientX;
      valuesOf(spark, function (said) {
        var x = (across - box.left) / box.width * spark.viewBox.baseVal.width;
        var place = Math.round((x - EDGE) / (spark.viewBox.baseVal.width - 2 * EDGE) * (said.length - 1));
        told = closest(said, Math.min(Math.max(place, 0), said.length - 1));
        if (told >= 0) point(spark, said, told);
      });
    }
    spark.addEventListener("pointermove", look);
    spark.addEventListener("pointerdown", look);
    spark.addEventListener("click", function (event) { if (touched) event.preventDefault(); });
    spark.addEventListener("pointerleave", function (event) { if (event.pointerType === "mouse") hide(); });
    around.addEventListener("blur", function () { told = -1; hide(); });
    around.addEventListener("keydown", function (event) {
      var step = stepOf(event);
      if (event.key === "Escape") hide();
      if (!step) return;
      event.preventDefault();
      valuesOf(spark, function (said) {
        var next = told < 0 ? said.length - 1 : Math.min(Math.max(told + step, 0), said.length - 1);
        while (next > 0 && next < said.length - 1 && !said[next]) next += step;
        next = closest(said, next);
        if (next >= 0) { told = next; point(spark, said, told); }
      });
    });
  });
  window.addEventListener("scroll", hide, { passive: true });

  /* Material's search is a dialog without a name; its field has one. */
  var search = document.querySelector(".md-search[role=dialog]");
  var field = search && search.querySelector("input[aria-label]");
  if (field) { search.setAttribute("aria-label", field.getAttribute("aria-label")); }

  document.querySelectorAll(".hb-take").forEach(function (take) {
    if (!take.querySelector(".hb-spec")) { return; }
    var title = take.closest(".hb-figure").querySelector(".hb-chart").getAttribute("aria-label");
    button(take, "PNG", "PNG \u00b7 " + title, png);
    var more = button(take, take.dataset.live, take.dataset.live + " \u00b7 " + title, live);
    more.removeAttribute("aria-label");
    more.setAttribute("aria-pressed", "false");
  });
})();

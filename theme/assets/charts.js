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
  window.hbChart = function (key, spec) { specs[key] = spec; };

  function withSpec(take, then) {
    var source = take.querySelector(".hb-spec").dataset.src;
    var key = source.replace(/^.*\//, "").replace(/\.js$/, "");
    loaded(base + "vega.js", function () { return window.hbVega; }, function () {
      loaded(source, function () { return specs[key]; }, function () { then(specs[key]); });
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

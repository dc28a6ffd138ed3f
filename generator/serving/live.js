/* Asks the server what became of this page, and loads it again when there is another state of it. */
(function () {
  "use strict";
  var own = document.currentScript, shown = own.getAttribute("data-state"), asking = null;

  function ask() {
    if (document.visibilityState === "hidden" || asking) return;
    asking = new AbortController();
    var address = "/.handbook/state?shown=" + encodeURIComponent(shown) + "&page=" + encodeURIComponent(location.pathname);
    fetch(address, { signal: asking.signal, cache: "no-store" }).then(function (answer) {
      return answer.json();
    }).then(function (said) {
      asking = null;
      if (said.load) { location.reload(); return; }
      if (said.state !== shown) {
        shown = said.state;
        Array.prototype.forEach.call(document.querySelectorAll(".hb-partly"), function (notice) { notice.remove(); });
      }
      ask();
    }).catch(function () {
      asking = null;
      setTimeout(ask, 1000);
    });
  }

  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible") ask();
    else if (asking) { asking.abort(); asking = null; }
  });
  ask();
})();

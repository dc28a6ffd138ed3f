/* Narrow screens: a table that does not fit becomes cards, so that value, target and status never stand beyond
   the edge; what still scrolls (maps, trees) fades where it goes on, and what runs in time begins at its newest
   end. Without this script such tables scroll, with their first column kept. */
(function () {
  "use strict";
  var ROOM = 108; /* Least width of a column, pixels. */
  var small = window.matchMedia("(max-width: 44em)"), middle = window.matchMedia("(max-width: 60em)");

  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }

  /* What is folded is left until it opens: to ask for its width would lay it out. */
  function shown(element) { return !element.closest("details:not([open])"); }

  /* Cells that reach over several rows are said in each: a card stands for itself. */
  function apart(table) {
    var open = [];
    all("tbody tr", table).forEach(function (row) {
      var cells = Array.prototype.slice.call(row.children), column = 0;
      for (var place = 0; place < cells.length || (open[column] && open[column].rows); ) {
        if (open[column] && open[column].rows) {
          open[column].rows -= 1;
          row.insertBefore(open[column].cell.cloneNode(true), cells[place] || null);
          column += 1;
          continue;
        }
        var cell = cells[place], rows = cell.rowSpan;
        cell.removeAttribute("rowspan");
        if (rows > 1) open[column] = { cell: cell, rows: rows - 1 };
        column += cell.colSpan;
        place += 1;
      }
    });
  }

  /* Each cell says its column; display takes a table's meaning away from screen readers, roles give it back. */
  function labelled(table) {
    if (table.dataset.hbCards) return;
    table.dataset.hbCards = "1";
    apart(table);
    var heads = all("thead th", table).map(function (head) { return (head.querySelector(".hb-sort") || head).textContent.trim(); });
    table.setAttribute("role", "table");
    all("tbody, tfoot", table).forEach(function (part) { part.setAttribute("role", "rowgroup"); });
    all("tbody tr, tfoot tr", table).forEach(function (row) {
      row.setAttribute("role", "row");
      var place = 0;
      Array.prototype.forEach.call(row.children, function (cell) {
        cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
        var named = cell.tagName === "TD" && cell.colSpan === 1 && (place || table.classList.contains("hb-table"));
        if (named && heads[place]) cell.dataset.hbHead = heads[place];
        place += cell.colSpan;
      });
    });
  }

  /* All are set before one is measured, and measured before one is changed: the page is laid out once. */
  function fit(tables) {
    tables.forEach(function (table) {
      table.classList.remove("hb-cards");
      if (middle.matches && !table.classList.contains("hb-table--list")) table.classList.add("hb-fit");
    });
    tables.filter(crowded).forEach(function (table) {
      labelled(table);
      table.classList.add("hb-cards");
    });
  }

  function crowded(table) {
    if (!middle.matches || table.classList.contains("hb-table--list")) return false;
    var head = table.tHead && table.tHead.rows[0], columns = head ? head.cells.length : 0, box = table.parentNode;
    if (columns < 3 || !box.clientWidth) return false;
    return (small.matches && columns * ROOM > box.clientWidth) || box.scrollWidth > box.clientWidth + 1;
  }

  /* A table of an author's page: its first cell is the card's name. */
  function prose(table) {
    var columns = table.tHead && table.tHead.rows[0] ? table.tHead.rows[0].cells.length : 0;
    var room = (table.closest("article, .md-typeset") || table).clientWidth;
    if (small.matches && columns > 2 && room && columns * ROOM > room) {
      labelled(table);
      table.className = "hb-table hb-cards hb-cards--prose";
    } else if (table.className) table.removeAttribute("class");
  }

  function fits(within) {
    fit(all(".hb-scroll > table.hb-table", within).filter(shown));
    all(".md-content table:not([class]), .hb-cards--prose", within).forEach(prose);
  }

  /* Where a box goes on beyond its edge. Told by attributes: after another class all that stands in it has its style
     reckoned anew, for the frame speaks of `table:not([class])` and what is in it. */
  function beyond(box) {
    var scrolls = box.classList.contains("hb-mapbox");
    return {
      "data-hb-left": box.scrollLeft > 1,
      "data-hb-right": box.scrollLeft + box.clientWidth < box.scrollWidth - 1,
      "data-hb-below": scrolls && box.scrollTop + box.clientHeight < box.scrollHeight - 1
    };
  }

  function fade(boxes) {
    boxes.map(beyond).forEach(function (told, place) {
      Object.keys(told).forEach(function (name) { boxes[place].toggleAttribute(name, told[name]); });
    });
  }

  /* Until its reader moves it, a box stands where it began: a window made wider and narrow again, or a screen that
     is turned, would leave it at its other end. */
  function scrolling(box) {
    if (box.clientWidth && !box.dataset.hbMoved) {
      if (box.querySelector("[data-hb-newest]")) box.scrollLeft = box.scrollWidth;
      var focus = box.querySelector(".hb-tree__node--focus");
      if (focus) {
        var there = focus.getBoundingClientRect(), here = box.getBoundingClientRect();
        box.scrollLeft += there.left - here.left - (here.width - there.width) / 2;
      }
    }
  }

  var BOXES = ".hb-scroll, .hb-chart, .hb-mapbox";
  function look(within) {
    fits(within);
    var boxes = all(BOXES, within).filter(shown);
    boxes.forEach(scrolling);
    fade(boxes);
  }

  function ready() {
    look();
    document.documentElement.toggleAttribute("data-hb-fitted", true);
    all(BOXES).forEach(function (box) {
      box.addEventListener("scroll", function () { fade([box]); }, { passive: true });
      ["wheel", "pointerdown", "touchstart", "keydown"].forEach(function (kind) {
        box.addEventListener(kind, function () { box.dataset.hbMoved = "1"; }, { passive: true });
      });
    });
    window.addEventListener("resize", function () { look(); });
    /* What is folded has no width until it opens. */
    document.addEventListener("toggle", function (event) { look(event.target); }, true);
    document.addEventListener("change", function (event) {
      if (event.target.closest(".hb-pick, .hb-tabs")) look(event.target.parentNode);
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();

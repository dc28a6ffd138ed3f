// What does not fit on a page: parts that stick out of the window, words that stick out of their box.
() => {
  const article = document.querySelector("article");
  const boxes = "th, td, [class*=tile], [class*=verdict], .hb-big, .hb-card, .hb-chip, .hb-status, .hb-state," +
    " .hb-output, .hb-counts a, .hb-chain span, .hb-between a, .hb-road__number, .hb-change, .hb-value, summary";
  const wrong = [];
  const told = (what, element) => {
    const name = element.className.baseVal ?? element.className;
    wrong.push(`${what}: <${element.tagName.toLowerCase()} class="${name}"> ${element.textContent.trim().slice(0, 40)}`);
  };
  const seen = (element) => element.checkVisibility() && !element.closest(".hb-sr, [aria-hidden=true], .md-nav");
  const scrolls = (element) => {
    for (let outer = element.parentElement; outer && outer !== article; outer = outer.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(outer).overflowX)) return true;
    }
    return false;
  };
  const outside = (inner, outer, slack) =>
    inner.left < outer.left - slack || inner.right > outer.right + slack ||
    inner.top < outer.top - slack || inner.bottom > outer.bottom + slack;

  if (document.documentElement.scrollWidth !== innerWidth) {
    wrong.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${innerWidth}`);
  }
  for (const element of article.querySelectorAll("*:not(svg *)")) {
    const { left, right, width } = element.getBoundingClientRect();
    if (width && seen(element) && !scrolls(element) && (left < -1 || right > innerWidth + 1)) {
      told("outside the window", element);
    }
  }
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement.closest(boxes);
    if (!node.data.trim() || node.parentElement.closest("svg") || !box || !seen(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const edge = box.getBoundingClientRect();
    if ([...range.getClientRects()].some((part) => part.left < edge.left - 1.5 || part.right > edge.right + 1.5)) {
      told("words outside their box", box);
    }
    const style = getComputedStyle(box);
    if (style.overflow !== "visible" && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)) {
      told("words cut off", box);
    }
  }
  for (const text of article.querySelectorAll(".hb-chart svg text")) {
    const holder = text.closest(".hb-chart");
    const frame = holder.getBoundingClientRect();
    const whole = {
      left: frame.left - holder.scrollLeft, right: frame.left - holder.scrollLeft + holder.scrollWidth,
      top: frame.top - holder.scrollTop, bottom: frame.bottom,
    };
    const part = text.getBoundingClientRect();
    if (part.width && outside(part, whole, 2)) told("words cut off in a drawing", text);
  }
  for (const node of article.querySelectorAll(".hb-map__node")) {
    const box = node.querySelector("rect.hb-map__box")?.getBoundingClientRect();
    // The rank of a blockage sits on the box's corner, half outside it, as a badge does.
    for (const text of box ? node.querySelectorAll("text:not(.hb-map__number)") : []) {
      if (outside(text.getBoundingClientRect(), box, 1.5)) told("words outside their step", text);
    }
  }
  return [...new Set(wrong)];
}

// Words of drawings that lie over others, or stick out of their drawing.
() => {
  const wrong = [];
  const told = (what, svg, words) => {
    const page = svg.closest("[data-page]")?.dataset.page;
    wrong.push(`${page}: ${what}: <svg class="${svg.getAttribute("class") ?? ""}"> ${words}`);
  };
  // A line box is higher than its letters, by another amount in each font: what counts is from the line that
  // they stand on up to the head of an l and down to the foot of a p.
  const letters = (text, box) => {
    const matrix = text.getScreenCTM();
    const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.a, matrix.b);
    const { x, y } = text.getStartPositionOfChar(0).matrixTransform(matrix);
    const { left, right, top, bottom } = box;
    if (Math.abs(matrix.a) > 0.01) return { left, right, top: y - 0.76 * size, bottom: y + 0.2 * size };
    const [before, after] = matrix.b < 0 ? [0.76, 0.2] : [0.2, 0.76];
    return { left: x - before * size, right: x + after * size, top, bottom };
  };
  const parts = (svg) => {
    const found = [];
    const walker = document.createTreeWalker(svg, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.parentElement;
      const options = { opacityProperty: true, visibilityProperty: true };
      if (!node.data.trim() || !text.closest("text") || !text.checkVisibility(options)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width) found.push({ words: node.data.trim(), ...letters(text, box) });
      }
    }
    return found;
  };
  for (const svg of document.querySelectorAll("article svg")) {
    const frame = svg.getBoundingClientRect();
    if (svg.parentElement.closest("svg") || !svg.checkVisibility() || !frame.width) continue;
    const found = parts(svg);
    found.forEach((one, place) => {
      const out = Math.max(frame.left - one.left, one.right - frame.right, frame.top - one.top, one.bottom - frame.bottom);
      if (out > 1) told("beyond the drawing", svg, `${one.words} by ${out.toFixed(1)} px`);
      for (const other of found.slice(place + 1)) {
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        // A word with a light rim is written twice.
        const same = one.words === other.words && Math.abs(one.left - other.left) + Math.abs(one.top - other.top) < 1;
        if (wide > 1 && high > 1 && !same) told("over another", svg, `${one.words} | ${other.words}`);
      }
    });
  }
  return wrong;
}

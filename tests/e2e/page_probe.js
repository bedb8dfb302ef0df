// What the tests ask of an open page: texts that lie on one another, and the contrast of each text with what lies under it.
(() => {
  const shown = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.textContent.trim() !== "";
  const texts = (root) => [...root.querySelectorAll("svg text")].filter(shown);
  const rgb = (value) => {
    const parts = (value.match(/[\d.]+/g) || []).map(Number);
    return value.startsWith("rgb") ? [...parts.slice(0, 3), parts.length > 3 ? parts[3] : 1] : null;
  };
  const over = (top, share, below) => below.map((c, i) => top[i] * share + c * (1 - share));
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const large = (style) => {
    const size = parseFloat(style.fontSize); // as set: a drawing on a phone is shown smaller, and can be zoomed
    return size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  };
  const LEAST = 4.5; // and 3 for large text: WCAG 2.2, 1.4.3
  const LEAST_LARGE = 3;
  const least = (style) => (large(style) ? LEAST_LARGE : LEAST);
  const paper = () => rgb(getComputedStyle(document.documentElement).backgroundColor).slice(0, 3);

  window.overlaps = (selector) => {
    const boxes = texts(document.querySelector(selector)).map((e) => {
      const r = e.getBoundingClientRect();
      const trim = r.height * 0.2; // a line box is higher than its letters
      return { said: e.textContent, left: r.left, right: r.right, top: r.top + trim, bottom: r.bottom - trim };
    });
    const found = [];
    boxes.forEach((a, i) =>
      boxes.slice(i + 1).forEach((b) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1.5 && high > 1.5) found.push(`${a.said} | ${b.said}`);
      }),
    );
    return found;
  };

  window.paleInDrawing = (selector) => {
    const svgs = [...document.querySelector(selector).querySelectorAll("svg")].filter((e) => e.checkVisibility());
    const found = [];
    for (const svg of svgs) {
      const shapes = [...svg.querySelectorAll("rect,path,circle,polygon,ellipse")]
        .map((e) => ({ e, style: getComputedStyle(e), box: e.getBoundingClientRect() }))
        .filter(({ e, style }) => rgb(style.fill) && !e.closest("defs,symbol,clipPath"));
      for (const text of texts(svg)) {
        const box = text.getBoundingClientRect();
        const x = (box.left + box.right) / 2;
        const y = (box.top + box.bottom) / 2;
        let below = paper();
        for (const { e, style, box: b } of shapes) {
          if (x < b.left || x > b.right || y < b.top || y > b.bottom) continue;
          if (!(e.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
          const [r, g, bl, alpha] = rgb(style.fill);
          const share = alpha * Number(style.fillOpacity) * Number(style.opacity);
          if (share === 0 || !e.isPointInFill(new DOMPoint(x, y).matrixTransform(e.getScreenCTM().inverse()))) continue;
          below = over([r, g, bl], share, below);
        }
        const ink = rgb(getComputedStyle(text).fill);
        const ratio = contrast(over(ink.slice(0, 3), ink[3], below), below);
        if (ratio < least(getComputedStyle(text))) found.push(`${ratio.toFixed(2)} ${text.textContent}`);
      }
    }
    return found;
  };

  window.paleInText = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const e = node.parentElement;
      if (!node.textContent.trim() || e.closest("svg,script,style") || !shown(e)) continue;
      const grounds = [];
      for (let at = e; at; at = at.parentElement) {
        const ground = rgb(getComputedStyle(at).backgroundColor);
        if (ground && ground[3] > 0) grounds.unshift(ground);
      }
      const below = grounds.reduce((under, [r, g, b, a]) => over([r, g, b], a, under), paper());
      const ratio = contrast(rgb(getComputedStyle(e).color).slice(0, 3), below);
      if (ratio < least(getComputedStyle(e))) found.push(`${ratio.toFixed(2)} ${node.textContent.trim()}`);
    }
    return found;
  };
})();

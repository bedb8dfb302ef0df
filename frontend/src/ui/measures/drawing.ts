// The server's drawing as a part of this page: what it may hold is listed, all else is left out; and where the arrows lead among its marks.
const SHAPES = new Set(["svg", "g", "title", "desc", "defs", "pattern", "rect", "path", "circle", "line", "text", "tspan"]);
const PARTS = new Set([
  "viewBox", "width", "height", "role", "aria-labelledby", "aria-label", "lang", "font-family", "font-size", "font-weight", "font-style", "id", "class",
  "transform", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "d", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity",
  "text-anchor", "data-tip", "patternUnits", "patternTransform",
]);

/** A drawing as a node of this page. Whatever could run or load is not in it. Throws for what is no drawing. */
export function inlined(text: string): SVGSVGElement {
  const drawing = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (drawing.nodeName !== "svg") throw new Error("not a drawing");
  for (const one of [drawing, ...drawing.querySelectorAll("*")]) {
    if (!SHAPES.has(one.nodeName)) {
      one.remove();
      continue;
    }
    for (const { name, value } of [...one.attributes])
      if (name !== "xmlns" && (!PARTS.has(name) || /url\(\s*(?!#)/i.test(value))) one.removeAttribute(name);
  }
  return document.adoptNode(drawing) as unknown as SVGSVGElement;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where an arrow leads from the mark `at`: to the nearest one in that direction (sideways counts double), else it stays. */
export function nearest(boxes: readonly Box[], at: number, key: string): number {
  if (key === "Home") return 0;
  if (key === "End") return boxes.length - 1;
  const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  const from = boxes[at];
  if (!way || !from) return at;
  const [dx, dy] = way as [number, number];
  const middle = (box: Box): [number, number] => [box.x + box.width / 2, box.y + box.height / 2];
  const [x, y] = middle(from);
  let [best, least] = [at, Infinity];
  boxes.forEach((box, place) => {
    const [ox, oy] = middle(box);
    const along = (ox - x) * dx + (oy - y) * dy;
    const across = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (place === at || along < 0.5) return;
    const far = along + 2 * across;
    if (far < least) [best, least] = [place, far];
  });
  return best;
}

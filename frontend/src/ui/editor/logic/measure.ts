// Widths of words as the browser will set them, for what is placed by number (columns, labels of loops, prices).
import { createSubscriber } from "svelte/reactivity";

let context: CanvasRenderingContext2D | null | undefined;
const known = new Map<string, number>();
/** What was measured before the fonts came was another font's: it is forgotten, and whoever asked asks again. */
const fonts = typeof document === "undefined" ? undefined : document.fonts;
fonts?.addEventListener("loadingdone", () => known.clear());
const heard = createSubscriber((again) => {
  fonts?.addEventListener("loadingdone", again);
  return () => fonts?.removeEventListener("loadingdone", again);
});

/** Width of a line in Inter; half an em a sign where nothing can measure. */
export function widthOf(text: string, size: number, weight: number): number {
  heard();
  const key = `${weight} ${size} ${text}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  context ??= typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d");
  if (!context) return text.length * size * 0.55;
  context.font = `${weight} ${size}px Inter, sans-serif`;
  const width = context.measureText(text).width;
  if (known.size > 4000) known.clear();
  known.set(key, width);
  return width;
}

/** A line cut to a width, with an ellipsis where something is missing. */
export function cutTo(text: string, width: number, size: number, weight: number): string {
  if (widthOf(text, size, weight) <= width) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(`${text.slice(0, middle)}…`, size, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low).trimEnd()}…`;
}

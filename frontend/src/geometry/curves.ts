// Smooth curves through points that never swing beyond them (the twin of layout/curves.py).
import { near, type Command, type Point } from "./numbers";

/** Tangents of the monotone cubic through points with rising x (Fritsch and Carlson, 1980): no overshoot between two points. */
export function slopes(points: readonly Point[]): number[] {
  const secants: number[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i]!, points[i + 1]!];
    secants.push((y1 - y0) / Math.max(x1 - x0, 1e-9));
  }
  const last = secants.length - 1;
  const out = points.map((_, i) => (i === 0 ? secants[0]! : i > last ? secants[last]! : (secants[i - 1]! + secants[i]!) / 2));
  for (let i = 1; i <= last; i++) if (secants[i - 1]! * secants[i]! <= 0) out[i] = 0;
  secants.forEach((secant, i) => {
    if (secant === 0) {
      out[i] = out[i + 1] = 0;
      return;
    }
    const [a, b] = [out[i]! / secant, out[i + 1]! / secant];
    const length = Math.hypot(a, b);
    if (length > 3) [out[i], out[i + 1]] = [((3 * a) / length) * secant, ((3 * b) / length) * secant];
  });
  return out;
}

/** Path commands of the monotone cubic through points with rising x. One point gives only its start. */
export function smooth(points: readonly Point[]): Command[] {
  const first = points[0]!;
  const commands: Command[] = [["M", near(first[0]), near(first[1])]];
  if (points.length === 1) return commands;
  const tangents = slopes(points);
  for (let i = 0; i + 1 < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i]!, points[i + 1]!];
    const third = (x1 - x0) / 3;
    const numbers = [x0 + third, y0 + tangents[i]! * third, x1 - third, y1 - tangents[i + 1]! * third, x1, y1];
    commands.push(["C", ...numbers.map(near)]);
  }
  return commands;
}

/** Height of the monotone cubic at `x` (the nearest end outside of it). */
export function valueAt(points: readonly Point[], x: number): number {
  const [first, last] = [points[0]!, points[points.length - 1]!];
  if (x <= first[0]) return first[1];
  if (x >= last[0]) return last[1];
  const tangents = slopes(points);
  const i = points.findIndex((_, k) => k + 1 < points.length && points[k + 1]![0] >= x);
  const [[x0, y0], [x1, y1]] = [points[i]!, points[i + 1]!];
  const width = x1 - x0;
  const t = (x - x0) / width;
  return (
    (2 * t ** 3 - 3 * t ** 2 + 1) * y0 + (t ** 3 - 2 * t ** 2 + t) * width * tangents[i]! +
    (-2 * t ** 3 + 3 * t ** 2) * y1 + (t ** 3 - t ** 2) * width * tangents[i + 1]!
  );
}

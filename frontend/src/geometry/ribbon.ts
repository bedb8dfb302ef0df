// The trail ribbon, after Minard's map of 1869 (twin of layout/ribbon.py and ribbon_place.py): as wide as the passes; who leaves peels
// off, and a disc at the foot is as large as the money that could be regained there. Shapes only: words are set by whoever draws them.
import { disc, near, path, rect, type Command, type Role, type Shape, type Slot } from "./numbers";
import { dearestOf, nextObserved, onOf, stepAt, totalOf, type BreakNumbers, type Station } from "./stations";

/** Where in its column a stage's strand peels off. */
export const CUT = 0.5;
/** Room for the numbers above the band. */
export const NUMBERS = 24;
/** Room for those who come from above. */
export const JOINERS = 34;

/** A ribbon to be drawn: `height` is that of the widest band, `foot` the room for strands below it, `disc` the largest radius. */
export interface Ribbon {
  readonly stations: readonly Station[];
  readonly slots: readonly Slot[];
  readonly height: number;
  readonly foot: number;
  readonly disc: number;
  /** The dearest break, drawn strong. */
  readonly worst: BreakNumbers | null;
}

/** Thickness of so many passes at the scale of a station. */
export function thick(ribbon: Ribbon, at: Station, passes: number): number {
  const top = Math.max(0, ...ribbon.stations.map(totalOf));
  if (!top || passes <= 0) return 0;
  return Math.max(1.2, ((passes * at.factor) / top) * ribbon.height);
}

export function hasJoiners(ribbon: Ribbon): boolean {
  return ribbon.stations.some((item) => item.joiners > 0 && thick(ribbon, item, item.joiners) >= 1.5);
}

/** Whether there is anything to show. */
export function isMeasured(ribbon: Ribbon): boolean {
  return ribbon.stations.some((item) => item.observed && totalOf(item) > 0);
}

/** From the first label to the foot of the lowest price. */
export function ribbonHeight(ribbon: Ribbon): number {
  if (!isMeasured(ribbon)) return 20 + Math.min(ribbon.height, 64) + 20;
  return NUMBERS + (hasJoiners(ribbon) ? JOINERS : 0) + ribbon.height + ribbon.foot + 2 * ribbon.disc + 10;
}

/** Upper edge of the band when the first label's box begins at `top`. */
export const bandTop = (ribbon: Ribbon, top: number): number => top + NUMBERS + (hasJoiners(ribbon) ? JOINERS : 0);

/** Radius of a break's disc: its area is as the money; the dearest has the largest. */
export function radiusOf(ribbon: Ribbon, item: BreakNumbers): number {
  const dearest = Math.max(0, ...ribbon.stations.flatMap((s) => s.breaks.map((b) => b.loss.value)));
  if (dearest <= 0 || item.loss.value <= 0) return 0;
  return Math.max(4, ribbon.disc * Math.sqrt(item.loss.value / dearest));
}

/** Where a station's strand peels off. */
export const cutAt = (slot: Slot): number => slot.x + slot.width * CUT;

export interface Foot {
  readonly x: number;
  readonly width: number;
  readonly y: number;
}

/** Left end, width and height of the foot of a station's strand. */
export function footOf(ribbon: Ribbon, index: number, top: number): Foot {
  const [item, slot] = [ribbon.stations[index]!, ribbon.slots[index]!];
  const leaving = thick(ribbon, item, item.exits);
  const width = Math.max(2, Math.min(leaving * 0.42, slot.width * 0.16));
  return { x: cutAt(slot) + Math.min(slot.width * 0.12, 16 + leaving * 0.16), width, y: top + ribbon.height + ribbon.foot };
}

/** All shapes of the ribbon, its first label's box beginning at `top`. Order is drawing order. */
export function ribbonShapes(ribbon: Ribbon, top: number, left: number, right: number): Shape[] {
  if (!isMeasured(ribbon)) return outline(ribbon, top + 20, left, right);
  const band = bandTop(ribbon, top);
  const each = ribbon.stations.map((_, index) => index);
  return [
    ...each.flatMap((index) => strands(ribbon, index, band)),
    ...each.flatMap((index) => bandOf(ribbon, index, band)),
    ...each.flatMap((index) => joint(ribbon, index, band)),
    ...discs(ribbon, band),
  ];
}

/** A map without data: the way is there, but nobody has been counted on it. */
function outline(ribbon: Ribbon, top: number, left: number, end: number): Shape[] {
  const height = Math.min(ribbon.height, 64);
  const right = end - 14;
  const shape: Command[] = [
    ["M", left, top], ["L", right - 16, top], ["L", right, top + height / 2], ["L", right - 16, top + height],
    ["L", left, top + height], ["L", left + 16, top + height / 2], ["Z"],
  ];
  const joints = ribbon.slots.slice(1).map((slot) => path("outline", "", [["M", slot.x, top + 6], ["L", slot.x, top + height - 6]], "none", "line"));
  return [path("outline", "", shape, "none", "muted", 1.2, [5, 5]), ...joints];
}

/** The band inside one column up to where its strand peels off. */
function bandOf(ribbon: Ribbon, index: number, top: number): Shape[] {
  const [item, slot] = [ribbon.stations[index]!, ribbon.slots[index]!];
  const cell = `${item.id}/ribbon`;
  if (!item.observed) return [rect("station", cell, slot.x, top, slot.width, hatchHeight(ribbon, index), "sand", 0, true)];
  const [total, by] = [thick(ribbon, item, totalOf(item)), thick(ribbon, item, item.by)];
  if (!total) return [];
  const width = cutAt(slot) - slot.x;
  const out = [rect("station", cell, slot.x, top, width, total, "trail")];
  if (by >= 1.5) out.push(rect("station", cell, slot.x, top, width, by, "trail-band"));
  return out;
}

/** A stage that no event can show: the way goes on, unseen. */
export function hatchHeight(ribbon: Ribbon, index: number): number {
  const before = ribbon.stations.slice(0, index).reverse().find((item) => item.observed);
  const after = nextObserved(ribbon.stations, index);
  const sides = before ? [thick(ribbon, before, onOf(before))] : [];
  if (after !== null && !ribbon.stations[after]!.newScale) sides.push(thick(ribbon, ribbon.stations[after]!, totalOf(ribbon.stations[after]!)));
  return Math.max(14, sides.length ? Math.min(...sides) : 28);
}

/** From where the strand peels off to the next column that can be seen. */
function joint(ribbon: Ribbon, index: number, top: number): Shape[] {
  const [item, slot] = [ribbon.stations[index]!, ribbon.slots[index]!];
  if (!item.observed || !totalOf(item)) return [];
  const [x, right, on] = [cutAt(slot), slot.x + slot.width, thick(ribbon, item, onOf(item))];
  const after = ribbon.stations[index + 1];
  if (after === undefined) return end(x, right - 8, top, on);
  if (!on) return [];
  if (!after.observed) return [rect("joint", "", x, top, right - x, on, "trail")];
  if (after.newScale) return [rect("joint", "", x, top, right - 9 - x, on, "trail"), ...scaleMark(ribbon, index + 1, top)];
  const joined = after.joiners ? thick(ribbon, after, after.joiners) : 0;
  const total = thick(ribbon, after, totalOf(after));
  const shift = joined >= 1.5 ? Math.min(joined, total) : 0;
  const out = [through(x, right, top, on, top + shift, top + total)];
  if (shift) out.push(fromAbove(right, top, shift));
  return out;
}

/** The part that goes on, easing from its thickness to the next column's. */
function through(x0: number, x1: number, top: number, on: number, high: number, low: number): Shape {
  const turn = x0 + (x1 - x0) * 0.45;
  const bend = (x1 - turn) / 2;
  return path("joint", "", [
    ["M", x0, top], ["L", turn, top], ["C", turn + bend, top, x1 - bend, high, x1, high], ["L", x1, low],
    ["C", x1 - bend, low, turn + bend, top + on, turn, top + on], ["L", x0, top + on], ["Z"],
  ], "trail");
}

/** Those who come late: a strand that falls into the band from above. */
function fromAbove(x: number, top: number, deep: number): Shape {
  const [start, left, width] = [top - NUMBERS - JOINERS + 20, x - Math.max(14, deep) - 10, Math.min(deep, 22)];
  return path("joiners", "", [
    ["M", left, start], ["C", left, top + deep * 0.6, left + 6, top + deep, x, top + deep], ["L", x, top],
    ["C", left + width + 4, top, left + width, top, left + width, start], ["Z"],
  ], "trail-band");
}

/** Two slanted lines: from here on the ribbon is drawn larger. */
function scaleMark(ribbon: Ribbon, index: number, top: number): Shape[] {
  const [slot, item] = [ribbon.slots[index]!, ribbon.stations[index]!];
  const low = top + thick(ribbon, item, totalOf(item));
  return [3, 8].map((d) => path("scale", "", [["M", slot.x - 9 + d, top - 6], ["L", slot.x - 13 + d, low + 8]], "none", "ink", 1.4));
}

/** By how much the scale grows at a station, and where the words about it stand; null where it does not. */
export function scaleAt(ribbon: Ribbon, index: number, band: number): { readonly x: number; readonly y: number; readonly times: number } | null {
  const item = ribbon.stations[index]!;
  if (!item.newScale) return null;
  return { x: ribbon.slots[index]!.x + 4, y: band + thick(ribbon, item, totalOf(item)) + 8, times: stepAt(ribbon.stations, index) };
}

/** The last stage: what goes on leaves the page as an arrow. */
function end(x: number, right: number, top: number, on: number): Shape[] {
  if (!on) return [];
  const tip = Math.min(14, on / 2 + 4);
  return [path("joint", "", [
    ["M", x, top], ["L", right - tip, top], ["L", right, top + on / 2], ["L", right - tip, top + on], ["L", x, top + on], ["Z"],
  ], "trail")];
}

/** Who leaves here, and who is still under way. */
function strands(ribbon: Ribbon, index: number, top: number): Shape[] {
  const item = ribbon.stations[index]!;
  if (!item.observed || !totalOf(item)) return [];
  const [x, on] = [cutAt(ribbon.slots[index]!), thick(ribbon, item, onOf(item))];
  const low = top + thick(ribbon, item, totalOf(item));
  const waiting = item.open ? thick(ribbon, item, item.open) : 0;
  const out: Shape[] = [];
  if (item.exits) {
    const leaving = Math.max(1.2, low - top - on - waiting);
    out.push(strand(x, low - leaving, low, footOf(ribbon, index, top), colourOf(ribbon, item), `${item.id}/break`));
  }
  if (waiting >= 1.5) {
    const [high, far] = [top + on, x + Math.min(26, waiting * 1.5 + 8)];
    out.push(path("open", `${item.id}/open`, [
      ["M", x, high], ["L", far, high + waiting * 0.2], ["L", far, high + waiting * 0.8], ["L", x, high + waiting], ["Z"],
    ], "trail-band"));
  }
  return out;
}

/** Red is for breaks: the dearest one strong, the others pale; a finished pass is no break. */
function colourOf(ribbon: Ribbon, item: Station): Role {
  if (ribbon.worst !== null && item.breaks.includes(ribbon.worst)) return "break";
  return item.afterDeal && !item.breaks.length ? "sand" : "break-band";
}

function strand(x: number, high: number, low: number, foot: Foot, fill: Role, cell: string): Shape {
  const right = foot.x + foot.width;
  return path("strand", cell, [
    ["M", x, high], ["C", x + (right - x) * 0.85, high, right, high + (foot.y - high) * 0.45, right, foot.y], ["L", foot.x, foot.y],
    ["C", foot.x, low + (foot.y - low) * 0.5, x + (foot.x - x) * 0.6, low, x, low], ["Z"],
  ], fill);
}

/** A disc at a strand's foot: where it stands, and what it costs. */
export interface PriceSpot {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly dearest: BreakNumbers | null;
}

/** Where the discs stand; the largest first, as labels are set in this order. */
export function priceSpots(ribbon: Ribbon, band: number): PriceSpot[] {
  const spots = ribbon.stations.flatMap((item, index) => {
    if (!item.observed || !(item.exits || item.breaks.length)) return [];
    const foot = footOf(ribbon, index, band);
    const dearest = dearestOf(item);
    const r = dearest ? radiusOf(ribbon, dearest) : 0;
    return [{ index, x: foot.x + foot.width / 2, y: foot.y + 3 + r, r, dearest }];
  });
  return spots.sort((a, b) => b.r - a.r || a.index - b.index);
}

function discs(ribbon: Ribbon, band: number): Shape[] {
  return priceSpots(ribbon, band).flatMap(({ index, x, y, r, dearest }) => {
    if (!r || !dearest) return [];
    return [disc("break", `${ribbon.stations[index]!.id}/break`, x, y, near(r), dearest === ribbon.worst ? "break" : "break-band")];
  });
}

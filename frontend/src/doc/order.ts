/** Fractions as text: the place of a thing among others. Twin of `tropa.collab.order`. */

export const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE = DIGITS.length;
const JITTER = 2;

export function isFraction(value: unknown): value is string {
  return typeof value === "string" && /^[0-9A-Za-z]{1,200}$/.test(value);
}

/** A fraction greater than `low` and less than `high` (empty: no bound). `draw(n)` gives a whole number in 0…n−1. */
export function between(low: string, high: string, draw: (n: number) => number): string {
  let tight = high !== "" && low < high;
  let out = "";
  for (let at = 0; ; at++) {
    const bottom = at < low.length ? DIGITS.indexOf(low.charAt(at)) : 0;
    const top = !tight ? BASE : at < high.length ? DIGITS.indexOf(high.charAt(at)) : 0;
    if (top - bottom > 1) {
      // an open end is stepped towards, not halved: a list that only grows keeps short fractions
      out += DIGITS.charAt(tight || low === "" ? Math.floor((bottom + top) / 2) : bottom + 1);
      break;
    }
    out += DIGITS.charAt(bottom);
    tight = tight && top === bottom;
  }
  for (let more = 1; more < JITTER; more++) out += DIGITS.charAt(draw(BASE));
  return out + DIGITS.charAt(1 + draw(BASE - 1));
}

/** `count` fractions, ascending and evenly apart, of one length. */
export function spread(count: number): string[] {
  let width = 1;
  while (BASE ** width <= count + 1) width += 1;
  const step = Math.floor(BASE ** width / (count + 1));
  return Array.from({ length: count }, (_, index) => digits(step * (index + 1), width));
}

function digits(value: number, width: number): string {
  let out = "";
  for (let at = 0; at < width; at++) {
    out = DIGITS.charAt(value % BASE) + out;
    value = Math.floor(value / BASE);
  }
  // a last zero would leave no room right before it
  return out.endsWith("0") ? `${out}V` : out;
}

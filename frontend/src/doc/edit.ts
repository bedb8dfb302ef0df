/** Small changes of shared texts. */

import type * as Y from "yjs";

/** One splice: at `place`, `removed` characters (UTF-16, as Yjs counts) go and `added` comes. */
export interface Splice {
  readonly place: number;
  readonly removed: number;
  readonly added: string;
}

/**
 * The smallest single splice that turns one text into another, never through the middle of a character. Where several would do (one more
 * letter in a row of equal ones), the one that ends at `caret` (where the caret stands after the edit).
 */
export function splice(before: string, after: string, caret = after.length): Splice {
  const most = Math.min(before.length, after.length);
  const room = Math.max(0, Math.min(after.length - caret, most));
  let tail = 0;
  while (tail < room && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  let head = 0;
  while (head < most - tail && before[head] === after[head]) head += 1;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  if (head > 0 && isHigh(before.charCodeAt(head - 1))) head -= 1;
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail -= 1;
  return { place: head, removed: before.length - tail - head, added: after.slice(head, after.length - tail) };
}

/** Make a shared text say `words` by one splice. Whether anything changed. */
export function rewrite(text: Y.Text, words: string, caret?: number): boolean {
  const { place, removed, added } = splice(text.toString(), words, caret);
  if (removed > 0) text.delete(place, removed);
  if (added !== "") text.insert(place, added);
  return removed > 0 || added !== "";
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

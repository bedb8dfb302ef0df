/** Ids and keys: drawn, looked up, made of words. */

import { fits } from "./fit";
import type { Mended } from "./repair";
import { ID_SCHEMA, type Kind } from "./shape";
import { say, type Text } from "./words";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const pool = new Uint8Array(1024);
let left = 0;

/** A whole number in 0…n−1, n at most 256. */
export function drawNumber(n: number): number {
  const most = 256 - (256 % n);
  for (;;) {
    if (left === 0) {
      crypto.getRandomValues(pool);
      left = pool.length;
    }
    left -= 1;
    const byte = pool[left] ?? 0;
    if (byte < most) return byte % n;
  }
}

/** A key that nobody else draws. */
export function drawKey(): string {
  return Array.from({ length: 12 }, () => ALPHABET.charAt(drawNumber(62))).join("");
}

/** The ids in use, as they are within one transaction. */
export class Names {
  private known = new Map<string, Map<string, string>>();

  constructor(private readonly mended: () => Mended) {}

  /** The key of an id. */
  key(group: string, id: string): string | undefined {
    return this.group(group).get(id);
  }

  /** What was looked up is not true any more. */
  forget(): void {
    this.known.clear();
  }

  /** An id for a new thing, unique in its group: as wanted where it may be, else made of its words. */
  draw(kind: Kind, key: string, wanted: unknown, words: unknown): string {
    const base = typeof wanted === "string" && fits(wanted, ID_SCHEMA) ? wanted : slug(words) || kind.name.toLowerCase();
    const taken = this.group(kind.group ?? "");
    let id = base;
    for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
    if (kind.group !== undefined) taken.set(id, key);
    return id;
  }

  private group(group: string): Map<string, string> {
    let found = this.known.get(group);
    if (found === undefined) {
      found = new Map(Array.from(this.mended().ids.get(group) ?? [], ([key, id]) => [id, key]));
      this.known.set(group, found);
    }
    return found;
  }
}

/** Words as an id: «Выбор и сравнение» → `выбор-и-сравнение`. Empty where nothing is left. */
function slug(words: unknown): string {
  if (typeof words !== "string" && (typeof words !== "object" || words === null)) return "";
  const text = say(words as Text, "ru").toLowerCase();
  return Array.from(text.replaceAll(/[^\p{L}\p{Nd}]+/gu, "-").replaceAll(/^-+|-+$/g, "")).slice(0, 40).join("").replace(/-+$/, "");
}

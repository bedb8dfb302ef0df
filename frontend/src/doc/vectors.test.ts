import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { describe, expect, it } from "vitest";
import * as Y from "yjs";

import { fits } from "./fit";
import { openMap } from "./live";
import { between, spread } from "./order";
import { PlainRaw } from "./raw";
import { Reader } from "./read";
import { Mended } from "./repair";
import type { Schema } from "./shape";
import { filed, Snapshots } from "./snapshot";

function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(resolve(import.meta.dirname, "../../../tests/vectors/doc", `${name}.json`), "utf8")) as T;
}

interface Told {
  name: string;
  map: Record<string, unknown>;
  notes: { code: string; key: string; path: string; facts: Record<string, string> }[];
}

/** Defaults are left out on both sides, but a reader of files does not care for the order of keys. */
function read(raw: PlainRaw): Omit<Told, "name"> {
  const tree = new Mended(new Reader(raw).tree());
  new Snapshots().make(tree);
  return { map: { tropa: 1, ...(filed(tree, tree.root) as object) }, notes: [...tree.notes] };
}

describe("documents say in the browser what they say in Python (R-60)", () => {
  const contents = vectors<(Told & { fields: Record<string, Record<string, unknown>>; texts: Record<string, string> })[]>("documents");
  it.each(contents.map((item) => [item.name, item] as const))("content: %s", (_, { fields, texts, map, notes }) => {
    const raw = new PlainRaw();
    for (const [key, own] of Object.entries(fields)) raw.put(key, own);
    for (const [name, words] of Object.entries(texts)) raw.write(name, words);
    const told = read(raw);
    expect(told.notes).toEqual(notes);
    expect(told.map).toEqual(map);
  });

  it.each(vectors<(Told & { update: string })[]>("updates").map((item) => [item.name, item] as const))("pycrdt's bytes: %s", (_, { update, map, notes }) => {
    const doc = new Y.Doc();
    const live = openMap(doc);
    Y.applyUpdate(doc, Uint8Array.from(Buffer.from(update, "base64")));
    expect(live.file()).toEqual(map);
    expect(live.notes).toEqual(notes);
    expect(openMap(doc).file()).toEqual(map);
  });
});

describe("plain values fit where they fit in Python (R-60)", () => {
  it.each(vectors<{ schema: Schema; value: unknown; fits: boolean }[]>("values"))("$schema: $value", ({ schema, value, fits: told }) => {
    expect(fits(value, schema)).toBe(told);
  });
});

describe("fractions are Python's (R-60)", () => {
  const { between: cases, spread: lists } = vectors<{
    between: { low: string; high: string; drawn: number[]; between: string }[];
    spread: Record<string, string[]>;
  }>("orders");
  it.each(cases)("between $low and $high", ({ low, high, drawn, between: told }) => {
    const numbers = [...drawn];
    expect(between(low, high, () => numbers.shift() ?? 0)).toBe(told);
  });
  it.each(Object.entries(lists))("%s in a row", (count, told) => {
    expect(spread(Number(count))).toEqual(told);
  });
});

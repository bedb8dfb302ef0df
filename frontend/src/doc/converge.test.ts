import { describe, expect, it } from "vitest";
import * as Y from "yjs";

import type { LiveMap } from "./api";
import { openMap } from "./live";

/** Numbers that look random and are the same each time (mulberry32). */
function numbers(seed: number): (n: number) => number {
  return (n) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

const WORDS = ["", "слово", "Ещё слово 👍", "line\nline", "  "];

/** One edit of any kind, sensible or not. */
function edit(map: LiveMap, draw: (n: number) => number): void {
  const pick = <T>(items: readonly T[]): T | undefined => items[draw(items.length || 1)];
  const { stages, lanes } = map.value;
  const stage = pick(stages);
  const key = stage?.$key ?? "stage";
  const other = pick(stages);
  const point = pick(stages.flatMap((item) => item.touchpoints));
  const line = pick(stages.flatMap((item) => [...item.does, ...item.thinks]));
  const words = WORDS[draw(WORDS.length)] ?? "";
  const lane = pick(lanes)?.id ?? "own";
  const edits: (() => unknown)[] = [
    () => map.add("map/stages", { title: words, does: [words] }, draw(2) === 0 ? "start" : { after: key }),
    () => map.remove(key),
    () => map.move(key, other === undefined ? "end" : { before: other.$key }),
    () => map.write(`${key}/title`, draw(2) === 0 ? "ru" : "en", words),
    () => map.byLanguage(`${key}/title`, "ru"),
    () => map.set(`${key}/id`, pick(["a", "b", "c"])),
    () => map.set(`${key}/after`, other === undefined ? undefined : [other.id]),
    () => map.set(`${key}/deal`, draw(2) === 0 ? { event: "paid" } : undefined),
    () => map.set(`${key}/feels`, pick([undefined, {}, { score: 1 }])),
    () => map.set(`${key}/goal/text`, words),
    () => map.add(`${key}/goal/evidence`, { quote: words || "x" }),
    () => map.add(`${key}/${pick(["does", "thinks"])}`, words),
    () => line && map.write(`${line.$key}/text`, "ru", words),
    () => line && map.move(line.$key, "start", `${other?.$key ?? key}/thinks`),
    () => line && map.remove(line.$key),
    () => map.add(`${key}/touchpoints`, { title: words, pains: [{ text: words }] }),
    () => point && map.move(point.$key, "end", `${other?.$key ?? key}/touchpoints`),
    () => point && map.set(`${point.$key}/id`, pick(["x", "y"])),
    () => map.add("map/loops", { from: stage?.id ?? "", to: other?.id ?? "" }),
    () => map.add("map/improvements", { text: words, stage: stage?.id ?? "", pain: "x" }),
    () => map.add("map/lanes", { title: "Своя", kind: "text" }),
    () => lanes[0] && map.remove(lanes[0].$key),
    () => map.set(map.cell(key, lane, "number"), draw(5)),
    () => map.write(map.cell(key, lane, "text"), "ru", words),
    () => map.add(map.cell(key, lane, "items"), words),
    () => map.set("map/language", pick(["ru", "en"])),
    () => map.duplicate(key),
    () => map.undo(),
    () => map.redo(),
    () => map.transact(() => map.write(map.add("map/tags", "t") + "/value", "ru", "x")),
  ];
  try {
    pick(edits)?.();
  } catch (fault) {
    expect((fault as Error).name).toBe("WrongValue");
  }
}

describe("whatever is done at once (R-60)", () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed))("all come to one valid map, and what is kept up to date is what is read anew: %i", (seed) => {
    const draw = numbers(seed);
    const people = Array.from({ length: 3 }, () => openMap());
    people[0]?.add("map/stages", { title: "Первый" });
    const carry = (from: LiveMap, to: LiveMap): void => Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)));
    const heard = people.map((map) => {
      const seen: { value: unknown } = { value: map.value };
      map.subscribe("", ({ value }) => (seen.value = value));
      return seen;
    });
    for (let step = 0; step < 120; step++) {
      const map = people[draw(3)] as LiveMap;
      edit(map, draw);
      if (draw(4) === 0) carry(people[draw(3)] as LiveMap, map);
      if (step % 15 === 14) {
        const fresh = openMap(map.doc);
        expect(map.value).toEqual(fresh.value);
        expect(map.notes).toEqual(fresh.notes);
        expect(map.file()).toEqual(fresh.file());
        fresh.destroy();
      }
    }
    for (const one of people) for (const other of people) carry(one, other);
    for (const one of people) for (const other of people) carry(one, other);
    for (const map of people) {
      expect(map.file()).toEqual(people[0]?.file());
      expect(map.notes).toEqual(people[0]?.notes);
    }
    people.forEach((map, at) => expect(heard[at]?.value).toBe(map.value));
  });
});

/**
 * The same edits, made here, say the same in Python: `tests/vectors/doc/edits.json` holds each script's document as Yjs wrote it.
 * `TROPA_WRITE_VECTORS=1 npx vitest run src/doc/edits` writes it anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

import { describe, expect, it } from "vitest";
import * as Y from "yjs";

import type { LiveMap } from "./api";
import { openMap } from "./live";

const FILE = resolve(import.meta.dirname, "../../../tests/vectors/doc/edits.json");

function start(map: LiveMap): { need: string; buy: string; cart: string; lane: string } {
  map.write("map/title", "ru", "Карта 👣");
  const need = map.add("map/stages", { id: "need", title: { ru: "Потребность", en: "Need" } });
  const lane = map.add("map/lanes", { id: "own", title: "Своя" });
  const buy = map.add("map/stages", {
    id: "buy",
    title: "Покупка",
    does: ["Платит", { text: "Ждёт", evidence: [{ quote: "долго", date: "2026-03-02", n: 4 }] }],
    feels: { score: -1.5, words: ["тревога", { ru: "радость" }] },
    deal: { event: ["paid", "order"], props: { about: 1 } },
    cells: { own: { number: 2.5 }, other: "без строки" },
  });
  const cart = map.add(`${buy}/touchpoints`, { id: "cart", title: "Корзина", when: { event: "view" }, figures: [{ reading: "conversion", value: 0.5 }] });
  return { need, buy, cart, lane };
}

const SCRIPTS: Readonly<Record<string, (map: LiveMap) => void>> = {
  made: (map) => void start(map),
  moved: (map) => {
    const { need, buy, cart } = start(map);
    map.move(buy, "start");
    map.move(cart, "end", `${need}/touchpoints`);
    const line = map.add(`${buy}/does`, "Выбирает", "start");
    map.move(line, { after: (map.value.stages[0]?.does[1]?.$key ?? "") });
  },
  "set and cleared": (map) => {
    const { need, buy, cart, lane } = start(map);
    map.set(`${need}/after`, []);
    map.set(`${buy}/after`, ["need"]);
    map.set(`${buy}/window`, "1w 2d");
    map.set(`${buy}/owner`, "anna");
    map.add("map/people", { id: "anna", title: "Аня" });
    map.set(`${need}/owner`, "anna");
    map.set(`${need}/goal`, { text: "Понять", evidence: [{ link: "https://example.org" }] });
    map.set(`${buy}/feels`, undefined);
    map.set(`${cart}/when`, undefined);
    map.set(`${cart}/feels`, {});
    map.set("map/money", { margin: 0.3 });
    map.set("map/bought_again", false);
    map.set("map/date", "2026-11-28");
    map.add("map/tags", "спорт");
    map.set(`${buy}/cells/own/text`, "и слова");
    map.set(`${need}/cells/own`, { items: ["раз", "два"] });
    map.set(`${lane}/id`, "mine");
    map.add("map/personas", { title: "Алексей", segment: { first_channel: "ads" }, share: 0.25 });
    map.add("map/loops", { from: "buy", to: "need", when: { satisfaction: { below: 0 } } });
    map.add("map/views", { title: "Вид", hide: ["doubts", "mine"], stages: ["buy"] });
  },
  "spoiled by two": (map) => {
    const { need, buy } = start(map);
    const other = openMap();
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(map.doc));
    map.add("map/improvements", { text: "Скидка", stage: "buy" });
    map.set(`${need}/after`, ["buy"]);
    other.set(`${buy}/after`, ["need"]);
    other.set(`${need}/deal`, { event: "x" });
    other.add("map/stages", { id: "use", title: "A" });
    map.add("map/stages", { id: "use", title: "B" });
    Y.applyUpdate(map.doc, Y.encodeStateAsUpdate(other.doc));
  },
  "removed and undone": (map) => {
    const { need, buy } = start(map);
    map.add("map/improvements", { text: "Скидка", stage: "buy" });
    map.remove(buy);
    map.remove(need);
    map.undo();
    map.undo();
    map.undo();
    map.redo();
    map.remove(map.duplicate(buy));
    map.remove(need);
  },
  languages: (map) => {
    const { need, buy } = start(map);
    map.byLanguage("map/title", "ru");
    map.write("map/title", "en", "Map");
    map.set(`${need}/title`, { ru: "", en: "Need" });
    map.write(`${buy}/title`, "en", "Покупка и оплата");
    map.set("map/about", "");
    map.set("map/language", "en");
  },
};

interface Case {
  readonly name: string;
  readonly update: string;
  readonly map: unknown;
  readonly notes: unknown;
}

function run(name: string): Case {
  const map = openMap();
  SCRIPTS[name]?.(map);
  return { name, update: Buffer.from(Y.encodeStateAsUpdate(map.doc)).toString("base64"), map: map.file(), notes: map.notes };
}

/** Keys are drawn at random, and which of two equal things stands first goes by them. */
function unkeyed(notes: unknown): unknown {
  return (notes as { code: string; path: string }[]).map(({ code, path }) => [code, path]);
}

if (process.env.TROPA_WRITE_VECTORS === "1") {
  const cases = Object.keys(SCRIPTS).map(run);
  writeFileSync(FILE, `[${cases.map((item) => JSON.stringify(item)).join(",\n")}]\n`);
}

describe("the same edits give the same map (R-60)", () => {
  const cases = JSON.parse(readFileSync(FILE, "utf8")) as Case[];
  it("every script has its vector", () => expect(cases.map((item) => item.name)).toEqual(Object.keys(SCRIPTS)));
  it.each(cases.map((item) => [item.name, item] as const))("%s", (name, { update, map, notes }) => {
    const live = openMap();
    Y.applyUpdate(live.doc, Uint8Array.from(Buffer.from(update, "base64")));
    expect(live.file()).toEqual(map);
    expect(live.notes).toEqual(notes);
    const again = run(name);
    if (name !== "spoiled by two") expect(again.map).toEqual(map);
    expect(unkeyed(again.notes)).toEqual(unkeyed(notes));
  });
});

import * as Y from "yjs";
import { describe, expect, it } from "vitest";

import type { LiveMap } from "./api";
import { openMap } from "./live";
import type { StageValue } from "./values";

/** Two people on one map, each change of one carried to the other when asked. */
function pair(): { one: LiveMap; other: LiveMap; meet: () => void } {
  const one = openMap();
  const other = openMap();
  const meet = (): void => {
    const a = Y.encodeStateAsUpdate(one.doc, Y.encodeStateVector(other.doc));
    const b = Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(one.doc));
    Y.applyUpdate(other.doc, a);
    Y.applyUpdate(one.doc, b);
    expect(one.value).toEqual(other.value);
    expect(one.notes).toEqual(other.notes);
    expect(one.file()).toEqual(other.file());
  };
  return { one, other, meet };
}

function start(): { one: LiveMap; other: LiveMap; meet: () => void; need: string; buy: string } {
  const both = pair();
  both.one.write("map/title", "ru", "Карта");
  const need = both.one.add("map/stages", { title: "Потребность" });
  const buy = both.one.add("map/stages", { title: "Покупка", does: ["Платит"], pains: [{ text: "Дорого", severity: 3 }] });
  both.meet();
  return { ...both, need, buy };
}

function stage(map: LiveMap, key: string): StageValue {
  return map.at(key) as StageValue;
}

describe("a live map (R-60)", () => {
  it("starts with an empty stage and takes what is said of it for real", () => {
    const map = openMap();
    expect(map.value.stages.map((item) => item.id)).toEqual(["stage"]);
    expect(map.notes.map((note) => note.code)).toEqual(["TR-W419"]);
    map.write("stage/title", "ru", "Первый");
    expect(map.notes).toEqual([]);
    expect(map.file()).toMatchObject({ stages: [{ id: "stage", title: "Первый" }] });
  });

  it("makes ids of the words, and says in a file what was added", () => {
    const { one } = start();
    expect(one.file()).toEqual({
      tropa: 1,
      title: "Карта",
      stages: [
        { id: "потребность", title: "Потребность" },
        { id: "покупка", title: "Покупка", does: ["Платит"], pains: [{ id: "дорого", text: "Дорого", severity: 3 }] },
      ],
    });
  });

  it("merges what two people type into one empty cell", () => {
    const { one, other, meet, need } = start();
    one.write(`${need}/goal/text`, "ru", "Найти");
    other.write(`${need}/goal/text`, "ru", " быстро");
    const lane = one.add("map/lanes", { title: "Своя" });
    meet();
    one.write(one.cell(need, "своя", "text"), "ru", "один");
    other.write(other.cell(need, "своя", "text"), "ru", "два");
    one.set(`${need}/feels/score`, -1);
    other.add(`${need}/feels/words`, "тревога");
    meet();
    expect(["Найти быстро", " быстроНайти"]).toContain(stage(one, need).goal?.text);
    expect(["одиндва", "дваодин"]).toContain(stage(one, need).cells["своя"]?.text);
    expect(stage(one, need).feels).toMatchObject({ score: -1, words: [{ text: "тревога" }] });
    other.set(`${lane}/id`, "моя");
    meet();
    expect(Object.keys(stage(one, need).cells)).toEqual(["моя"]);
  });

  it("moves without losing what is typed meanwhile, into another stage too", () => {
    const { one, other, meet, need, buy } = start();
    const point = one.add(`${need}/touchpoints`, { title: "Сайт" });
    meet();
    one.move(point, "end", `${buy}/touchpoints`);
    other.write(`${point}/title`, "ru", "Сайт и приложение");
    one.move(buy, { before: need });
    meet();
    expect(one.value.stages.map((item) => item.id)).toEqual(["покупка", "потребность"]);
    expect(stage(one, buy).touchpoints.map((item) => item.title)).toEqual(["Сайт и приложение"]);
    expect(() => one.move(point, "end", "map/stages")).toThrow("a list of Touchpoint");
  });

  it("keeps a reference through a rename, and drops it with what it points to", () => {
    const { one, other, meet, need, buy } = start();
    other.add("map/loops", { from: "покупка", to: "потребность" });
    one.set(`${need}/id`, "need");
    meet();
    expect(one.value.loops).toMatchObject([{ from: "покупка", to: "need" }]);
    one.remove(buy);
    other.write(`${buy}/title`, "ru", "Покупка!");
    meet();
    expect(one.value.loops).toEqual([]);
    expect(one.notes.map((note) => note.code)).toEqual(["TR-W415"]);
    expect(one.undo()).toBe(true);
    meet();
    expect(stage(one, buy)).toMatchObject({ id: "покупка", does: [{ text: "Платит" }], pains: [{ text: "Дорого" }] });
    expect(stage(one, buy).title).toContain("!");
    expect(one.value.loops).toHaveLength(1);
  });

  it("mends what two people did at once", () => {
    const { one, other, meet, need, buy } = start();
    one.add("map/stages", { id: "use", title: "A" });
    other.add("map/stages", { id: "use", title: "B" });
    one.set(`${need}/deal`, { event: "paid" });
    other.set(`${buy}/deal`, { event: "order" });
    one.set(`${need}/after`, ["покупка"]);
    meet();
    expect(one.value.stages.map((item) => item.id).sort()).toEqual(["use", "use-2", "покупка", "потребность"]);
    expect(one.notes.map((note) => note.code).sort()).toEqual(["TR-W413", "TR-W417", "TR-W418"]);
    expect(stage(one, buy).deal).toBeUndefined();
    expect(stage(one, need).after).toEqual([]);
  });

  it("undoes one's own changes only, in steps", () => {
    const { one, other, meet, need } = start();
    one.newStep();
    one.write(`${need}/title`, "ru", "Нужда");
    one.newStep();
    one.set(`${need}/owner`, "anna");
    other.set(`${need}/moment_of_truth`, true);
    other.write(`${need}/title`, "ru", "Потребность сейчас");
    meet();
    one.undo();
    one.undo();
    meet();
    expect(stage(one, need)).toMatchObject({ moment_of_truth: true });
    expect(stage(one, need).owner).toBeUndefined();
    expect(stage(one, need).title).toContain("сейчас");
    expect(one.canRedo).toBe(true);
    one.redo();
    one.redo();
    meet();
    expect(stage(one, need).owner).toBe("anna");
  });

  it("keeps the identity of what did not change", () => {
    const { one, need, buy } = start();
    const before = one.value;
    let heard = 0;
    one.subscribe(buy, () => heard++);
    one.subscribe(`${need}/title`, () => (heard += 10));
    one.write(`${need}/title`, "ru", "Нужда");
    expect(one.value).not.toBe(before);
    expect(stage(one, buy)).toBe(before.stages[1]);
    expect(one.value.loops).toBe(before.loops);
    expect(heard).toBe(10);
    expect(Object.isFrozen(one.value)).toBe(true);
  });

  it("keeps words by language where they are", () => {
    const { one, need } = start();
    one.byLanguage(`${need}/title`, "ru");
    one.write(`${need}/title`, "en", "Need");
    expect(stage(one, need).title).toEqual({ ru: "Потребность", en: "Need" });
    expect(one.languages(`${need}/title`)).toEqual(["ru", "en"]);
    one.set(`${need}/title`, { en: "Need" });
    expect(stage(one, need).title).toEqual({ en: "Need" });
    one.set(`${need}/title`, "Просто");
    expect(stage(one, need).title).toBe("Просто");
  });

  it("refuses what a field cannot hold", () => {
    const { one, need, buy } = start();
    const before = one.file();
    const wrong: [string, unknown][] = [
      [`${need}/id`, "a b"],
      [`${need}/id`, undefined],
      [`${need}/window`, "soon"],
      [`${need}/feels/score`, 3],
      ["map/kind", "maybe"],
      ["map/date", "2026-02-30"],
      [`${need}/nothing`, 1],
      [`${buy}/after`, "need"],
    ];
    for (const [address, value] of wrong) expect(() => one.set(address, value), address).toThrow();
    expect(one.file()).toEqual(before);
    one.set("gone/title", "x");
    expect(one.file()).toEqual(before);
  });

  it("duplicates with new ids, and takes parts away", () => {
    const { one, buy } = start();
    one.set(`${buy}/feels`, { score: 1, words: ["радость"] });
    const copy = one.duplicate(buy);
    expect(one.value.stages.map((item) => item.id)).toEqual(["потребность", "покупка", "покупка-2"]);
    expect(stage(one, copy)).toMatchObject({ does: [{ text: "Платит" }], pains: [{ id: "дорого-2" }], feels: { score: 1 } });
    one.set(`${copy}/feels`, undefined);
    expect(stage(one, copy).feels).toBeUndefined();
    expect(stage(one, buy).feels).toMatchObject({ score: 1, words: [{ text: "радость" }] });
    one.set(`${copy}/feels`, {});
    expect(stage(one, copy).feels).toEqual({ words: [], personas: [], evidence: [] });
  });
});

import { describe, expect, it } from "vitest";

import { byStage, type Change, counted, fieldOf, linesOf, wordOf } from "./words";

const own = (text: unknown): string => (text as Record<string, string>)["ru"] ?? "";
const change = (kind: Change["kind"], stage: string | null): Change => ({ address: "stages.use", kind, before: null, after: null, stage, touchpoint: null, lane: "does", text: "" });

describe("what differs, in words (R-10)", () => {
  it("says what a file would say, without its keys", () => {
    expect(linesOf("ждёт", own)).toEqual(["ждёт"]);
    expect(linesOf({ ru: "Покупка", en: "Purchase" }, own)).toEqual(["Покупка"]);
    expect(linesOf({ id: "p", text: { ru: "Нет срока" }, severity: 3, evidence: [{ quote: "когда?" }] }, own)).toEqual(["Нет срока · 3 · когда?"]);
    expect(linesOf([{ text: "а" }, "б"], own)).toEqual(["а", "б"]);
    expect([linesOf(null, own), linesOf("", own)]).toEqual([[], []]);
  });

  it("calls the words of open lists by their names", () => {
    const word = (id: string, text: string): string => (id === "improvement-done" ? "сделано" : text);
    expect([wordOf("kind", "wow"), wordOf("kind", "queue", "barriers"), wordOf("kind", "to-be", "kind"), wordOf("task", "teach"), fieldOf("improvements.chat.status")]).toEqual(
      ["opportunity-wow", "barrier-queue", "map-kind-to-be", "task-teach", "status"],
    );
    expect(linesOf({ text: "Чат", status: "done" }, own, word)).toEqual(["Чат · сделано"]);
  });

  it("gathers by stage, the whole map first, and counts", () => {
    const all = [change("added", "use"), change("moved", null), change("added", "buy"), change("changed", "use")];
    expect(byStage(all).map((group) => [group.stage, group.changes.length])).toEqual([[null, 1], ["use", 2], ["buy", 1]]);
    expect(counted(all)).toEqual({ added: 2, removed: 0, changed: 1, moved: 1 });
  });
});

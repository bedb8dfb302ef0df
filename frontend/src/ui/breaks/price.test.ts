import { describe, expect, it } from "vitest";

import { money } from "../../words/numbers";
import { changeOf } from "./changes";
import { monthName } from "./month";
import { type Break, digitsFor, priceRange, reasonsOf, referenceName, timesShown, whiskers } from "./price";

const write = { month: (year: number, month: number) => `${month}/${year}`, own: (text: unknown) => String(text) };
const priced = (low: number, value: number, high: number) => ({ loss: { low, value, high } }) as Break;

describe("prices of breaks (R-24)", () => {
  it("shows no more figures than the interval deserves", () => {
    expect([digitsFor(0.1, 0.2), digitsFor(0.1, 0.105), digitsFor(0.1, 0.1005), digitsFor(0.1, 0.1)]).toEqual([0, 1, 2, undefined]);
  });

  it("calls the reference by the name people gave it", () => {
    const known = [{ id: "novice", title: "Новички" }];
    expect(referenceName("2026-05", known, write)).toBe("5/2026");
    expect(referenceName("persona=novice", known, write)).toBe("Новички");
    expect(referenceName("city=Тверь", known, write)).toBe("city=Тверь");
    expect(referenceName(null, known, write)).toBe("");
  });

  it("puts all breaks on one scale; nothing lies below zero", () => {
    expect(whiskers([priced(-5, 10, 20), priced(0, 1, 2)])).toEqual([
      { low: 0, value: 0.5, high: 1 },
      { low: 0, value: 0.05, high: 0.1 },
    ]);
    expect(whiskers([priced(0, 0, 0)])).toEqual([{ low: 0, value: 0, high: 0 }]);
  });

  it("tells an interval in one breath, and says when it may be nothing", () => {
    const roubles = (amount: number): string => money(amount, "RUB", "ru");
    expect(priceRange({ low: 219_177, high: 267_223 }, roubles)).toEqual({ id: "between", low: "219", high: "267\u00a0тыс.\u00a0₽" });
    expect(priceRange({ low: 900, high: 1_200_000 }, roubles)).toEqual({ id: "between", low: "900\u00a0₽", high: "1,2\u00a0млн\u00a0₽" });
    expect(priceRange({ low: -5, high: 64_000 }, roubles)).toEqual({ id: "up-to", low: "", high: "64\u00a0тыс.\u00a0₽" });
    expect(priceRange({ low: 5, high: 5 }, roubles)).toBeUndefined();
  });
});

describe("reasons for leaving (R-25)", () => {
  const columns = ["reason", "having", "left_share", "on_share", "difference_low", "difference_high"].map((id) => ({ id }));
  const labels = { "event:chat|without": "не было события «chat»" };

  it("are told in words, with how many times oftener", () => {
    const [first, second] = reasonsOf({ columns, labels, rows: [["event:chat", "without", 0.8, 0.2, 0.5, 0.7], ["pass:first", "with", 0.3, 0, 0.2, 0.4]] });
    expect(first).toMatchObject({ words: "не было события «chat»", left: 0.8, on: 0.2, low: 0.5, high: 0.7 });
    expect(first!.times).toBeCloseTo(4);
    expect(second).toMatchObject({ words: "pass:first", times: undefined });
    expect([timesShown(2.4449), timesShown(3), timesShown(12.4)]).toEqual([2.4, 3, 12]);
  });

  it("have customers' own words beside them, or none", () => {
    const wide = [...columns, { id: "words" }];
    const row = (words: string | null) => ["event:chat", "without", 0.8, 0.2, 0.5, 0.7, words];
    const told = reasonsOf({ columns: wide, labels, rows: [row("Долго\nНе ответили"), row(null)] });
    expect(told.map((one) => one.said)).toEqual([["Долго", "Не ответили"], []]);
  });
});

describe("changes beyond noise (R-31)", () => {
  const change = (stage: string | null, figure: string, month: string) => ({ stage, figure, before: "", month, was: 0.4, now: 0.5, chance: 0.01 });

  it("the latest one of what the break is about", () => {
    const all = [change("use", "conversion", "2026-03"), change("use", "conversion", "2026-05"), change("use", "satisfaction", "2026-06"), change(null, "repeat_rate", "2026-04")];
    expect(changeOf(all, { stage: "use", kind: "exit" })?.month).toBe("2026-05");
    expect(changeOf(all, { stage: "use", kind: "loop" })?.month).toBe("2026-04");
    expect(changeOf(all, { stage: "buy", kind: "exit" })).toBeUndefined();
    expect([monthName("2026-05", "ru"), monthName("2026-05", "en")]).toEqual(["май 2026", "May 2026"]);
  });
});

import { describe, expect, it } from "vitest";

import { type Break, digitsFor, referenceName, whiskers } from "./price";

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
});

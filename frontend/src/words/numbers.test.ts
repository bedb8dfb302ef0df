// @vitest-environment jsdom
import { readFileSync } from "node:fs";

import { beforeAll, describe, expect, it } from "vitest";

import * as numbers from "./numbers";
import { type Language, say, speak, write } from "./words.svelte";

interface Case {
  say: "integer" | "decimal" | "percent" | "money" | "duration" | "day" | "months";
  lang: Language;
  given: [never, never, never];
  said: string;
}

const CASES = JSON.parse(readFileSync("../tests/vectors/numbers.json", "utf8")) as Case[];

function told({ say: what, lang, given: [first, second, third] }: Case): string {
  if (what === "integer") return numbers.integer(first, lang);
  if (what === "decimal") return numbers.decimal(first, lang, second ?? undefined);
  if (what === "percent") return numbers.percent(first, lang, second ?? undefined);
  if (what === "money") return numbers.money(first, second, lang, { sign: third });
  if (what === "duration") return write.duration(first);
  if (what === "day") return numbers.day(first, lang);
  return numbers.months(first, second, lang);
}

describe.each(["ru", "en"] as const)("figures in %s as Python writes them (R-60)", (lang) => {
  beforeAll(() => speak(lang));

  it("agrees on every vector", () => {
    const cases = CASES.filter((one) => one.lang === lang);
    expect(cases.length).toBeGreaterThan(200);
    expect(cases.map((one) => [one.say, one.given, told(one)])).toEqual(cases.map((one) => [one.say, one.given, one.said]));
  });

  it("writes them the same way inside a message", () => {
    expect(say("duration-days", { n: 48_210 })).toContain(numbers.integer(48_210, lang));
    expect(say("duration-days", { n: -1.5 })).toContain(numbers.decimal(-1.5, lang));
  });
});

describe("how long ago (R-60)", () => {
  const now = new Date("2026-11-28T12:00:00Z");
  it.each([
    ["2026-11-28T11:56:00Z", "4\u00a0мин назад", "4\u00a0min ago"],
    ["2026-11-28T11:59:59.8Z", "сейчас", "now"],
    ["2026-11-27T11:00:00Z", "вчера", "yesterday"],
    ["2026-11-18T11:00:00Z", "10\u00a0дней назад", "10\u00a0days ago"],
    ["2026-05-09T11:00:00Z", "9 мая", "9 May"],
    ["2025-05-09T11:00:00Z", "9 мая 2025", "9 May 2025"],
  ])("%s", (when, russian, english) => {
    expect(numbers.ago(when, "ru", now)).toBe(russian);
    expect(numbers.ago(when, "en", now)).toBe(english);
  });
});

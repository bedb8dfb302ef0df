// @vitest-environment jsdom
import { flushSync } from "svelte";
import { afterAll, expect, it, vi } from "vitest";

afterAll(() => vi.unstubAllGlobals());

it("measures again when the fonts have come, for whoever asked before (R-60)", async () => {
  const fonts = new EventTarget();
  let sign = 9;
  const context = { font: "", measureText: (text: string) => ({ width: text.length * sign }) };
  vi.stubGlobal("document", { fonts, createElement: () => ({ getContext: () => context }) });
  const { widthOf, cutTo } = await import("./measure");
  const seen: number[] = [];
  const stop = $effect.root(() => {
    $effect(() => void seen.push(widthOf("abcd", 14, 600)));
  });
  flushSync();
  sign = 7;
  expect(widthOf("abcd", 14, 600)).toBe(36);
  fonts.dispatchEvent(new Event("loadingdone"));
  flushSync();
  expect(seen).toEqual([36, 28]);
  expect(cutTo("abcdef", 29, 14, 600)).toBe("abc…");
  stop();
});

import { describe, expect, it } from "vitest";

import { hardIndex, soften, softIndex } from "./hyphens";

const shown = (text: string): string => soften(text).replaceAll("\u00ad", "-");

describe("parting long words (R-60)", () => {
  it("by syllables, never one letter alone, short words not at all", () => {
    expect(shown("маркетплейс")).toBe("мар-кет-плейс");
    expect(shown("консультантом")).toMatch(/^кон-суль-тан-том$/);
    expect(shown("оформление")).toBe("офор-мле-ние");
    expect(shown("молчит вечером")).toBe("молчит вечером");
    expect(shown("delivery")).toBe("delivery");
  });

  it("a place is the same in both texts", () => {
    const text = "пишет консультантом";
    const soft = soften(text);
    for (let i = 0; i <= text.length; i++) expect(hardIndex(soft, softIndex(soft, i))).toBe(i);
  });
});

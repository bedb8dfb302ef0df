// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from "vitest";

import { say, speak } from "./words.svelte";

describe("words (R-60)", () => {
  beforeAll(() => speak("ru"));

  it("speaks the language that was chosen, and an unknown message is a fault", async () => {
    expect(say("web-name")).toBe("тропа");
    await speak("en");
    expect(say("web-name")).toBe("tropa");
    expect(() => say("no-such-message")).toThrow("no-such-message");
  });
});

// What the editor lists must be what Python lists: rows, channels' drawings, tasks (one concept, one list).
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

import { CHANNELS, channelIcon, FEELINGS, TASKS } from "./channels";
import { LANES } from "./lanes";

const python = (path: string): string => readFileSync(resolve("../src/tropa", path), "utf8");

describe("the same lists as Python's (R-02, R-03)", () => {
  it("rows, with their kinds and whether touchpoints have them", () => {
    const found = [...python("model/lanes.py").matchAll(/StandardLane\("(\w+)", "\w+", "(\w+)", at_touchpoint=(True|False)\)/g)];
    expect(LANES.map((lane) => [lane.id, lane.kind, lane.atTouchpoint ? "True" : "False"])).toEqual(found.map((match) => match.slice(1)));
  });

  it("drawings of channels by every spelling", () => {
    const table = /CHANNEL_ICONS = \{([\s\S]*?)\}/.exec(python("layout/figures.py"))![1]!;
    const found = [...table.matchAll(/"([\w-]+)": "(\w+)"/g)].map((match) => [match[1]!, match[2]!]);
    expect(found.length).toBeGreaterThan(40);
    expect(found.map(([name]) => [name, channelIcon(name!)])).toEqual(found);
    expect(channelIcon("pigeon")).toBe("other");
  });

  it("every channel, feeling and task that is offered has a word in both languages", () => {
    for (const language of ["ru", "en"]) {
      const words = python(`words/${language}/lanes.ftl`);
      for (const id of [...CHANNELS.map((name) => `channel-${name}`), ...FEELINGS.map((name) => `feeling-${name}`), ...TASKS.map((name) => `task-${name}`)])
        expect(words, id).toMatch(new RegExp(`^${id} = `, "m"));
    }
    expect(python("model/stage.py")).toContain(`TASKS = (${TASKS.map((task) => `"${task}"`).join(", ")})`);
  });
});

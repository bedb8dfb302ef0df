import { describe, expect, it } from "vitest";

import type { Said } from "../../../doc";
import { cellOf, threadsOf, withChanges } from "./threads";

const said = (id: string, thread: string, change: number, more: Partial<Said> = {}): Said => ({
  id, thread, change, address: "need/does/0", text: id, mentions: [], author: { who: "user:a", name: "Анна" }, at: `2026-03-02T09:00:0${id.length}Z`,
  edited_at: null, removed: false, resolved_at: null, resolved_by: null, ...more,
});

describe("threads of comments (R-60)", () => {
  it("gathers answers under what they answer, the oldest first", () => {
    const threads = threadsOf([said("bb", "a", 2), said("a", "a", 1), said("ccc", "ccc", 3, { resolved_at: "x", resolved_by: "Борис" })]);
    expect(threads.map((one) => [one.id, one.resolved, one.comments.map((comment) => comment.id)])).toEqual([
      ["a", false, ["a", "bb"]],
      ["ccc", true, ["ccc"]],
    ]);
  });

  it("keeps the place of what was removed only where somebody answered", () => {
    const gone = said("a", "a", 3, { removed: true, text: "" });
    expect(threadsOf([gone])).toEqual([]);
    expect(threadsOf([gone, said("bb", "a", 2)])[0]?.comments).toHaveLength(2);
    expect(threadsOf([gone, said("bb", "a", 2, { removed: true })])).toEqual([]);
  });

  it("takes changes in whatever order they come, as often as they come", () => {
    const changes = [said("a", "a", 1), said("a", "a", 4, { text: "new" }), said("bb", "a", 2)];
    const orders = [changes, [...changes].reverse(), [...changes, ...changes]];
    for (const order of orders) {
      let held: ReadonlyMap<string, Said> = new Map();
      for (const one of order) held = withChanges(held, [one]);
      expect(held.get("a")?.text).toBe("new");
      expect(held.size).toBe(2);
    }
  });

  it("hangs what is said of a line on its cell", () => {
    expect(cellOf("need/does/0")).toBe("need/does");
    expect(cellOf("need/does")).toBe("need/does");
  });
});

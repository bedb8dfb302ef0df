import { describe, expect, it } from "vitest";

import { clockThere, dayThere } from "../../words/numbers";
import { aheadOf } from "./zones";

describe("the workspace's own zone (R-27, R-42)", () => {
  it("how far its clocks are ahead", () => {
    expect([180, 330, 0, -270].map(aheadOf)).toEqual(["+3:00", "+5:30", "±0:00", "−4:30"]);
  });

  it("instants are told as the server's clock showed them, whatever the reader's zone", () => {
    const at = "2026-02-01T01:30:00+03:00";
    expect([dayThere(at), clockThere(at)]).toEqual(["2026-02-01", "01:30"]);
    expect(dayThere("2026-01-31T22:30:00Z")).toBe("2026-01-31");
  });
});

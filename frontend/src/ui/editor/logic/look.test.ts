import { describe, expect, it } from "vitest";

import { fitted, followed, graspOf, moved, zoomed } from "./look";

describe("looking at the infographic (R-07)", () => {
  it("the whole page stands in the middle", () => {
    expect(fitted({ width: 2000, height: 1000 }, 1048, 1000)).toEqual({ scale: 0.5, x: 24, y: 250 });
  });

  it("what is under the pointer stays under it, whatever the zoom; zooming ends somewhere", () => {
    const look = moved({ x: 0, y: 0, scale: 1 }, 10, -20);
    const near = zoomed(look, 2, 100, 50);
    expect([(100 - near.x) / near.scale, (50 - near.y) / near.scale]).toEqual([(100 - look.x) / look.scale, (50 - look.y) / look.scale]);
    expect(zoomed(look, 1e6, 0, 0).scale).toBe(6);
    expect(zoomed(look, 1e-6, 0, 0).scale).toBe(0.1);
  });

  it("one finger moves it, two bring it closer with what is between them where it is", () => {
    const look = { x: 5, y: 5, scale: 1 };
    const box = { left: 100, top: 0 };
    expect(followed(look, graspOf([{ x: 1, y: 1 }]), graspOf([{ x: 4, y: 0 }]), box)).toEqual({ x: 8, y: 4, scale: 1 });
    const near = followed(look, graspOf([{ x: 200, y: 50 }, { x: 300, y: 50 }]), graspOf([{ x: 150, y: 50 }, { x: 350, y: 50 }]), box);
    expect(near.scale).toBe(2);
    expect([(150 - near.x) / near.scale, (50 - near.y) / near.scale]).toEqual([145, 45]);
    expect(graspOf([]).apart).toBe(0);
  });
});

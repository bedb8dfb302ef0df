import { describe, expect, it } from "vitest";

import { begun, fitted, followed, graspOf, moved, zoomed } from "./look";

describe("looking at the infographic (R-07)", () => {
  it("the whole page stands in the middle", () => {
    expect(fitted({ width: 2000, height: 1000 }, 1048, 1000)).toEqual({ scale: 0.5, x: 24, y: 250 });
  });

  it("on a phone it begins readable, at its beginning; on a desk, and where it can be read, whole", () => {
    const page = { width: 1600, height: 1000 };
    const phone = begun(page, 390, 700);
    expect([phone.scale, phone.x]).toEqual([0.6, 12]);
    expect(phone.scale).toBeGreaterThan(fitted(page, 390, 700).scale);
    expect(phone.y).toBeGreaterThanOrEqual(12);
    expect(page.height * phone.scale).toBeLessThanOrEqual(700);
    expect(begun(page, 1200, 700)).toEqual(fitted(page, 1200, 700));
    expect(begun({ width: 500, height: 900 }, 390, 800)).toEqual(fitted({ width: 500, height: 900 }, 390, 800));
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

// @vitest-environment jsdom
// The tour is offered once on a device, leads through five steps there and back, and can be left anywhere.
import { beforeEach, describe, expect, it, vi } from "vitest";

beforeEach(() => {
  localStorage.clear();
  vi.resetModules();
});
const fresh = async () => (await import("./tour.svelte")).tour;

describe("the tour", () => {
  it("goes through its steps, back no further than the first, and ends after the last", async () => {
    const tour = await fresh();
    tour.start();
    tour.go(-1);
    expect(tour.step).toBe(0);
    for (let n = 0; n < 4; n++) tour.go(1);
    expect(tour.step).toBe(4);
    tour.go(1);
    expect(tour.step).toBeNull();
  });

  it("is not offered again on the device that took or declined it, and is taken again when asked for", async () => {
    const first = await fresh();
    expect(first.offered).toBe(true);
    first.leave();
    vi.resetModules();
    const later = await fresh();
    expect(later.offered).toBe(false);
    later.start();
    expect(later.step).toBe(0);
  });
});

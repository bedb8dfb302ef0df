// The short tour of the editor: offered once on a device, skipped at any step, and found again in the panel about the map.
const KEY = "tropa_tour";

/** What is shown, and what of the page it is about: the first of these that stands on the page is ringed. */
export const STEPS = [
  { id: "cells", about: ["[role=grid]"] },
  { id: "trail", about: ["[role=row]:has([data-cell^='trail|'])", "[role=row]:has([data-cell^='emotion|'])", "[role=grid]"] },
  { id: "bar", about: [".bar"] },
  { id: "panel", about: ["aside.panel", ".bar"] },
  { id: "share", about: ["header"] },
] as const;

class Tour {
  /** Where one is in it; null: it is not shown. */
  step = $state<number | null>(null);
  /** Whether this device has neither taken nor declined it. */
  offered = $state(localStorage.getItem(KEY) === null);

  start(): void {
    this.remember();
    this.step = 0;
  }
  /** Declined, skipped, or seen to the end: it is not offered again here. */
  leave(): void {
    this.remember();
    this.step = null;
  }
  go(by: -1 | 1): void {
    if (this.step === null) return;
    const next = this.step + by;
    if (next >= STEPS.length) this.leave();
    else this.step = Math.max(0, next);
  }
  private remember(): void {
    localStorage.setItem(KEY, "seen");
    this.offered = false;
  }
}

export const tour = new Tour();

// Puts a floating box beside what it belongs to, inside the window: below or above, left or right edges aligned.

export type Side = "below" | "above" | "right";

/** Top and left for a box of `size` beside `anchor`; flips where there is no room. Pure numbers, in CSS pixels of the window. */
export function placed(
  anchor: { left: number; top: number; right: number; bottom: number },
  size: { width: number; height: number },
  view: { width: number; height: number },
  side: Side = "below",
  align: "start" | "centre" | "end" = "start",
  gap = 6,
): { left: number; top: number } {
  const margin = 8;
  const fit = (at: number, length: number, room: number) => Math.max(margin, Math.min(at, room - length - margin));
  if (side === "right") {
    const right = anchor.right + gap + size.width + margin <= view.width;
    const left = right ? anchor.right + gap : anchor.left - gap - size.width;
    return { left: fit(left, size.width, view.width), top: fit(anchor.top, size.height, view.height) };
  }
  const below = view.height - anchor.bottom - gap - margin;
  const above = anchor.top - gap - margin;
  const under = side === "below" ? below >= size.height || below >= above : !(above >= size.height || above >= below);
  const top = under ? anchor.bottom + gap : anchor.top - gap - size.height;
  const middle = (anchor.left + anchor.right - size.width) / 2;
  const left = align === "start" ? anchor.left : align === "end" ? anchor.right - size.width : middle;
  return { left: fit(left, size.width, view.width), top: fit(top, size.height, view.height) };
}

/** Places `box` (position: fixed) beside `anchor` now. */
export function place(box: HTMLElement, anchor: Element, side?: Side, align?: "start" | "centre" | "end"): void {
  const at = placed(
    anchor.getBoundingClientRect(),
    { width: box.offsetWidth, height: box.offsetHeight },
    { width: document.documentElement.clientWidth, height: window.innerHeight },
    side,
    align,
  );
  box.style.setProperty("left", `${Math.round(at.left)}px`);
  box.style.setProperty("top", `${Math.round(at.top)}px`);
}

// Dragging things onto places, for lists and boards: @dnd-kit/dom senses, scrolls at the edges and cancels; what is dropped where is ours.
// Loaded when a pointer first comes near. Its plugins that write style sheets are left out: the page's policy allows none.
import { AutoScroller, DragDropManager, Draggable, PointerActivationConstraints, PointerSensor } from "@dnd-kit/dom";

import type { Drops } from "./drag";

/** The press is handed over by us, since the library is loaded only when it is wanted. */
interface Presses {
  handlePointerDown(event: PointerEvent, source: Draggable, options: unknown): void;
}

/** Begins to sense a drag from a press; nothing happens until the pointer has gone a little way. */
export function drag(root: HTMLElement, element: HTMLElement, event: PointerEvent, drops: Drops): void {
  const manager = new DragDropManager({
    plugins: [AutoScroller],
    sensors: [
      PointerSensor.configure({
        activationConstraints: () => [new PointerActivationConstraints.Distance({ value: 6 })],
        preventActivation: () => false, // a card is a button, too: a press opens it, a drag moves it
      }),
    ],
  });
  const id = element.dataset["dragged"] ?? "";
  const source = new Draggable({ id, element }, manager);
  const at = { x: event.clientX, y: event.clientY };
  let ghost: HTMLElement | undefined;
  let place: HTMLElement | null = null;

  const follow = (): void => {
    if (!ghost) return;
    ghost.style.transform = `translate(${at.x + 10}px, ${at.y + 8}px)`;
    const under = document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>("[data-place]") ?? null;
    const next = under && root.contains(under) && drops.fits(id, under.dataset["place"]!) ? under : null;
    if (next === place) return;
    place?.removeAttribute("data-over");
    next?.setAttribute("data-over", "");
    place = next;
  };
  const move = (next: PointerEvent): void => {
    [at.x, at.y] = [next.clientX, next.clientY];
    follow();
  };
  const end = (cancelled: boolean): void => {
    document.removeEventListener("pointermove", move, { capture: true });
    document.removeEventListener("pointerup", up, { capture: true });
    const started = ghost !== undefined;
    ghost?.remove();
    place?.removeAttribute("data-over");
    element.removeAttribute("data-lifted");
    if (started && !cancelled && place) drops.drop(id, place.dataset["place"]!);
    if (started) swallowClick();
    setTimeout(() => {
      source.destroy();
      manager.destroy();
    });
  };
  // a press that never became a drag
  const up = (): void => {
    if (!ghost) end(true);
  };
  manager.monitor.addEventListener("dragstart", () => {
    ghost = document.createElement("div");
    ghost.className = "drag-ghost";
    ghost.setAttribute("aria-hidden", "true");
    ghost.textContent = element.dataset["name"] ?? element.innerText.trim().split("\n")[0] ?? "";
    document.body.append(ghost);
    element.setAttribute("data-lifted", "");
    document.getSelection()?.removeAllRanges();
    follow();
  });
  manager.monitor.addEventListener("dragend", (told) => end(told.canceled));
  document.addEventListener("pointermove", move, { capture: true });
  document.addEventListener("pointerup", up, { capture: true });
  for (const sensor of manager.sensors)
    if (sensor instanceof PointerSensor) (sensor as unknown as Presses).handlePointerDown(event, source, sensor.options);
}

/** The click that ends a drag is none. */
function swallowClick(): void {
  const stop = (event: Event): void => {
    event.stopPropagation();
    event.preventDefault();
  };
  document.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", stop, { capture: true }), 50);
}

// The drag itself: @dnd-kit/dom senses, scrolls at the edges and cancels; what is dropped where is ours. Loaded when it is first wanted. Its
// plugins that write style sheets are left out (the page's policy allows none), so the ghost is ours.
import { AutoScroller, DragDropManager, Draggable, PointerActivationConstraints, PointerSensor } from "@dnd-kit/dom";

import "./dragging.css";
import type { Dragged, Target } from "./drag";

/** The press is handed over by us, since the library is loaded only when it is wanted. */
interface Presses {
  handlePointerDown(event: PointerEvent, source: Draggable, options: unknown): void;
}

/** Begins to sense a drag from a press; nothing happens until the pointer has gone a little way. */
export function drag(dragged: Dragged, event: PointerEvent): void {
  const manager = new DragDropManager({
    plugins: [AutoScroller],
    sensors: [
      PointerSensor.configure({
        activationConstraints: () => [new PointerActivationConstraints.Distance({ value: 6 })],
        preventActivation: () => false, // a card is a button, too: a press opens it, a drag moves it
      }),
    ],
  });
  const source = new Draggable({ id: dragged.id, element: dragged.element }, manager);
  const at = { x: event.clientX, y: event.clientY };
  let ghost: HTMLElement | undefined;
  let target: Target | null = null;

  const follow = (): void => {
    if (!ghost) return;
    ghost.style.transform = `translate(${at.x + 10}px, ${at.y + 8}px)`;
    const next = dragged.at(at.x, at.y);
    if (next?.element !== target?.element || next?.side !== target?.side) mark(target, next);
    target = next;
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
    dragged.lifted(false);
    mark(target, null);
    if (started && !cancelled) target?.act();
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
    ghost = ghostOf(dragged);
    dragged.lifted(true);
    document.getSelection()?.removeAllRanges();
    follow();
  });
  manager.monitor.addEventListener("dragend", (told) => end(told.canceled));
  document.addEventListener("pointermove", move, { capture: true });
  document.addEventListener("pointerup", up, { capture: true });
  for (const sensor of manager.sensors)
    if (sensor instanceof PointerSensor) (sensor as unknown as Presses).handlePointerDown(event, source, sensor.options);
}

function ghostOf({ element, name }: Dragged): HTMLElement {
  const ghost = document.createElement("div");
  ghost.className = "drag-ghost";
  ghost.setAttribute("aria-hidden", "true");
  ghost.textContent = name ?? element.innerText.trim().split("\n")[0] ?? "";
  document.body.append(ghost);
  return ghost;
}

function mark(before: Target | null, now: Target | null): void {
  before?.element.removeAttribute("data-over");
  now?.element.setAttribute("data-over", now.side);
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

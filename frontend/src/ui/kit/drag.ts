// Dragging, as everything that drags does it: a press is looked at, and the library (./dragging) comes when a pointer is first near.
// Everything that can be dragged can be done by keys or a menu as well.
import type { Attachment } from "svelte/attachments";

/** A place to drop, as far as the drag must know it. */
export interface Target {
  readonly element: HTMLElement;
  /** What `data-over` of the element says while one is above it: on which side the thing would land. */
  readonly side: string;
  readonly act: () => void;
}

/** One thing that a press may begin to drag. */
export interface Dragged {
  readonly id: string;
  readonly element: HTMLElement;
  /** What the ghost says; else the first line of the element. */
  readonly name?: string | undefined;
  /** Where it would land at a point of the window; null: nowhere. */
  readonly at: (x: number, y: number) => Target | null;
  /** The drag begins, or ends. */
  readonly lifted: (on: boolean) => void;
}

/** Lets things under an element be dragged. `found`: what a press would drag; null: nothing. */
export function dragging(found: (event: PointerEvent, root: HTMLElement) => Dragged | null): Attachment<HTMLElement> {
  return (root) => {
    let loaded: Promise<typeof import("./dragging")> | undefined;
    const near = (): void => {
      loaded ??= import("./dragging");
    };
    const press = (event: PointerEvent): void => {
      const dragged = event.button === 0 ? found(event, root) : null;
      if (!dragged) return;
      near();
      // on the first press the library may come when the pointer is up again: then that was a click
      let released = false;
      document.addEventListener("pointerup", () => (released = true), { capture: true, once: true });
      void loaded?.then(({ drag }) => {
        if (!released) drag(dragged, event);
      });
    };
    root.addEventListener("pointerenter", near, { once: true });
    root.addEventListener("pointerdown", press);
    return () => root.removeEventListener("pointerdown", press);
  };
}

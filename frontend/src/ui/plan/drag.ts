// What can be dragged has `data-dragged` (its id; `data-name`: what the ghost says), where it can go `data-place`. Everything that can be
// dragged can be done by a menu as well; a finger scrolls and uses that.
import type { Attachment } from "svelte/attachments";

export interface Drops {
  fits: (id: string, place: string) => boolean;
  drop: (id: string, place: string) => void;
}

export function draggables(drops: Drops): Attachment<HTMLElement> {
  return (root) => {
    let loaded: Promise<typeof import("./dragging")> | undefined;
    const near = (): void => {
      loaded ??= import("./dragging");
    };
    const press = (event: PointerEvent): void => {
      const target = event.target as Element;
      if (event.button !== 0 || event.pointerType === "touch" || target.closest("input, select, textarea, a, [role=menu], button:not([data-card])")) return;
      const element = target.closest<HTMLElement>("[data-dragged]");
      if (!element || !root.contains(element)) return;
      near();
      // on the first press the library may come when the pointer is up again: then that was a click
      let released = false;
      document.addEventListener("pointerup", () => (released = true), { capture: true, once: true });
      void loaded?.then(({ drag }) => {
        if (!released) drag(root, element, event, drops);
      });
    };
    root.addEventListener("pointerenter", near, { once: true });
    root.addEventListener("pointerdown", press);
    return () => root.removeEventListener("pointerdown", press);
  };
}

// Things onto places, for lists and boards. What can be dragged has `data-dragged` (its id; `data-name`: what the ghost says), where it can go
// `data-place`. A finger scrolls and uses the menu.
import type { Attachment } from "svelte/attachments";

import { dragging } from "../kit/drag";

export interface Drops {
  fits: (id: string, place: string) => boolean;
  drop: (id: string, place: string) => void;
}

const WORKED = "input, select, textarea, a, [role=menu], button:not([data-card])";

export function draggables(drops: Drops): Attachment<HTMLElement> {
  return dragging((event, root) => {
    const pressed = event.target as Element;
    const element = pressed.closest<HTMLElement>("[data-dragged]");
    if (event.pointerType === "touch" || pressed.closest(WORKED) || !element || !root.contains(element)) return null;
    const id = element.dataset["dragged"] ?? "";
    return {
      id,
      element,
      name: element.dataset["name"],
      lifted: (on) => element.toggleAttribute("data-lifted", on),
      at: (x, y) => {
        const under = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-place]");
        const place = under?.dataset["place"];
        if (!under || place === undefined || !root.contains(under) || !drops.fits(id, place)) return null;
        return { element: under, side: "", act: () => drops.drop(id, place) };
      },
    };
  });
}

// Dragging in the table: stages along the heads, own rows along the headings, lines within and between cells. The library (@dnd-kit/dom) is
// loaded when the pointer first comes near, and only here is it known; its plugins that write style sheets are left out (the page's policy
// allows none), so the ghost is ours. Everything that can be dragged can be moved by keys as well.
import type { Attachment } from "svelte/attachments";

import type { Board } from "./board.svelte";

type Kind = "stage" | "lane" | "line";

interface Dragged {
  readonly kind: Kind;
  readonly key: string;
  readonly element: HTMLElement;
}

/** What is dragged from an element under the pointer: its own handle where it has one. */
function found(event: PointerEvent): Dragged | null {
  const target = event.target as Element;
  if (target.closest("textarea, input, button, a, [popover], [data-editing]")) return null;
  const element = target.closest<HTMLElement>("[data-drag]");
  if (!element) return null;
  const kind = element.dataset["drag"] as Kind;
  if (kind !== "stage" && !target.closest("[data-handle]")) return null;
  const key = element.dataset["key"] ?? element.dataset["line"];
  return key === undefined ? null : { kind, key, element };
}

export function draggable(board: Board): Attachment<HTMLElement> {
  return (root) => {
    let session: Promise<typeof import("./dragging")> | undefined;
    const near = (): void => {
      if (board.editor.canWrite) session ??= import("./dragging");
    };
    const press = (event: PointerEvent): void => {
      if (event.button !== 0 || !board.editor.canWrite || board.editor.typing) return;
      const dragged = found(event);
      if (!dragged) return;
      near();
      void session?.then(({ drag }) => drag(board, root, dragged, event));
    };
    root.addEventListener("pointerenter", near, { once: true });
    root.addEventListener("pointerdown", press);
    return () => root.removeEventListener("pointerdown", press);
  };
}

export type { Dragged, Kind };

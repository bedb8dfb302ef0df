// Dragging in the table: stages along the heads, own rows along the headings, lines within and between cells. Everything that can be dragged
// can be moved by keys as well.
import type { Attachment } from "svelte/attachments";

import { dragging, type Target } from "../../kit/drag";
import type { Board } from "./board.svelte";

type Kind = "stage" | "lane" | "line";

interface Held {
  readonly kind: Kind;
  readonly key: string;
  readonly element: HTMLElement;
}

const STATEMENTS = new Set(["does", "thinks", "asks", "doubts", "expects", "strengths", "items"]);
const nameOf = (list: string): string => list.split("/").pop() ?? "";
const fits = (from: string, to: string): boolean => nameOf(from) === nameOf(to) || (STATEMENTS.has(nameOf(from)) && STATEMENTS.has(nameOf(to)));

/** What is dragged from an element under the pointer: its own handle where it has one. */
function found(event: PointerEvent): Held | null {
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
  return dragging((event, root) => {
    const held = board.editor.canWrite && !board.editor.typing ? found(event) : null;
    if (!held) return null;
    return {
      id: held.key,
      element: held.element,
      lifted: (on) => {
        held.element.toggleAttribute("data-dragged", on);
        root.toggleAttribute("data-dragging", on);
      },
      at: (x, y) => {
        const target = dropAt(board, root, held, x, y);
        return target && { ...target, act: () => board.editor.act(target.act) };
      },
    };
  });
}

function dropAt(board: Board, root: HTMLElement, dragged: Held, x: number, y: number): Target | null {
  const under = document.elementFromPoint(x, y);
  if (!under || !root.contains(under)) return null;
  if (dragged.kind === "line") return lineDrop(board, dragged, under, y);
  const target = under.closest<HTMLElement>(`[data-drag="${dragged.kind}"]`);
  const key = target?.dataset["key"];
  if (!target || key === undefined || key === dragged.key) return null;
  const box = target.getBoundingClientRect();
  const before = dragged.kind === "stage" ? x < box.left + box.width / 2 : y < box.top + box.height / 2;
  return { element: target, side: before ? "before" : "after", act: () => board.editor.live.move(dragged.key, before ? { before: key } : { after: key }) };
}

function lineDrop(board: Board, dragged: Held, under: Element, y: number): Target | null {
  const { live } = board.editor;
  const from = live.spot(dragged.key)?.list;
  const cell = under.closest<HTMLElement>("[data-drop]");
  const list = cell?.dataset["drop"];
  if (!cell || !list || from === undefined || !fits(from, list)) return null;
  if (nameOf(list) === "improvements") return improvementDrop(board, dragged, cell);
  const line = under.closest<HTMLElement>("[data-line]");
  const key = line?.dataset["line"];
  const spot = key === undefined ? undefined : live.spot(key);
  if (!line || key === undefined || !spot || !fits(from, spot.list)) return { element: cell, side: "into", act: () => live.move(dragged.key, "end", list) };
  if (key === dragged.key) return null;
  const box = line.getBoundingClientRect();
  const before = y < box.top + box.height / 2;
  return { element: line, side: before ? "before" : "after", act: () => live.move(dragged.key, before ? { before: key } : { after: key }, spot.list) };
}

/** Improvements are one list of the map: in another stage's cell one gets that stage. */
function improvementDrop(board: Board, dragged: Held, cell: HTMLElement): Target | null {
  const column = cell.dataset["cell"]?.split("|").pop() ?? "";
  const stage = board.editor.column(column)?.stage.id;
  return stage === undefined ? null : { element: cell, side: "into", act: () => board.editor.live.set(`${dragged.key}/stage`, stage) };
}

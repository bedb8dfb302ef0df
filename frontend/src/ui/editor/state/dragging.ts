// The drag itself, loaded when it is first wanted: @dnd-kit/dom senses, scrolls at the edges and cancels; what is dropped where is ours.
import { AutoScroller, DragDropManager, Draggable, PointerActivationConstraints, PointerSensor } from "@dnd-kit/dom";

import type { Board } from "./board.svelte";
import type { Dragged } from "./drag";

/** A place to drop: the element that shows it, and what happens. */
interface Drop {
  readonly element: HTMLElement;
  readonly side: "before" | "after" | "into";
  readonly act: () => void;
}

const STATEMENTS = new Set(["does", "thinks", "asks", "doubts", "expects", "strengths", "items"]);
const nameOf = (list: string): string => list.split("/").pop() ?? "";
const fits = (from: string, to: string): boolean => nameOf(from) === nameOf(to) || (STATEMENTS.has(nameOf(from)) && STATEMENTS.has(nameOf(to)));

/** Begins to sense a drag from a press; nothing happens until the pointer has gone a little way. */
export function drag(board: Board, root: HTMLElement, dragged: Dragged, event: PointerEvent): void {
  const manager = new DragDropManager({
    plugins: [AutoScroller],
    sensors: [PointerSensor.configure({ activationConstraints: () => [new PointerActivationConstraints.Distance({ value: 6 })] })],
  });
  const source = new Draggable({ id: dragged.key, element: dragged.element }, manager);
  let ghost: HTMLElement | undefined;
  let drop: Drop | null = null;

  const at = { x: event.clientX, y: event.clientY };
  const follow = (): void => {
    if (!ghost) return;
    ghost.style.transform = `translate(${at.x + 10}px, ${at.y + 8}px)`;
    const next = dropAt(board, root, dragged, at.x, at.y);
    if (next?.element !== drop?.element || next?.side !== drop?.side) mark(drop, next);
    drop = next;
  };
  const move = (next: PointerEvent): void => {
    [at.x, at.y] = [next.clientX, next.clientY];
    follow();
  };
  manager.monitor.addEventListener("dragstart", () => {
    ghost = ghostOf(dragged.element);
    dragged.element.toggleAttribute("data-dragged", true);
    root.toggleAttribute("data-dragging", true);
    document.getSelection()?.removeAllRanges();
    follow();
  });
  document.addEventListener("pointermove", move, { capture: true });
  const end = (cancelled: boolean): void => {
    document.removeEventListener("pointermove", move, { capture: true });
    document.removeEventListener("pointerup", up, { capture: true });
    const started = ghost !== undefined;
    ghost?.remove();
    dragged.element.removeAttribute("data-dragged");
    root.removeAttribute("data-dragging");
    mark(drop, null);
    if (started && !cancelled && drop) board.editor.act(drop.act);
    if (started) swallowClick();
    setTimeout(() => {
      source.destroy();
      manager.destroy();
    });
  };
  manager.monitor.addEventListener("dragend", (told) => end(told.canceled));
  // a press that never became a drag
  const up = (): void => {
    if (!ghost) end(true);
  };
  document.addEventListener("pointerup", up, { capture: true });
  for (const sensor of manager.sensors) if (sensor instanceof PointerSensor) (sensor as unknown as { handlePointerDown(e: PointerEvent, s: Draggable): void }).handlePointerDown(event, source);
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

function ghostOf(element: HTMLElement): HTMLElement {
  const ghost = document.createElement("div");
  ghost.className = "drag-ghost";
  ghost.setAttribute("aria-hidden", "true");
  ghost.textContent = element.innerText.trim().split("\n")[0] ?? "";
  document.body.append(ghost);
  return ghost;
}

function mark(before: Drop | null, now: Drop | null): void {
  before?.element.removeAttribute("data-over");
  now?.element.setAttribute("data-over", now.side);
}

function dropAt(board: Board, root: HTMLElement, dragged: Dragged, x: number, y: number): Drop | null {
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

function lineDrop(board: Board, dragged: Dragged, under: Element, y: number): Drop | null {
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
function improvementDrop(board: Board, dragged: Dragged, cell: HTMLElement): Drop | null {
  const column = cell.dataset["cell"]?.split("|").pop() ?? "";
  const stage = board.editor.column(column)?.stage.id;
  return stage === undefined ? null : { element: cell, side: "into", act: () => board.editor.live.set(`${dragged.key}/stage`, stage) };
}

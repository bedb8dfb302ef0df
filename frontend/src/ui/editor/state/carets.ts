// Carets that survive what others type: positions in a shared text, as they are told to the others and found again.
import * as Y from "yjs";

import type { Json, Presence } from "../../../doc";

/** A selection in a text as it is told. */
export function toldCaret(text: Y.Text, start: number, end: number): NonNullable<Presence["caret"]> {
  const at = (index: number): Json => Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index)) as Json;
  return { anchor: at(start), head: at(end) };
}

/** Where a told caret stands now; null when its text has gone. */
export function caretIndex(doc: Y.Doc, told: Json, text: Y.Text): number | null {
  const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(told), doc);
  return found && found.type === text ? found.index : null;
}

/** A place in a text after others have changed it; what is inserted exactly there goes before it. */
export function shifted(index: number, delta: readonly { retain?: number; insert?: unknown; delete?: number }[]): number {
  let at = 0;
  let out = index;
  for (const part of delta) {
    if (part.retain) at += part.retain;
    else if (part.delete) out -= Math.max(0, Math.min(part.delete, out - at));
    else if (typeof part.insert === "string") {
      if (at <= out) out += part.insert.length;
      at += part.insert.length;
    }
    if (at > out) break;
  }
  return out;
}

/** Frames of a room; the table of them is in `src/tropa/collab/wire.py`, whose twin this is. */

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

import type { RefusalCode, Talk } from "./api";
import type { Json } from "./words";

const [SYNC, AWARENESS, ACK, REFUSED, RIGHT, DOCUMENT, TALK] = [0, 1, 10, 11, 12, 13, 14];
const [STEP_1, STEP_2, UPDATE] = [0, 1, 2];

export type Frame =
  | { readonly is: "vector"; readonly vector: Uint8Array }
  | { readonly is: "lacking" | "update"; readonly update: Uint8Array }
  | { readonly is: "awareness"; readonly states: readonly AwarenessState[] }
  | { readonly is: "ack"; readonly count: number; readonly sequence: number }
  | { readonly is: "refused"; readonly count: number; readonly code: RefusalCode }
  | { readonly is: "right"; readonly canWrite: boolean }
  | { readonly is: "document"; readonly name: string }
  | { readonly is: "talk"; readonly talk: Talk };

export interface AwarenessState {
  readonly client: number;
  readonly clock: number;
  readonly state: { readonly [name: string]: Json } | null;
}

function frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
}

function sync(step: number, body: Uint8Array): Uint8Array {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, SYNC as number);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, body);
  });
}

/** What I have: tell me what I lack. */
export const askFor = (vector: Uint8Array): Uint8Array => sync(STEP_1 as number, vector);
/** What you lack. */
export const lacking = (update: Uint8Array): Uint8Array => sync(STEP_2 as number, update);
/** A change. */
export const changed = (update: Uint8Array): Uint8Array => sync(UPDATE as number, update);

/** What changed in the comments after their n-th change? */
export const askTalk = (after: number): Uint8Array =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, TALK as number);
    encoding.writeVarUint(encoder, after);
  });

/** Where a tab is. */
export function present(client: number, clock: number, state: AwarenessState["state"]): Uint8Array {
  const body = frame((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, JSON.stringify(state));
  });
  return frame((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS as number);
    encoding.writeVarUint8Array(encoder, body);
  });
}

/** A frame from the server. Throws for bytes that are none; undefined for a kind that a newer server may know. */
export function read(data: Uint8Array): Frame | undefined {
  const decoder = decoding.createDecoder(data);
  switch (decoding.readVarUint(decoder)) {
    case SYNC: {
      const step = decoding.readVarUint(decoder);
      const body = decoding.readVarUint8Array(decoder);
      return step === STEP_1 ? { is: "vector", vector: body } : { is: step === STEP_2 ? "lacking" : "update", update: body };
    }
    case AWARENESS:
      return { is: "awareness", states: readStates(decoding.readVarUint8Array(decoder)) };
    case ACK:
      return { is: "ack", count: decoding.readVarUint(decoder), sequence: decoding.readVarUint(decoder) };
    case REFUSED: {
      const count = decoding.readVarUint(decoder);
      const { code } = JSON.parse(decoding.readVarString(decoder)) as { code: RefusalCode };
      return { is: "refused", count, code };
    }
    case RIGHT:
      return { is: "right", canWrite: decoding.readVarUint(decoder) === 1 };
    case DOCUMENT:
      return { is: "document", name: decoding.readVarString(decoder) };
    case TALK:
      return { is: "talk", talk: JSON.parse(decoding.readVarString(decoder)) as Talk };
    default:
      return undefined;
  }
}

function readStates(body: Uint8Array): AwarenessState[] {
  const decoder = decoding.createDecoder(body);
  return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
    client: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    state: JSON.parse(decoding.readVarString(decoder)) as AwarenessState["state"],
  }));
}

/** Addresses: a key, or a key and a path, and what of the shape stands there. */

import { type Address, WrongValue } from "./api";
import type { Raw } from "./raw";
import { CELL, type Field, type Kind, kindOf, MAP, ROOT } from "./shape";

/** An address taken apart. `field`: what stands there; none: the thing itself, or a whole cell. */
export interface Target {
  readonly key: string;
  readonly path: string;
  readonly field: Field | undefined;
  /** Of the thing, part or cell that stands there or that the field belongs to. */
  readonly kind: Kind;
}

export function cut(address: Address): [key: string, path: string] {
  const at = address.indexOf("/");
  return at < 0 ? [address, ""] : [address.slice(0, at), address.slice(at + 1)];
}

/** The kind of a thing, found by the lists it is in; undefined for what is not (or no longer) in the map. */
export function kindAt(raw: Raw, key: string, depth = 0): Kind | undefined {
  if (key === ROOT) return MAP;
  const { _in: owner, _at: at } = raw.fields(key);
  if (typeof owner !== "string" || typeof at !== "string" || depth > 8) return undefined;
  const kind = kindAt(raw, owner, depth + 1);
  const field = kind === undefined ? undefined : along(kind, at)?.field;
  return field?.form === "list" ? kindOf(field.of) : undefined;
}

/** What of a kind stands at a path. */
export function along(kind: Kind, path: string): { field: Field | undefined; kind: Kind } | undefined {
  let field: Field | undefined;
  const steps = path === "" ? [] : path.split("/");
  for (let at = 0; at < steps.length; at++) {
    if (field?.form === "part") kind = kindOf(field.of);
    else if (field?.form === "cells") {
      // the token of a lane is no field: after it comes one of the cell's
      kind = CELL;
      field = undefined;
      continue;
    } else if (field !== undefined) return undefined;
    field = kind.byName.get(steps[at] ?? "");
    if (field === undefined) return undefined;
  }
  return { field, kind };
}

/** An address taken apart; own lanes named by id are named by key. Undefined where the thing has gone; throws for what no map has. */
export function target(raw: Raw, address: Address, laneKey: (id: string) => string | undefined): Target | undefined {
  const [key, written] = cut(address);
  const path = written.replace(/^cells\/(?!@)([^/]+)/, (all, lane: string) => {
    const known = laneKey(lane);
    return known === undefined ? all : `cells/@${known}`;
  });
  const owner = kindAt(raw, key);
  if (owner === undefined) return undefined;
  const found = along(owner, path);
  if (found === undefined) throw new WrongValue(address, "no such field");
  return { key, path, ...found };
}

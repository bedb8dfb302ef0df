// The map that is open: its title, kind, and what one may do with it.
import { untrack } from "svelte";

import { api, ok } from "../../api/client";
import type { components } from "../../api/schema";
import type { Right } from "./session.svelte";

export type MapCard = components["schemas"]["MapCard"];

let card = $state.raw<MapCard>();
let fault = $state.raw<unknown>();
let wanted = "";

/** The card of the open map; undefined while it is not known. */
export function openMap(): MapCard | undefined {
  return card;
}

export function mapFault(): unknown {
  return fault;
}

/** What one may do with the open map. */
export function mayInMap(right: Right): boolean {
  return card?.rights.includes(right) ?? false;
}

/** Follows the map of the address; null where there is none. Asking again for the same map reads it anew. */
export async function followMap(id: string | null): Promise<void> {
  wanted = id ?? "";
  // an effect that follows must not run anew for what it brings itself
  if (untrack(() => card)?.id !== id) card = undefined;
  fault = undefined;
  if (id === null) return;
  try {
    const found = await ok(api.GET("/api/v1/maps/{map_id}", { params: { path: { map_id: id } } }));
    if (wanted === id) card = found;
  } catch (error) {
    if (wanted === id) fault = error;
  }
}

/** The title changed in the editor: the header follows at once. */
export function renameOpenMap(title: string): void {
  if (card) card = { ...card, title };
}

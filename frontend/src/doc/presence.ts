/** Who else is here. */

import type { Presence } from "./api";
import { isObject } from "./read";
import type { AwarenessState } from "./wire";

/** The others in a room, as the server tells of them. */
export class Others {
  private readonly known = new Map<number, Presence>();
  private readonly listeners = new Set<(others: readonly Presence[]) => void>();
  private list: readonly Presence[] = [];

  constructor(private readonly own: number) {}

  get all(): readonly Presence[] {
    return this.list;
  }

  subscribe(heard: (others: readonly Presence[]) => void): () => void {
    this.listeners.add(heard);
    return () => this.listeners.delete(heard);
  }

  take(states: readonly AwarenessState[]): void {
    for (const { client, state } of states) {
      if (client === this.own) continue;
      const user = state?.["user"];
      if (state === null || !isObject(user)) this.known.delete(client);
      else this.known.set(client, { ...state, client, user: { id: String(user["id"]), name: String(user["name"]) } } as Presence);
    }
    this.tell();
  }

  /** The connection is lost: nobody is known to be here. */
  clear(): void {
    if (this.known.size === 0) return;
    this.known.clear();
    this.tell();
  }

  private tell(): void {
    this.list = Array.from(this.known.values()).sort((a, b) => a.client - b.client);
    for (const heard of Array.from(this.listeners)) heard(this.list);
  }
}

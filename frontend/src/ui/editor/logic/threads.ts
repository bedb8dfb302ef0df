// Threads out of comments: what is kept of the changes that come, and how it is shown.
import type { Said } from "../../../doc";
import type { Thread } from "../server";

/** The comments with these changes; an older word about one does not undo a newer. */
export function withChanges(said: ReadonlyMap<string, Said>, changes: readonly Said[]): ReadonlyMap<string, Said> {
  const out = new Map(said);
  for (const one of changes) if ((out.get(one.id)?.change ?? -1) < one.change) out.set(one.id, one);
  return out;
}

/** Threads, the oldest first, each with its answers; what was removed keeps its place only where somebody answered to it. */
export function threadsOf(said: Iterable<Said>): Thread[] {
  const line = [...said].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.id < other.id ? -1 : 1));
  const out: Thread[] = [];
  for (const first of line.filter((one) => one.id === one.thread)) {
    const answers = line.filter((one) => one.thread === first.id && one !== first && !one.removed);
    if (first.removed && !answers.length) continue;
    out.push({ id: first.id, address: first.address, resolved: first.resolved_at !== null, resolvedBy: first.resolved_by, comments: [first, ...answers] });
  }
  return out;
}

/** The cell of an address: what is said of one of its lines is said of the cell. */
export function cellOf(address: string): string {
  return address.replace(/\/\d+$/, "");
}

// Which stages belong to the buyer journey (twin of model/buyer.py): the deal's, and all from which one comes to it.
import type { StagePlace } from "./stations";

/** The deal's stage and all that lie before it on some way; empty where no stage has the deal. */
export function buyerStages(stages: readonly StagePlace[]): ReadonlySet<string> {
  const before = new Map(stages.map((stage, i) => [stage.id, stage.after ?? (i ? [stages[i - 1]!.id] : [])]));
  const deal = stages.find((stage) => stage.deal);
  const kept = new Set<string>();
  const wave = deal ? [deal.id] : [];
  for (let id = wave.pop(); id !== undefined; id = wave.pop()) {
    if (kept.has(id) || !before.has(id)) continue;
    kept.add(id);
    wave.push(...before.get(id)!);
  }
  return kept;
}

/** Rows of the buyer journey that the presentation tells, in order (see layout/orders.py). */
export const BUYER_ROWS = ["goal", "asks", "touchpoints", "does", "expects", "doubts", "barriers", "feels", "brand", "improvements"] as const;
/** Those that are called otherwise there than on the map. */
export const BUYER_NAMED: ReadonlySet<string> = new Set(["goal", "asks", "touchpoints", "does", "expects", "doubts", "barriers", "brand"]);

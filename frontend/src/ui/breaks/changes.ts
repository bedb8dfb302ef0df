// What has changed by more than noise, told beside the break it belongs to.
import type { components } from "../../api/schema";
import { monthName } from "./month";
import type { Break } from "./price";

export type Change = components["schemas"]["ChangeReply"];
type Say = (id: string, facts: Record<string, string>) => string;
interface Write {
  percent(share: number, digits?: number): string;
  decimal(value: number, digits?: number): string;
}

/** A figure of the timeline as people write it. */
export function figureShown(figure: string, value: number, write: Pick<Write, "percent" | "decimal">): string {
  return figure === "satisfaction" ? write.decimal(value, 1) : write.percent(value, 1);
}

/** The latest change of the share that this break is about: what goes on from its stage, or comes back. */
export function changeOf(changes: readonly Change[], one: Pick<Break, "stage" | "kind">): Change | undefined {
  const about = (change: Change): boolean =>
    one.kind === "loop" ? change.figure === "repeat_rate" : change.stage === one.stage && change.figure === "conversion";
  return changes.filter(about).sort((first, second) => second.month.localeCompare(first.month))[0];
}

/** That change in words; undefined where nothing changed by more than noise. */
export function changesAt(changes: readonly Change[], one: Pick<Break, "stage" | "kind">, say: Say, write: Write, lang: string): string | undefined {
  const found = changeOf(changes, one);
  if (!found) return undefined;
  return say("web-break-changed", {
    month: monthName(found.month, lang),
    kind: one.kind,
    was: figureShown(found.figure, found.was, write),
    now: figureShown(found.figure, found.now, write),
  });
}

// One customer's journey as steps to walk through: pure.
import type { components } from "../../api/schema";

export type Journey = components["schemas"]["JourneyReply"];
export type Step = Journey["steps"][number];

export interface Shown extends Step {
  readonly at_place: number;
  /** Seconds since the step before; 0 for the first. */
  readonly gap: number;
  /** Whether a new pass begins here. */
  readonly begins: boolean;
  /** How many events of the same name in a row this one stands for. */
  readonly times: number;
}

/** Steps with the time between them; the same event again and again within a stage is told once, with how often. */
export function stepsOf(steps: readonly Step[]): Shown[] {
  const out: Shown[] = [];
  let last: Step | undefined;
  for (const step of steps) {
    const gap = last ? (new Date(step.at).getTime() - new Date(last.at).getTime()) / 1000 : 0;
    const begins = step.of_pass !== (last?.of_pass ?? -1);
    const same = last && !begins && last.event === step.event && last.stage === step.stage && !step.text && step.score === null && step.value === null;
    const before = out.at(-1);
    if (same && before) out[out.length - 1] = { ...before, times: before.times + 1 };
    else out.push({ ...step, at_place: out.length, gap, begins, times: 1 });
    last = step;
  }
  return out;
}

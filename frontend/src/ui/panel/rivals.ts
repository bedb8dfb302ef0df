// Sums of the comparison with competitors: the twin of src/tropa/model/comparison.py (tests/vectors/rivals.json holds both to it). R-11.
import type { ComparisonValue, CriterionValue, RivalScoreValue, RivalValue } from "../../doc/values";

/** Scores go from 0 to this. */
export const BEST = 10;

/** The weighted mean of a rival's scores, and by how many criteria. */
export interface Total {
  readonly mean: number;
  readonly count: number;
}

/** The score of a rival; of several (edits made apart) the first. */
export function scoreOf(criterion: CriterionValue, rival: string): RivalScoreValue | undefined {
  return criterion.scores.find((score) => score.rival === rival);
}

/** We first, then the others as they are written. */
export function ordered(rivals: readonly RivalValue[]): readonly RivalValue[] {
  return [...rivals].sort((one, other) => Number(other.us) - Number(one.us));
}

/** Null without any score: no number is better than a wrong one. */
export function totalOf(value: ComparisonValue, rival: string): Total | null {
  let [sum, weights, count] = [0, 0, 0];
  for (const criterion of value.criteria) {
    const found = scoreOf(criterion, rival);
    if (!found) continue;
    sum += criterion.weight * found.score;
    weights += criterion.weight;
    count += 1;
  }
  return count ? { mean: sum / weights, count } : null;
}

/** Our score less the best of the others; null where we or all others have none. */
export function leadOf(value: ComparisonValue, criterion: CriterionValue): number | null {
  const us = value.rivals.find((rival) => rival.us)?.id;
  const ours = us === undefined ? undefined : scoreOf(criterion, us);
  const others = criterion.scores.filter((score) => score.rival !== us).map((score) => score.score);
  return ours && others.length ? ours.score - Math.max(...others) : null;
}

/** Where the keys lead in a grid of fields; null: they stay in the field. `start`, `end`: whether the caret stands there. */
export function stepOf(key: string, start: boolean, end: boolean): readonly [down: number, across: number] | null {
  if (key === "ArrowDown" || key === "Enter") return [1, 0];
  if (key === "ArrowUp") return [-1, 0];
  if (key === "ArrowLeft" && start) return [0, -1];
  if (key === "ArrowRight" && end) return [0, 1];
  return null;
}

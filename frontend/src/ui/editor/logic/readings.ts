// The trail's answers as the server sends them (tropa.model.reading), and figures found in them by name (twin of model/lookup.py).
import type { FigureValue, MapValue, MetricValue, StageValue } from "../../../doc/values";

export interface CannotTell {
  readonly cannot_tell: string;
  readonly n: number;
}
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly left_out: number;
  readonly value: number;
}
export interface Times {
  readonly n: number;
  readonly q25_s: number;
  readonly median_s: number;
  readonly q75_s: number;
}
export interface Satisfaction {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly instruments: Readonly<Record<string, number>>;
}
export interface StageReading {
  readonly id: string;
  readonly observed: boolean;
  readonly entrants: number;
  readonly customers: number;
  readonly events: number;
  readonly first_seen: number;
  readonly skips: number;
  readonly returns: number;
  readonly exits: number;
  readonly open: number;
  readonly conversion: Rate | CannotTell;
  readonly to_deal: Rate | CannotTell;
  readonly time_to_next: Times | CannotTell;
  readonly satisfaction: Satisfaction | CannotTell;
}
export interface TouchpointReading {
  readonly id: string;
  readonly stage: string;
  readonly observed: boolean;
  readonly events: number;
  readonly entrants: number;
  readonly customers: number;
  readonly conversion: Rate | CannotTell;
  readonly to_deal: Rate | CannotTell;
  readonly satisfaction: Satisfaction | CannotTell;
}
export interface Loss {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly ceiling: number;
  readonly currency: string | null;
  readonly kind: "revenue" | "margin" | "deals";
  readonly reference: number;
  readonly reference_kind: "target" | "segment" | "period" | "none";
  readonly reference_name: string | null;
}
export interface Break {
  readonly stage: string;
  readonly kind: "exit" | "loop";
  readonly rank: number;
  readonly customers: number;
  readonly passes: number;
  readonly rate: Rate;
  readonly loss: Loss;
}
export interface Flow {
  readonly source: string;
  readonly target: string;
  readonly passes: number;
  readonly times: number;
  readonly median_s: number | null;
}
export interface LoopReading {
  readonly horizon_s: number | null;
  readonly repeat_rate: Rate | CannotTell;
  readonly repeat_curve: number | null;
  readonly interval: Times | CannotTell;
}
export interface Scope {
  readonly data_version: string;
  readonly period: { readonly start: string; readonly end: string } | null;
  readonly events: number;
  readonly customers: number;
  readonly passes: number;
  readonly open_passes: number;
  readonly window_s: number;
  readonly silence_s: number;
  readonly currency: string | null;
  readonly segment: string | null;
}
export interface Readings {
  readonly scope: Scope;
  readonly stages: readonly StageReading[];
  readonly touchpoints: readonly TouchpointReading[];
  readonly flows: readonly Flow[];
  readonly loop: LoopReading;
  readonly sales_cycle: Times | CannotTell;
  readonly breaks: readonly Break[];
}

export const isKnown = <T extends object>(answer: T | CannotTell | null | undefined): answer is T =>
  answer !== null && answer !== undefined && !("cannot_tell" in answer);

/** A figure that is known: its value, interval, number of cases, and what it counts. */
export interface Known {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number | null;
  readonly kind: "count" | "share" | "seconds" | "score" | "money" | "number";
  readonly entered: boolean;
}

const WHOLE = new Set(["repeat_rate", "repeat_interval", "sales_cycle"]);

/** The measured figure under `address` (`stage.name`, `touchpoint.name`, or a bare name of `stage`); null where there is none. */
export function knownAt(readings: Readings | null, address: string, stage: string): Known | null {
  if (!readings) return null;
  const dot = address.lastIndexOf(".");
  const [place, name] = dot < 0 ? [stage, address] : [address.slice(0, dot), address.slice(dot + 1)];
  if (WHOLE.has(name)) {
    const found = { repeat_rate: readings.loop.repeat_rate, repeat_interval: readings.loop.interval }[name] ?? readings.sales_cycle;
    return known(found);
  }
  if (name === "loss") {
    const found = readings.breaks.find((item) => item.stage === place)?.loss;
    return found ? { value: found.value, low: found.low, high: found.high, n: null, kind: "money", entered: false } : null;
  }
  const source = readings.stages.find((item) => item.id === place) ?? readings.touchpoints.find((item) => item.id === place);
  const answer = (source as unknown as Record<string, unknown> | undefined)?.[name];
  if (typeof answer === "number") return source!.observed ? { value: answer, low: null, high: null, n: answer, kind: "count", entered: false } : null;
  return answer && typeof answer === "object" ? known(answer as Rate) : null;
}

function known(answer: Rate | Times | Satisfaction | CannotTell): Known | null {
  if (!isKnown(answer)) return null;
  if ("median_s" in answer) return { value: answer.median_s, low: null, high: null, n: answer.n, kind: "seconds", entered: false };
  if ("mean" in answer) return { value: answer.mean, low: answer.low, high: answer.high, n: answer.n, kind: "score", entered: false };
  if ("numerator" in answer) return { value: answer.numerator / answer.denominator, low: answer.low, high: answer.high, n: answer.denominator, kind: "share", entered: false };
  return null;
}

const KINDS: Readonly<Record<string, Known["kind"]>> = {
  entrants: "count", customers: "count", exits: "count", conversion: "share", to_deal: "share", repeat_rate: "share", time_to_next: "seconds",
  satisfaction: "score", loss: "money",
};

/** What a figure of this name counts. */
export const kindOf = (reading: string): Known["kind"] => KINDS[reading] ?? "number";

/** A figure typed by hand; times are typed in days and told in seconds. */
export function typedKnown(figure: FigureValue): Known {
  const kind = kindOf(figure.reading);
  const scale = kind === "seconds" ? 86_400 : 1;
  const times = (value: number | undefined): number | null => (value === undefined ? null : value * scale);
  return { value: figure.value * scale, low: times(figure.low), high: times(figure.high), n: figure.n ?? null, kind, entered: true };
}

/** The figure of a metric: measured, else typed by hand. */
export function metricKnown(metric: MetricValue, stage: StageValue, readings: Readings | null, entered: boolean): Known | null {
  const measured = metric.reading && !entered ? knownAt(readings, metric.reading, stage.id) : null;
  if (measured) return measured;
  const typed = [...stage.figures].reverse().find((figure) => figure.reading === metric.id || figure.reading === metric.reading);
  return typed ? typedKnown(typed) : null;
}

/** Whether a figure, with its whole interval, lies on the other side of a metric's target. */
export function misses(metric: MetricValue, found: Known): boolean {
  const [low, high] = [found.low ?? found.value, found.high ?? found.value];
  return (metric.at_least !== undefined && high < metric.at_least) || (metric.at_most !== undefined && low > metric.at_most);
}

/** The dearest break that costs anything (as it would be written) and rests on enough cases (twin of layout/figures.py worst_break). */
export function worstBreak(readings: Readings | null): Break | null {
  if (!readings) return null;
  const entered = readings.scope.data_version === "entered";
  const enough = (item: Break): boolean =>
    entered || (item.rate.denominator >= 30 && item.rate.high - item.rate.low <= 0.4 && (item.kind !== "loop" || (readings.loop.horizon_s ?? Infinity) >= 7 * 86_400));
  return readings.breaks.filter((item) => costs(item.loss) && enough(item)).reduce<Break | null>((best, item) => (best && best.rank < item.rank ? best : item), null);
}

/** Whether a loss is more than nothing as it would be written. */
export const costs = (loss: Loss): boolean => loss.value >= (loss.kind === "deals" ? 0.05 : 0.5);

/** What the map binds to events at all: a map without any binding has no log of its own to wait for. */
export const isBound = (map: MapValue): boolean =>
  map.stages.some((stage) => stage.when !== undefined || stage.deal !== undefined || [...stage.touchpoints, ...stage.stages.flatMap((part) => part.touchpoints)].some((point) => point.when !== undefined));

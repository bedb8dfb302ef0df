// The trail's figures beside the map: readings under the chosen filter, what each statement rests on. Asked anew, quietly, after the map changed.
import type { MetricValue, StageValue } from "../../../doc/values";
import { say, write } from "../../../words/words.svelte";
import type { Entry } from "../logic/content";
import { isKnown, metricKnown, misses, worstBreak, type Break, type CannotTell, type Known, type Rate, type Readings, type StageReading, type TouchpointReading } from "../logic/readings";
import * as server from "../server";
import { NO_FILTER, type Filter, type State } from "../server";

const QUIET = 1200; // ms after the last change until the figures are asked anew

export interface Questions {
  readings(map: string, filter: Filter, breaks: boolean, signal?: AbortSignal): Promise<server.ReadingsReply>;
  standing(map: string): Promise<Readonly<Record<string, State>>>;
}

export class Trail {
  readonly mapId: string;
  filter: Filter;
  readings: Readings | null;
  /** The readings of those one compares with; null: nothing is compared. */
  compared: Readings | null;
  comparedWith: string | null;
  entered: boolean;
  states: Readonly<Record<string, State>>;
  busy: boolean;
  error: unknown;
  /** Whether the server has answered at all: before that nothing is said of there being no data. */
  asked: boolean;

  private questions: Questions;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;
  private asking: AbortController | undefined;
  memory: server.ReadingsReply["memory"];

  constructor(mapId: string, questions: Questions = server) {
    this.mapId = mapId;
    this.questions = questions;
    this.filter = $state.raw(NO_FILTER);
    this.readings = $state.raw(null);
    this.compared = $state.raw(null);
    this.comparedWith = $state(null);
    this.entered = $state(false);
    this.states = $state.raw({});
    this.busy = $state(false);
    this.error = $state.raw(null);
    this.asked = $state(false);
    this.memory = $state.raw(null);
  }

  worst: Break | null = $derived.by(() => worstBreak(this.readings));

  /** Asks for everything. What is slow (prices) comes after what is quick (counts). */
  async ask(): Promise<void> {
    const turn = ++this.turn;
    this.asking?.abort();
    const { signal } = (this.asking = new AbortController());
    this.busy = true;
    try {
      const [quick, states] = await Promise.all([this.questions.readings(this.mapId, this.filter, false, signal), this.questions.standing(this.mapId)]);
      if (turn !== this.turn) return;
      // prices that stand already stay until the new ones come, so that the ribbon does not flicker
      const kept = this.readings?.breaks ?? [];
      this.take(quick.readings && { ...quick.readings, breaks: quick.readings.breaks.length ? quick.readings.breaks : this.asked ? kept : [] }, quick.entered);
      [this.states, this.memory] = [states, quick.memory];
      this.asked = true;
      const priced = await this.questions.readings(this.mapId, this.filter, true, signal);
      if (turn !== this.turn) return;
      this.take(priced.readings, priced.entered);
      await this.askCompared(turn);
      this.error = null;
    } catch (error) {
      if (turn === this.turn) [this.error, this.asked] = [error, true];
    } finally {
      if (turn === this.turn) this.busy = false;
    }
  }

  private async askCompared(turn: number): Promise<void> {
    if (this.comparedWith === null) {
      this.compared = null;
      return;
    }
    const reply = await this.questions.readings(this.mapId, { ...this.filter, segment: this.comparedWith }, false);
    if (turn === this.turn) this.compared = reply.readings;
  }

  private take(readings: Readings | null, entered: boolean): void {
    this.readings = readings;
    this.entered = entered;
  }

  /** The map changed: the figures are asked anew when nobody has typed for a while. */
  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), QUIET);
  }

  /** Follows the filter of the address; the same one again asks nothing. */
  follow(filter: Partial<Record<keyof Filter, string>>): void {
    const next = { ...NO_FILTER, ...filter };
    if (JSON.stringify(next) === JSON.stringify(this.filter)) return;
    this.filter = next;
    if (this.asked || this.busy) void this.ask();
  }

  compare(segment: string | null): void {
    this.comparedWith = segment;
    void this.ask();
  }

  close(): void {
    clearTimeout(this.timer);
    this.turn++;
    this.asking?.abort();
  }

  stage(id: string): StageReading | null {
    return this.readings?.stages.find((item) => item.id === id) ?? null;
  }

  touchpoint(id: string): TouchpointReading | null {
    return this.readings?.touchpoints.find((item) => item.id === id) ?? null;
  }

  breaksAt(stage: string): readonly Break[] {
    return this.readings?.breaks.filter((item) => item.stage === stage) ?? [];
  }

  /** What a statement rests on: as the server judged it, else (it is new) by its own evidence. */
  standingOf(entry: Entry): State {
    const told = this.states[entry.address];
    if (told && !(told === "assumed" && entry.evidence.length)) return told;
    if (!entry.evidence.length) return "assumed";
    return entry.evidence.some((item) => item.reading !== undefined || item.experiment !== undefined) ? "measured" : "observed";
  }

  /** The figure of a metric, its target, and whether it misses it. */
  metric(metric: MetricValue, stage: StageValue): { value: string; target: string; missed: boolean; known: Known | null } {
    const known = metricKnown(metric, stage, this.readings, this.entered);
    const kind = known?.kind ?? "number";
    const parts = [
      ...(metric.at_least === undefined ? [] : [say("editor-at-least", { value: this.figure({ kind, value: metric.at_least }) })]),
      ...(metric.at_most === undefined ? [] : [say("editor-at-most", { value: this.figure({ kind, value: metric.at_most }) })]),
    ];
    return { value: known ? this.figure(known) : "", target: parts.join(", "), missed: known !== null && misses(metric, known), known };
  }

  /** A figure in the manner of its kind. */
  figure(known: Pick<Known, "kind" | "value">): string {
    switch (known.kind) {
      case "share": return write.percent(known.value);
      case "seconds": return write.duration(known.value);
      case "score": return signed(known.value);
      case "money": return write.money(known.value, this.readings?.scope.currency ?? null);
      case "count": return write.integer(known.value);
      default: return write.decimal(known.value);
    }
  }
}

/** A score with its sign: +1,2 or −0,5. */
export function signed(value: number, digits = 1): string {
  const text = write.decimal(Math.abs(value), digits);
  return /[1-9]/.test(text) ? (value > 0 ? "+" : "\u2212") + text : write.decimal(0);
}

/** A share with everything that belongs to it: its parts, interval, and who was left out. */
export function rateWords(rate: Rate): string {
  return say("editor-rate", {
    share: write.percent(rate.value), part: rate.numerator, whole: rate.denominator, low: write.percent(rate.low), high: write.percent(rate.high), left: rate.left_out,
  });
}

/** Why there is no figure, in words. */
export function cannotWords(answer: object | null | undefined): string {
  if (!answer || isKnown(answer as never)) return "";
  const { cannot_tell: why, n } = answer as CannotTell;
  return say(`cannot-tell-${why}`, { n });
}

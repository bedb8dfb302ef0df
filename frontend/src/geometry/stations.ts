// The ribbon in numbers: what comes to each stage, what goes on, what leaves, and at which scale it is drawn (twin of layout/stations.py).

/** A stage as far as its place on the path matters. */
export interface StagePlace {
  readonly id: string;
  readonly after?: readonly string[] | null | undefined;
  readonly deal?: boolean;
}

export interface RateNumbers {
  readonly numerator: number;
  readonly denominator: number;
}

/** What the trail says of a stage: the fields of `model.reading.StageReading` that are drawn. */
export interface StageNumbers {
  readonly id: string;
  readonly observed: boolean;
  readonly entrants: number;
  readonly first_seen: number;
  readonly skips: number;
  readonly exits: number;
  readonly open: number;
}

export interface BreakNumbers {
  readonly stage: string;
  readonly kind: "exit" | "loop";
  readonly rank: number;
  readonly passes: number;
  readonly rate: RateNumbers;
  readonly loss: { readonly value: number };
}

export interface TrailNumbers {
  readonly stages: readonly StageNumbers[];
  readonly breaks: readonly BreakNumbers[];
}

/** One stage of the ribbon, in passes. `by`: went past without touching it (or along a parallel branch). */
export interface Station {
  readonly id: string;
  readonly deal: boolean;
  readonly observed: boolean;
  readonly here: number;
  readonly by: number;
  readonly joiners: number;
  readonly exits: number;
  readonly open: number;
  readonly breaks: readonly BreakNumbers[];
  readonly afterDeal: boolean;
  /** How many times larger this station is drawn than the first one. */
  readonly factor: number;
  readonly newScale: boolean;
}

const ENOUGH = 0.06; // a stage whose ribbon would be thinner than this share of the widest one starts a scale of its own
const ENOUGH_AT_DEAL = 0.34; // the same at the deal, where a new scale is expected
const SLACK = 1.04; // a round factor may make the ribbon so much wider than at its start
const NICE = [3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 80, 100, 150, 200, 250, 300, 400, 500, 800, 1000, 2000, 5000, 10_000];

/** All passes that reach this place of the path. */
export const totalOf = (item: Station): number => item.here + item.by;
/** What is left after those who leave and those still under way. */
export const onOf = (item: Station): number => Math.max(0, totalOf(item) - item.exits - item.open);
/** The dearest break of this place. */
export const dearestOf = (item: Station): BreakNumbers | null =>
  item.breaks.reduce<BreakNumbers | null>((best, each) => (best === null || each.rank < best.rank ? each : best), null);

/** Python's round: half to even. */
function evenly(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

/** Depth of each stage: 0 for a start, else one more than the deepest stage before it (twin of model/journey.py). */
export function columnsOf(stages: readonly StagePlace[]): Map<string, number> {
  const before = new Map(stages.map((stage, i) => [stage.id, stage.after ?? (i ? [stages[i - 1]!.id] : [])]));
  const depth = new Map<string, number>();
  const find = (id: string): number => {
    const known = depth.get(id);
    if (known !== undefined) return known;
    depth.set(id, 0); // a circle of `after`, while somebody is just editing, ends here
    const found = 1 + Math.max(-1, ...(before.get(id) ?? []).filter((name) => before.has(name)).map(find));
    depth.set(id, found);
    return found;
  };
  for (const stage of stages) find(stage.id);
  return depth;
}

/** The stations of the shown stages (`all` in the map's order), with their scales. */
export function stationsOf(all: readonly StagePlace[], shown: readonly string[], trail: TrailNumbers | null): Station[] {
  const byId = new Map(all.map((stage) => [stage.id, stage]));
  const empty = { observed: false, here: 0, by: 0, joiners: 0, exits: 0, open: 0, breaks: [], factor: 1, newScale: false };
  const order = all.map((stage) => stage.id);
  const dealAt = all.findIndex((stage) => stage.deal);
  const deal = dealAt < 0 ? order.length : dealAt;
  if (trail === null) return shown.map((id) => ({ ...empty, id, deal: !!byId.get(id)?.deal, afterDeal: false }));
  const depth = columnsOf(all);
  const reading = new Map(trail.stages.map((stage) => [stage.id, stage]));
  const first = order.find((id) => reading.get(id)?.observed && reading.get(id)!.entrants > 0);
  const out = shown.map((id): Station => {
    const found = reading.get(id);
    const at = order.indexOf(id);
    if (!found?.observed) return { ...empty, id, deal: !!byId.get(id)?.deal, afterDeal: at > deal };
    const beside = trail.stages
      .filter((other) => other.id !== id && other.observed && depth.get(other.id) === depth.get(id))
      .reduce((sum, other) => sum + other.entrants, 0);
    const breaks = trail.breaks.filter((item) => item.stage === id && item.passes > 0);
    const exits = Math.min(found.entrants, Math.max(found.exits, notAgain(breaks, found.entrants)));
    return {
      id, deal: !!byId.get(id)?.deal, observed: true, here: found.entrants, by: found.skips + beside,
      joiners: id === first ? 0 : Math.min(found.first_seen, found.entrants), exits,
      open: Math.min(found.open, Math.max(0, found.entrants - exits)), breaks, afterDeal: at >= deal, factor: 1, newScale: false,
    };
  });
  return scaled(out);
}

/** How many of those here will not buy again, at the rate of the loop: after the deal that is what leaving means. */
function notAgain(breaks: readonly BreakNumbers[], here: number): number {
  const loops = breaks.filter((item) => item.kind === "loop");
  return Math.max(0, ...loops.map((item) => evenly((item.rate.numerator / item.rate.denominator) * here)));
}

/** Gives each station its factor: a new one starts where the ribbon would become a thread. */
function scaled(found: readonly Station[]): Station[] {
  const top = Math.max(0, ...found.map(totalOf));
  if (!top) return [...found];
  let factor = 1;
  let started = true;
  return found.map((item, index) => {
    let newScale = false;
    const total = totalOf(item);
    if (item.observed && total && !started) {
      if ((total * factor) / top < (item.deal ? ENOUGH_AT_DEAL : ENOUGH)) {
        const rest = Math.max(...found.slice(index).map(totalOf));
        const room = top / (rest * factor);
        const bigger = Math.max(0, ...NICE.filter((nice) => nice <= room * SLACK));
        if (bigger) [factor, newScale] = [factor * bigger, true];
      }
    }
    started = started && !(item.observed && total > 0);
    return { ...item, factor, newScale };
  });
}

/** How many times larger than the station before it this one is drawn. */
export function stepAt(found: readonly Station[], index: number): number {
  return found[index]!.factor / (index ? found[index - 1]!.factor : 1);
}

/** The next station that can be seen. */
export function nextObserved(found: readonly Station[], index: number): number | null {
  const at = found.findIndex((item, i) => i > index && item.observed);
  return at < 0 ? null : at;
}

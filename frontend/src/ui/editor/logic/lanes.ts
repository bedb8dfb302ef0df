// The standard lanes of a map, most important first: the same list as src/tropa/model/lanes.py (a test compares the two).
import type { LaneValue, MapValue, StageValue, TouchpointValue } from "../../../doc/values";

export type LaneKind =
  | "items" | "one" | "feels" | "pains" | "opportunities" | "barriers" | "brand" | "metrics" | "touchpoints" | "improvements" | "owner";

export interface StandardLane {
  readonly id: string;
  readonly kind: LaneKind;
  readonly atTouchpoint: boolean;
}

const lane = (id: string, kind: LaneKind, atTouchpoint: boolean): StandardLane => ({ id, kind, atTouchpoint });

export const LANES: readonly StandardLane[] = [
  lane("goal", "one", false),
  lane("does", "items", true),
  lane("thinks", "items", true),
  lane("asks", "items", true),
  lane("doubts", "items", true),
  lane("feels", "feels", true),
  lane("expects", "items", false),
  lane("touchpoints", "touchpoints", false),
  lane("pains", "pains", true),
  lane("barriers", "barriers", false),
  lane("strengths", "items", false),
  lane("opportunities", "opportunities", true),
  lane("brand", "brand", false),
  lane("metrics", "metrics", false),
  lane("improvements", "improvements", false),
  lane("owner", "owner", true),
];

/** Lanes whose statements are the customer's own words. */
export const QUOTED: ReadonlySet<string> = new Set(["thinks", "asks", "doubts"]);

/** A row of the table: a standard lane, or one of the map's own. */
export interface Row {
  readonly id: string;
  readonly kind: LaneKind | `own-${LaneValue["kind"]}`;
  readonly atTouchpoint: boolean;
  readonly own: LaneValue | null;
}

/** All rows in order: the map's own lanes stand before the improvements, as in the pictures. */
export function rowsOf(lanes: readonly LaneValue[]): Row[] {
  const standard: Row[] = LANES.map((each) => ({ ...each, own: null }));
  const own: Row[] = lanes.map((each) => ({ id: each.id, kind: `own-${each.kind}`, atTouchpoint: each.level === "touchpoint", own: each }));
  const at = standard.findIndex((each) => each.id === "improvements");
  return [...standard.slice(0, at), ...own, ...standard.slice(at)];
}

/** A column: a stage as a whole, or one touchpoint of a stage that is opened. `part` is the sub-stage that begins with it. */
export interface Column {
  /** Of the keys of the live document: stable whatever is renamed. */
  readonly key: string;
  readonly stage: StageValue;
  readonly point: TouchpointValue | null;
  readonly part: string | null;
}

/** Touchpoints in order: the stage's own first, then those of its sub-stages. */
export function touchpointsOf(stage: StageValue): readonly TouchpointValue[] {
  return stage.stages.length ? [...stage.touchpoints, ...stage.stages.flatMap((part) => part.touchpoints)] : stage.touchpoints;
}

/** The columns of the shown stages; an opened stage has one for itself and one for each touchpoint. */
export function columnsOf(stages: readonly StageValue[], opened: ReadonlySet<string>): Column[] {
  return stages.flatMap((stage): Column[] => {
    const whole: Column = { key: stage.$key, stage, point: null, part: null };
    if (!opened.has(stage.$key)) return [whole];
    const own = stage.touchpoints.map((point): Column => ({ key: point.$key, stage, point, part: null }));
    const parts = stage.stages.flatMap((part) => part.touchpoints.map((point): Column => ({ key: point.$key, stage, point, part: part.$key })));
    return [whole, ...own, ...parts];
  });
}

/** The stages that a named view shows (none named: all), and its hidden rows. */
export function shownBy(map: MapValue, view: string | null): { readonly stages: readonly StageValue[]; readonly hide: ReadonlySet<string> } {
  const found = map.views.find((each) => each.id === view);
  if (!found) return { stages: map.stages, hide: new Set() };
  const only = new Set(found.stages);
  return { stages: only.size ? map.stages.filter((stage) => only.has(stage.id)) : map.stages, hide: new Set(found.hide) };
}

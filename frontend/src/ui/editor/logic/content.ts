// What stands in a cell: statements with their addresses, ready to be shown and edited. The same addresses as model/standing.py:
// `stage/lane/i`, `stage/touchpoint/lane/i`. A closed stage also says what is said of its touchpoints.
import type { Address } from "../../../doc";
import type { CellValue, EvidenceValue, FeelsValue, ImprovementValue, StageValue, TouchpointValue } from "../../../doc/values";
import type { Text } from "../../../doc/words";
import { QUOTED, touchpointsOf, type Column, type Row } from "./lanes";

export interface Entry {
  /** Unique among the entries of the table; the key of the thing where it is one. */
  readonly key: string;
  readonly address: string;
  readonly text: Text | undefined;
  /** Where its text is typed; null: it is made of other things (feelings, figures). */
  readonly ref: Address | null;
  /** The list it is a thing of, so that it can be split, moved, removed; null: there is one such text. */
  readonly list: Address | null;
  /** Of which touchpoint this is said, where it is shown in the cell of a closed stage. */
  readonly point: TouchpointValue | null;
  readonly quoted: boolean;
  readonly evidence: readonly EvidenceValue[];
  /** The list that evidence is added to; null: this kind of statement carries none of its own. */
  readonly rests: Address | null;
  readonly owner: string | null;
  readonly kind: string | null;
  readonly severity: number;
  readonly value: unknown;
}

const EMPTY = { point: null, quoted: false, evidence: [], rests: null, owner: null, kind: null, severity: 0, value: null } as const;

type Owner = StageValue | TouchpointValue;

/** The cell's own list where new lines go; null where a cell holds no lines. */
export function listOf(row: Row, column: Column): Address | null {
  const owner = (column.point ?? column.stage).$key;
  if (column.point && !row.atTouchpoint) return null;
  switch (row.kind) {
    case "items": return `${owner}/${row.id}`;
    case "pains": case "opportunities": case "barriers": case "metrics": return `${owner}/${row.kind}`;
    case "brand": return `${owner}/brand/does`;
    case "touchpoints": return `${owner}/touchpoints`;
    case "feels": return `${owner}/feels/words`;
    case "improvements": return "map/improvements";
    case "own-list": return row.own ? `${owner}/cells/@${row.own.$key}/items` : null;
    default: return null;
  }
}

/** The single text of a cell that holds one; null where it holds lines. */
export function textOf(row: Row, column: Column): Address | null {
  const key = (column.point ?? column.stage).$key;
  if (column.point && !row.atTouchpoint) return null;
  if (row.kind === "one") return `${key}/${row.id}/text`;
  if (row.own && row.kind === "own-text") return `${key}/cells/@${row.own.$key}/text`;
  return null;
}

/** Whether anything can be said in this cell at all. */
export function isOpenCell(row: Row, column: Column): boolean {
  return column.point === null || row.atTouchpoint;
}

/** The statements of one cell; `plan` are the improvements of the map. `closed`: the stage is not opened, so its touchpoints speak here too. */
export function entriesOf(plan: readonly ImprovementValue[], row: Row, column: Column, closed: boolean): Entry[] {
  const { stage, point } = column;
  if (point) return row.atTouchpoint ? ownEntries(plan, row, stage, point, `${stage.id}/${point.id}`) : [];
  const own = ownEntries(plan, row, stage, stage, stage.id);
  if (!closed || !row.atTouchpoint || row.kind === "owner") return own;
  const below = touchpointsOf(stage).flatMap((each) =>
    ownEntries(plan, row, stage, each, `${stage.id}/${each.id}`).map((entry) => ({ ...entry, point: each })));
  return below.length ? [...own, ...below] : own;
}

function ownEntries(plan: readonly ImprovementValue[], row: Row, stage: StageValue, owner: Owner, prefix: string): Entry[] {
  if (row.own) return ofOwnLane(row, owner, prefix);
  const isStage = owner === stage;
  switch (row.kind) {
    case "items": return lines(owner, row.id, prefix);
    case "pains": case "opportunities": return weighed(owner, row.kind, prefix);
    case "feels": return owner.feels ? ofFeels(owner, owner.feels, prefix) : [];
    case "owner": return owner.owner ? [{ ...EMPTY, key: `${owner.$key}/owner`, address: `${prefix}/owner`, text: owner.owner, ref: null, list: null }] : [];
    default: return isStage ? ofStage(plan, row, stage) : [];
  }
}

function lines(owner: Owner, lane: string, prefix: string): Entry[] {
  const items = (owner as unknown as Record<string, StageValue["does"] | undefined>)[lane] ?? [];
  return items.map((item, i) => ({
    ...EMPTY, key: item.$key, address: `${prefix}/${lane}/${i}`, text: item.text, ref: `${item.$key}/text`,
    list: `${owner.$key}/${lane}`, quoted: QUOTED.has(lane), evidence: item.evidence, rests: `${item.$key}/evidence`,
  }));
}

function weighed(owner: Owner, lane: "pains" | "opportunities", prefix: string): Entry[] {
  return owner[lane].map((item, i) => ({
    ...EMPTY, key: item.$key, address: `${prefix}/${lane}/${i}`, text: item.text, ref: `${item.$key}/text`,
    list: `${owner.$key}/${lane}`, evidence: item.evidence, rests: `${item.$key}/evidence`,
    owner: item.owner ?? null, kind: "kind" in item ? item.kind : null, severity: "severity" in item ? item.severity : 0, value: item,
  }));
}

function ofFeels(owner: Owner, feels: FeelsValue, prefix: string): Entry[] {
  if (!feels.words.length && feels.score === undefined) return [];
  return [{
    ...EMPTY, key: `${owner.$key}/feels`, address: `${prefix}/feels/0`, text: undefined, ref: null, list: null, evidence: feels.evidence,
    rests: `${owner.$key}/feels/evidence`, value: feels,
  }];
}

function ofStage(plan: readonly ImprovementValue[], row: Row, stage: StageValue): Entry[] {
  switch (row.kind) {
    case "one": return ofGoal(stage);
    case "barriers": return stage.barriers.map((item, i) => ({
      ...EMPTY, key: item.$key, address: `${stage.id}/barriers/${i}`, text: item.text, ref: `${item.$key}/text`,
      list: `${stage.$key}/barriers`, evidence: item.evidence, rests: `${item.$key}/evidence`, kind: item.kind, value: item,
    }));
    case "brand": return ofBrand(stage);
    case "metrics": return stage.metrics.map((item, i) => ({
      ...EMPTY, key: item.$key, address: `${stage.id}/metrics/${i}`, text: item.title, ref: `${item.$key}/title`,
      list: `${stage.$key}/metrics`, owner: item.owner ?? null, value: item,
    }));
    case "touchpoints": return ofTouchpoints(stage);
    case "improvements": return plan.filter((item) => item.stage === stage.id).map((item, i) => ({
      ...EMPTY, key: item.$key, address: `${stage.id}/improvements/${i}`, text: item.text, ref: `${item.$key}/text`,
      list: "map/improvements", owner: item.owner ?? null, kind: item.status, value: item,
    }));
    default: return [];
  }
}

function ofGoal(stage: StageValue): Entry[] {
  if (stage.goal === undefined) return [];
  return [{
    ...EMPTY, key: `${stage.$key}/goal`, address: `${stage.id}/goal/0`, text: stage.goal.text, ref: `${stage.$key}/goal/text`,
    list: null, evidence: stage.goal.evidence, rests: `${stage.$key}/goal/evidence`,
  }];
}

/** 0 is the brand's goal, i + 1 its i-th action. */
function ofBrand(stage: StageValue): Entry[] {
  const { brand } = stage;
  if (!brand) return [];
  const does = brand.does.map((item, i): Entry => ({
    ...EMPTY, key: item.$key, address: `${stage.id}/brand/${i + 1}`, text: item.text, ref: `${item.$key}/text`,
    list: `${stage.$key}/brand/does`, evidence: item.evidence, rests: `${item.$key}/evidence`,
  }));
  if (brand.goal === undefined) return does;
  const goal: Entry = {
    ...EMPTY, key: `${stage.$key}/brand`, address: `${stage.id}/brand/0`, text: brand.goal, ref: `${stage.$key}/brand/goal`,
    list: null, kind: "goal",
  };
  return [goal, ...does];
}

function ofTouchpoints(stage: StageValue): Entry[] {
  const parts = [{ key: stage.$key, points: stage.touchpoints }, ...stage.stages.map((part) => ({ key: part.$key, points: part.touchpoints }))];
  let index = 0;
  return parts.flatMap((part) => part.points.map((point): Entry => ({
    ...EMPTY, key: point.$key, address: `${stage.id}/touchpoints/${index++}`, text: point.title, ref: `${point.$key}/title`,
    list: `${part.key}/touchpoints`, kind: point.channel ?? null, value: point,
  })));
}

function ofOwnLane(row: Row, owner: Owner, prefix: string): Entry[] {
  const lane = row.own!;
  const cell: CellValue | undefined = owner.cells[lane.id];
  if (!cell) return [];
  const base = `cells/@${lane.$key}`;
  const rests = `${owner.$key}/${base}/evidence`;
  if (cell.items.length) {
    return cell.items.map((item, i) => ({
      ...EMPTY, key: item.$key, address: `${prefix}/${lane.id}/${i}`, text: item.text, ref: `${item.$key}/text`,
      list: `${owner.$key}/${base}/items`, evidence: item.evidence, rests: `${item.$key}/evidence`,
    }));
  }
  const empty = cell.text === undefined && cell.number === undefined && cell.curve === undefined && !cell.image && !cell.file;
  if (empty) return [];
  return [{
    ...EMPTY, key: `${owner.$key}/${base}`, address: `${prefix}/${lane.id}/0`, text: cell.text, list: null,
    ref: `${owner.$key}/${base}/text`, evidence: cell.evidence, rests, value: cell,
  }];
}

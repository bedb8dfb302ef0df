// Where in the table an address of the live document is shown: for the frames and carets of colleagues, links to a cell, and search.
import type { Address, MapValue, Spot } from "../../../doc";
import type { Column } from "./lanes";
import type { Place } from "./keyboard";

export interface Known {
  readonly value: MapValue;
  spot(key: string): Spot | undefined;
}

/** The row that a list or field of a stage or touchpoint is shown in. */
export function rowOfField(path: string, value: MapValue): string | null {
  const [first, second] = path.split("/");
  switch (first) {
    case "title": case undefined: case "": return "head";
    case "goal": case "feels": case "brand": case "owner": case "touchpoints": return first;
    case "stages": return "touchpoints";
    case "figures": return "trail";
    case "cells": return value.lanes.find((lane) => `@${lane.$key}` === second)?.id ?? null;
    case "does": case "thinks": case "asks": case "doubts": case "expects": case "pains": case "barriers": case "strengths":
    case "opportunities": case "metrics": return first;
    default: return null;
  }
}

/** The cell in which an address is shown, whatever is opened now; null for what stands in no cell (a persona, a view). */
export function placeOf(address: Address, map: Known, columns: readonly Column[]): Place | null {
  const [key = "", ...rest] = address.split("/");
  if (key === "map") return null;
  return climb(key, rest.join("/"), map, columns);
}

function climb(key: string, path: string, map: Known, columns: readonly Column[]): Place | null {
  const spot = map.spot(key);
  if (!spot) return null;
  if (spot.kind === "Stage") return shown(key, rowOfField(path, map.value), columns);
  if (spot.kind === "Touchpoint") {
    const row = rowOfField(path, map.value);
    const own = shown(key, row, columns);
    if (own) return own;
    const stage = stageAbove(key, map);
    return stage ? shown(stage, row === "head" ? "touchpoints" : row, columns) : null;
  }
  if (spot.kind === "SubStage") return shown(spot.owner, "touchpoints", columns);
  if (spot.kind === "Improvement") {
    const found = map.value.improvements.find((item) => item.$key === key);
    const stage = map.value.stages.find((item) => item.id === found?.stage);
    return stage ? shown(stage.$key, "improvements", columns) : null;
  }
  if (spot.owner === "map") return null;
  return climb(spot.owner, spot.list.slice(spot.owner.length + 1), map, columns);
}

/** The stage that a touchpoint (or what is in it) belongs to. */
export function stageAbove(key: string, map: Known): string | null {
  for (let at = key; at !== "map"; ) {
    const spot = map.spot(at);
    if (!spot) return null;
    if (spot.kind === "Stage") return at;
    at = spot.owner;
  }
  return null;
}

function shown(column: string, row: string | null, columns: readonly Column[]): Place | null {
  return row !== null && columns.some((each) => each.key === column) ? { row, column } : null;
}

/** The shape of the live document, as `tropa.collab.shape` derives it from the models: which field lives in which form. */

import body from "./shape.json";
import type { Json } from "./words";

export type Form = "text" | "plain" | "list" | "part" | "cells" | "ref" | "refs" | "rule";

/** A small part of JSON Schema: what a plain value must be. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  /** Of an array: what each of its values must be, and how many there are. */
  readonly items?: Schema;
  readonly count?: number;
}

export interface Field {
  readonly name: string;
  readonly form: Form;
  /** The kind of a list's things, of a part, of cells. */
  readonly of?: string;
  readonly required?: boolean;
  readonly default?: Json;
  readonly schema?: Schema;
  /** References: the group they point into; `strict`: a name that leads nowhere is not kept; `lost`: what becomes of it. */
  readonly to?: string;
  readonly strict?: boolean;
  readonly lost?: "drop" | "drop-owner" | "first";
  readonly orRule?: boolean;
}

export interface Kind {
  readonly name: string;
  readonly group?: string;
  /** Written in a file as its bare content where it says no more than that. */
  readonly collapse?: "string" | "text" | "value";
  readonly opaque?: boolean;
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
  /** Whether ids, references or own cells are in it or in what it holds: only such things can need mending. */
  readonly tied: boolean;
}

export const ROOT = "map";
export const THINGS = "things";
/** Where a document's own name stands. */
export const IDENTITY = body.identity;
export const WHOLE = "whole";
/** Key and id of the stage that a map without any is shown with. */
export const EMPTY_STAGE = "stage";

type Written = Pick<Kind, "group" | "collapse" | "opaque"> & { fields: Record<string, Omit<Field, "name">> };

const written = body.kinds as unknown as Record<string, Written>;

function isTied(name: string): boolean {
  const fields = Object.entries(written[name]?.fields ?? {});
  return fields.some(
    ([id, field]) => id === "id" || field.form === "ref" || field.form === "refs" || field.form === "cells" || (field.of !== undefined && isTied(field.of)),
  );
}

function read(name: string, kind: Written): Kind {
  const fields = Object.entries(kind.fields).map(([id, field]): Field => ({ name: id, ...field }));
  return { ...kind, name, fields, byName: new Map(fields.map((field) => [field.name, field])), tied: isTied(name) };
}

export const KINDS: ReadonlyMap<string, Kind> = new Map(Object.entries(written).map(([name, kind]) => [name, read(name, kind)]));

/** A kind by name; there is no other name than those of the shape. */
export function kindOf(name: string | undefined): Kind {
  const kind = KINDS.get(name ?? "");
  if (kind === undefined) throw new Error(`no kind ${name}`);
  return kind;
}

export const MAP = kindOf("Map");
export const CELL = kindOf("Cell");
export const ID_SCHEMA: Schema = kindOf("Stage").byName.get("id")?.schema ?? {};

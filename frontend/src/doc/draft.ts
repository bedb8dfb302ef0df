/** New content put under keys: what `add` and `set` write. Twin of `tropa.collab.encoding`. */

import { WrongValue } from "./api";
import { fits } from "./fit";
import { spread } from "./order";
import { isObject } from "./read";
import { type Field, type Kind, kindOf, WHOLE } from "./shape";

/** What the writer needs of the document. */
export interface Pen {
  newKey(): string;
  /** The key of an id in a group. */
  keyOf(group: string, id: string): string | undefined;
  /** An id for a new thing: as wanted if it is free, else made of its words. */
  newId(kind: Kind, key: string, wanted: unknown, words: unknown): string;
  thing(key: string, fields: Record<string, unknown>): void;
  words(name: string, words: string): void;
}

type Fields = Record<string, unknown>;

/** Puts a thing into a list. Returns its key. */
export function addThing(pen: Pen, kind: Kind, owner: string, at: string, order: string, item: unknown): string {
  const key = pen.newKey();
  const fields: Fields = { _in: owner, _at: at, _order: order };
  if (kind.opaque === true) {
    if (!isObject(item)) throw new WrongValue(`${owner}/${at}`, "an object");
    fields["value"] = JSON.stringify(bare(item));
  } else {
    const body = unfolded(kind, item);
    const id = kind.byName.has("id") ? pen.newId(kind, key, body["id"], body["title"] ?? body["text"]) : undefined;
    for (const field of kind.fields) {
      const value = field.name === "id" && id !== undefined ? id : body[field.name];
      if (value !== undefined && value !== null) put(pen, key, fields, field, field.name, value);
    }
  }
  pen.thing(key, fields);
  return key;
}

/** One field that says something, into `fields` and, words and things, into the document. */
export function put(pen: Pen, key: string, fields: Fields, field: Field, path: string, value: unknown): void {
  switch (field.form) {
    case "text":
      for (const [lang, words] of Object.entries(byLanguage(key, path, value))) if (words !== "") pen.words(`${key}/${path}/${lang}`, words);
      if (marker(value) !== undefined) fields[path] = marker(value);
      return;
    case "plain":
    case "rule":
    case "ref":
    case "refs":
      fields[path] = kept(pen, `${key}/${path}`, field, value);
      return;
    case "list": {
      const items = Array.isArray(value) ? value : [];
      const orders = spread(items.length);
      items.forEach((item, index) => addThing(pen, kindOf(field.of), key, path, orders[index] ?? "", item));
      return;
    }
    case "part":
      part(pen, key, fields, kindOf(field.of), path, value);
      return;
    case "cells":
      for (const [lane, cell] of Object.entries(isObject(value) ? value : {})) {
        const known = pen.keyOf("lanes", lane);
        part(pen, key, fields, kindOf("Cell"), `${path}/${known === undefined ? lane : `@${known}`}`, cell);
      }
  }
}

/** A part: its fields under its path; marked where it says nothing. */
export function part(pen: Pen, key: string, fields: Fields, kind: Kind, path: string, value: unknown): void {
  const body = unfolded(kind, value);
  let said = false;
  for (const field of kind.fields) {
    const inner = body[field.name];
    if (inner === undefined || inner === null) continue;
    put(pen, key, fields, field, `${path}/${field.name}`, inner);
    said = true;
  }
  if (!said) fields[path] = WHOLE;
}

/** A value as the document keeps it. Throws WrongValue. */
export function kept(pen: Pen, address: string, field: Field, value: unknown): unknown {
  switch (field.form) {
    case "rule":
      return JSON.stringify(value);
    case "ref":
      if (typeof value === "string") return reference(pen, field, value);
      if (field.orRule === true && isObject(value)) return { rule: JSON.stringify(value) };
      throw new WrongValue(address, "an id");
    case "refs":
      if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.map((item) => reference(pen, field, item));
      throw new WrongValue(address, "ids");
    default:
      if (!fits(value, field.schema ?? {})) throw new WrongValue(address, JSON.stringify(field.schema));
      return value;
  }
}

function reference(pen: Pen, field: Field, id: string): unknown {
  const key = pen.keyOf(field.to ?? "", id);
  return key === undefined ? id : { ref: key };
}

/** What the shared texts alone would not say of these words: that they are there and empty. */
export function marker(value: unknown): unknown {
  if (typeof value === "string") return value === "" ? "" : undefined;
  const empty = Object.entries(value as Record<string, string>).filter(([, words]) => words === "");
  return empty.length > 0 || Object.keys(value as object).length === 0 ? Object.fromEntries(empty) : undefined;
}

/** Words by language; the one string of all languages under an empty name. */
export function byLanguage(key: string, path: string, value: unknown): Record<string, string> {
  if (typeof value === "string") return { "": value };
  if (isObject(value) && Object.values(value).every((words) => typeof words === "string")) return value as Record<string, string>;
  throw new WrongValue(`${key}/${path}`, "words");
}

/** The fields of a draft: a bare string is its text, or the word it is. */
function unfolded(kind: Kind, item: unknown): Record<string, unknown> {
  if (kind.collapse === "value") return isObject(item) ? item : { value: item };
  if (kind.collapse !== undefined && (typeof item === "string" || (kind.collapse === "text" && isObject(item) && !("text" in item)))) return { text: item };
  if (!isObject(item)) throw new WrongValue(kind.name, "an object");
  return item;
}

/** An object of a snapshot without its key. */
export function bare(item: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !name.startsWith("$")));
}

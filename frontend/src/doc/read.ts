/**
 * From the content of the document to a tree of things: fields read by their shape, what cannot stand left out and noted.
 * Twin of `tropa.collab.tree`; nodes are kept and read anew only where something changed.
 */

import type { Note } from "./api";
import { fits, isLanguage } from "./fit";
import type { Raw } from "./raw";
import { type Field, type Kind, kindOf, MAP, ROOT } from "./shape";
import type { Json, Text } from "./words";

/** A reference that is not resolved yet: a key, or a name as it is written. */
export interface Ref {
  readonly key?: string;
  readonly name: string;
}

/** A thing or a part as it was read; never changed. `values` by field. `notes`: its own and those of what is in it. */
export interface Node {
  readonly kind: Kind;
  readonly key: string;
  readonly prefix: string;
  readonly values: ReadonlyMap<string, unknown>;
  readonly whole: boolean;
  readonly notes: readonly Note[];
}

/** More than the owners of any thing: a map, a stage, a sub-stage, a touchpoint, a pain, what it rests on. */
const DEEPEST = 10;
const REF = Symbol("ref");

export function isRef(value: unknown): value is Ref {
  return typeof value === "object" && value !== null && REF in value;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "prefix" in value && "whole" in value;
}

export class Reader {
  private readonly kept = new Map<string, { node: Node | undefined; kind: Kind; notes: readonly Note[] }>();
  private readonly rules = new Map<string, Json | undefined>();

  constructor(private readonly raw: Raw) {}

  get language(): string {
    const language = this.raw.fields(ROOT)["language"];
    return isLanguage(language) ? language : "ru";
  }

  /** Forget what was read of these keys and of all they are in. */
  forget(keys: Iterable<string>): void {
    for (const start of keys) {
      let key: unknown = start;
      for (let depth = 0; typeof key === "string" && depth < DEEPEST; depth++) {
        this.kept.delete(key);
        key = this.raw.fields(key)["_in"];
      }
    }
  }

  forgetAll(): void {
    this.kept.clear();
  }

  /** The whole map. */
  tree(): Node {
    const notes: Note[] = [];
    const node = this.thing(MAP, ROOT, notes);
    if (node === undefined) throw new Error("a map can always be read");
    return node;
  }

  private thing(kind: Kind, key: string, notes: Note[]): Node | undefined {
    let kept = this.kept.get(key);
    if (kept === undefined || kept.kind !== kind) {
      const own: Note[] = [];
      kept = { node: this.node(kind, key, "", own), kind, notes: own };
      this.kept.set(key, kept);
    }
    if (kept.notes.length > 0) notes.push(...kept.notes);
    return kept.node;
  }

  /** A thing or part; undefined (noted) where it lacks what it cannot be without. */
  private node(kind: Kind, key: string, prefix: string, notes: Note[]): Node | undefined {
    const fields = this.raw.fields(key);
    const values = new Map<string, unknown>();
    for (const field of kind.fields) {
      const value = this.field(field, key, prefix + field.name, notes);
      if (value !== undefined) values.set(field.name, value);
      else if (field.required === true && field.name !== "id") {
        notes.push({ code: "TR-W411", key, path: prefix + field.name, facts: { kind: kind.name } });
        return undefined;
      }
    }
    const whole = Boolean(fields[prefix === "" ? "_form" : prefix.slice(0, -1)]);
    return { kind, key, prefix, values, whole, notes };
  }

  private field(field: Field, key: string, path: string, notes: Note[]): unknown {
    const raw = this.raw.fields(key)[path];
    switch (field.form) {
      case "text":
        return this.words(key, path, raw, notes) ?? (field.required === true ? "" : undefined);
      case "plain":
        return this.plain(field, key, path, raw, notes);
      case "rule":
        return this.rule(key, path, raw, notes);
      case "list":
        return this.list(kindOf(field.of), key, path, notes);
      case "part": {
        const part = this.node(kindOf(field.of), key, `${path}/`, notes);
        return part !== undefined && (field.required === true || part.whole || says(part)) ? part : undefined;
      }
      case "cells":
        return this.cells(key, path, notes);
      case "ref":
      case "refs":
        return this.reference(field, key, path, raw, notes);
    }
  }

  private words(key: string, path: string, marker: unknown, notes: Note[]): Text | undefined {
    const there = this.raw.words(key, path);
    const by = new Map<string, string>();
    for (const [lang, words] of there) if (lang !== "") by.set(lang, words);
    const one = there.get("");
    const marked = isObject(marker);
    if (marked) {
      for (const lang of Object.keys(marker)) if (isLanguage(lang) && !by.has(lang)) by.set(lang, "");
    } else if (marker !== undefined && marker !== null && marker !== "") {
      notes.push(refused(key, path));
    }
    if (by.size === 0 && !marked) return one ?? (marker === "" ? "" : undefined);
    const language = this.language;
    if (one !== undefined) {
      const other = by.get(language);
      by.set(language, other === undefined || other === "" || other === one ? one : `${other}\n${one}`);
      notes.push({ code: "TR-W420", key, path, facts: { language } });
    }
    const rest = Array.from(by.keys()).filter((lang) => lang !== language).sort();
    return Object.fromEntries((by.has(language) ? [language, ...rest] : rest).map((lang) => [lang, by.get(lang) ?? ""]));
  }

  private plain(field: Field, key: string, path: string, raw: unknown, notes: Note[]): unknown {
    const fallback = field.default ?? undefined;
    if (raw === undefined || raw === null) return fallback;
    if (fits(raw, field.schema ?? {})) return raw;
    notes.push(refused(key, path));
    return fallback;
  }

  private rule(key: string, path: string, raw: unknown, notes: Note[]): Json | undefined {
    if (raw === undefined || raw === null) return undefined;
    const value = this.json(raw);
    if (value === undefined) notes.push(refused(key, path));
    return value;
  }

  /** The value of a JSON text: the same text gives the same value, so that what did not change keeps its identity. */
  private json(text: unknown): Json | undefined {
    if (typeof text !== "string") return undefined;
    if (!this.rules.has(text)) this.rules.set(text, parsed(text));
    return this.rules.get(text);
  }

  private list(kind: Kind, key: string, path: string, notes: Note[]): readonly Node[] {
    const out: Node[] = [];
    for (const child of this.raw.kids(key, path)) {
      const node = this.thing(kind, child, notes);
      if (node !== undefined) out.push(node);
    }
    return out;
  }

  /** Own lanes' cells by their tokens (`@key of the lane`, or a bare id), sorted. */
  private cells(key: string, path: string, notes: Note[]): ReadonlyMap<string, Node> {
    const start = `${path}/`;
    const tokens = new Set(this.raw.under(key, start).map((name) => name.slice(start.length).split("/", 1)[0] ?? ""));
    const out = new Map<string, Node>();
    for (const token of Array.from(tokens).sort(byCodePoint)) {
      const node = this.node(kindOf("Cell"), key, `${start}${token}/`, notes);
      if (node !== undefined && (node.whole || says(node))) out.set(token, node);
    }
    return out;
  }

  private reference(field: Field, key: string, path: string, raw: unknown, notes: Note[]): unknown {
    const none = field.form === "refs" && field.default !== undefined ? [] : undefined;
    if (raw === undefined || raw === null) return none;
    if (field.form === "refs" && Array.isArray(raw)) {
      const refs = raw.map(asRef);
      if (refs.every((ref) => ref !== undefined)) return refs;
    } else if (field.form === "ref" && field.orRule === true && isObject(raw) && sole(raw, "rule")) {
      const value = this.json(raw["rule"]);
      if (value !== undefined) return value;
    } else if (field.form === "ref") {
      const ref = asRef(raw);
      if (ref !== undefined) return ref;
    }
    notes.push(refused(key, path));
    return none;
  }
}

/** Whether a part says anything beyond its defaults. */
export function says(node: Node): boolean {
  for (const [name, value] of node.values) {
    const field = node.kind.byName.get(name);
    if (field === undefined) continue;
    if (field.form === "list" || field.form === "refs") {
      if ((value as readonly unknown[]).length > 0) return true;
    } else if (field.form === "cells") {
      if ((value as ReadonlyMap<string, unknown>).size > 0) return true;
    } else if (!(field.required === true && field.form === "text" && value === "") && value !== field.default) return true;
  }
  return false;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Python's order of strings, which JavaScript's is not beyond the basic plane. */
export function byCodePoint(one: string, other: string): number {
  const a = Array.from(one);
  const b = Array.from(other);
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const step = (a[at]?.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? 0);
    if (step !== 0) return step;
  }
  return a.length - b.length;
}

function sole(value: Record<string, unknown>, name: string): boolean {
  return Object.keys(value).length === 1 && name in value;
}

function asRef(raw: unknown): Ref | undefined {
  if (typeof raw === "string") return { name: raw, [REF]: true } as Ref;
  return isObject(raw) && sole(raw, "ref") && typeof raw["ref"] === "string" ? ({ key: raw["ref"], name: "", [REF]: true } as Ref) : undefined;
}

function refused(key: string, path: string): Note {
  return { code: "TR-W410", key, path, facts: {} };
}

function parsed(text: string): Json | undefined {
  try {
    return (JSON.parse(text) as Json | null) ?? undefined;
  } catch {
    return undefined;
  }
}

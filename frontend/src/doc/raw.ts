/** The content of the document as plain values, kept up to date change by change. Twin of `tropa.collab.raw`. */

import * as Y from "yjs";

import { isLanguage } from "./fit";
import { isFraction } from "./order";
import { ROOT, THINGS } from "./shape";

export type Fields = Readonly<Record<string, unknown>>;

/** What the reader reads: fields by key, words by place and language, the things of each list in order. */
export interface Raw {
  fields(key: string): Fields;
  words(key: string, path: string): ReadonlyMap<string, string>;
  kids(owner: string, at: string): readonly string[];
  /** The paths under `key/start` at which anything stands. */
  under(key: string, start: string): readonly string[];
}

const NO_FIELDS: Fields = {};
const NO_WORDS: ReadonlyMap<string, string> = new Map();
const NO_KIDS: readonly string[] = [];
const STANDS = ["_in", "_at", "_order"];

export function isKey(value: unknown): value is string {
  return typeof value === "string" && value !== ROOT && /^[0-9A-Za-z_-]{1,32}$/.test(value);
}

/** The name of the root text with the words at an address in a language (empty: one string for all). */
export function textName(address: string, lang: string): string {
  return `${address}/${lang}`;
}

/** Plain content, from wherever it comes. */
export class PlainRaw implements Raw {
  protected readonly all = new Map<string, Fields>();
  /** Words by key, path and language; things of lists by owner and path. */
  private readonly places = new Map<string, Map<string, Map<string, string>>>();
  private readonly lists = new Map<string, Map<string, string[]>>();

  fields(key: string): Fields {
    return this.all.get(key) ?? NO_FIELDS;
  }

  words(key: string, path: string): ReadonlyMap<string, string> {
    return this.places.get(key)?.get(path) ?? NO_WORDS;
  }

  kids(owner: string, at: string): readonly string[] {
    return this.lists.get(owner)?.get(at) ?? NO_KIDS;
  }

  under(key: string, start: string): readonly string[] {
    const out: string[] = [];
    for (const paths of [Object.keys(this.fields(key)), this.places.get(key)?.keys() ?? [], this.lists.get(key)?.keys() ?? []]) {
      for (const path of paths) if (path.startsWith(start)) out.push(path);
    }
    return out;
  }

  put(key: string, fields: Fields | undefined): void {
    if (key !== ROOT && !isKey(key)) return;
    const before = this.all.get(key);
    if (fields === undefined) this.all.delete(key);
    else this.all.set(key, fields);
    if (key === ROOT || STANDS.every((name) => before?.[name] === fields?.[name])) return;
    this.unlist(key, before);
    this.enlist(key, fields);
  }

  write(name: string, words: string): void {
    const head = name.indexOf("/");
    const tail = name.lastIndexOf("/");
    const lang = name.slice(tail + 1);
    if (head < 0 || head === tail || (lang !== "" && !isLanguage(lang))) return;
    const key = name.slice(0, head);
    const path = name.slice(head + 1, tail);
    const own = this.places.get(key) ?? new Map<string, Map<string, string>>();
    const there = own.get(path) ?? new Map<string, string>();
    if (words === "") there.delete(lang);
    else there.set(lang, words);
    if (there.size > 0) own.set(path, there);
    else own.delete(path);
    if (own.size > 0) this.places.set(key, own);
    else this.places.delete(key);
  }

  private unlist(key: string, fields: Fields | undefined): void {
    const spot = spotOf(fields);
    const lists = spot && this.lists.get(spot.owner);
    const rest = spot && lists?.get(spot.at)?.filter((other) => other !== key);
    if (spot === undefined || lists === undefined || rest === undefined) return;
    if (rest.length > 0) lists.set(spot.at, rest);
    else lists.delete(spot.at);
  }

  /** Things of a list stand by fraction, then by key. */
  private enlist(key: string, fields: Fields | undefined): void {
    const spot = spotOf(fields);
    if (spot === undefined) return;
    const lists = this.lists.get(spot.owner) ?? new Map<string, string[]>();
    this.lists.set(spot.owner, lists);
    const items = lists.get(spot.at) ?? [];
    const place = items.findLastIndex((other) => this.stands(other, key) < 0) + 1;
    lists.set(spot.at, [...items.slice(0, place), key, ...items.slice(place)]);
  }

  private stands(one: string, other: string): number {
    const a = this.order(one);
    const b = this.order(other);
    return a < b ? -1 : a > b ? 1 : one < other ? -1 : 1;
  }

  /** The fraction by which a thing stands; empty where it has none. */
  order(key: string): string {
    const order = this.fields(key)["_order"];
    return isFraction(order) ? order : "";
  }
}

/** What a transaction changed. */
export interface Touched {
  /** Keys whose own fields or words changed, and owners whose lists did. */
  readonly keys: ReadonlySet<string>;
  readonly everything: boolean;
}

/** The content of a Y.Doc. `follow` takes in what a transaction changed. */
export class DocRaw extends PlainRaw {
  readonly root: Y.Map<unknown>;
  readonly things: Y.Map<unknown>;
  private readonly names = new WeakMap<object, string>();

  constructor(readonly doc: Y.Doc) {
    super();
    this.root = doc.getMap(ROOT);
    this.things = doc.getMap(THINGS);
    this.put(ROOT, plainFields(this.root));
    for (const key of this.things.keys()) this.refresh(key);
    for (const name of Array.from(doc.share.keys())) if (name.includes("/")) this.write(name, this.text(name).toString());
  }

  /** The root text of a name; it always exists. */
  text(name: string): Y.Text {
    const text = this.doc.getText(name);
    this.names.set(text, name);
    return text;
  }

  follow(transaction: Y.Transaction): Touched {
    const keys = new Set<string>();
    let everything = false;
    for (const [type, changed] of transaction.changed as Map<Y.AbstractType<unknown>, Set<string | null>>) {
      if (type === this.root) {
        everything ||= changed.has("language");
        this.refresh(ROOT);
        keys.add(ROOT);
      } else if (type === this.things) {
        for (const key of changed) if (key !== null) this.note(key, keys);
      } else if (type.parent === this.things) {
        const key = type._item?.parentSub;
        if (typeof key === "string") this.note(key, keys);
      } else {
        this.reread(type, keys);
      }
    }
    return { keys, everything };
  }

  /** A thing changed: it, and its owners before and after. */
  private note(key: string, keys: Set<string>): void {
    for (const owner of [this.fields(key)["_in"], (this.refresh(key), this.fields(key)["_in"])]) if (typeof owner === "string") keys.add(owner);
    keys.add(key);
  }

  /** Read a thing anew from the document. */
  refresh(key: string): void {
    const thing = key === ROOT ? this.root : this.things.get(key);
    this.put(key, thing instanceof Y.Map ? plainFields(thing) : undefined);
  }

  /** A root text changed. */
  private reread(type: Y.AbstractType<unknown>, keys: Set<string>): void {
    const name = this.names.get(type) ?? (type._item === null ? this.learned(type) : undefined);
    const cut = name?.indexOf("/") ?? -1;
    if (name === undefined || cut < 0) return;
    this.write(name, this.text(name).toString());
    keys.add(name.slice(0, cut));
  }

  /** The name of a root that came from elsewhere: it has no type of its own yet, only a place among all roots. */
  private learned(type: Y.AbstractType<unknown>): string | undefined {
    for (const [name, shared] of this.doc.share) if (!this.names.has(shared)) this.names.set(shared, name);
    return this.names.get(type);
  }
}

function spotOf(fields: Fields | undefined): { owner: string; at: string } | undefined {
  const owner = fields?.["_in"];
  const at = fields?.["_at"];
  return typeof owner === "string" && typeof at === "string" ? { owner, at } : undefined;
}

function plainFields(map: Y.Map<unknown>): Fields {
  // no prototype: a field may have any name
  const out = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of map.entries()) if (!(value instanceof Y.AbstractType)) out[name] = value;
  return out;
}

/** The content of the document as plain values, kept up to date change by change. Twin of `tropa.collab.raw`. */

import * as Y from "yjs";

import { isLanguage } from "./fit";
import { isFraction } from "./order";
import { ROOT, THINGS } from "./shape";

export type Fields = Readonly<Record<string, unknown>>;

/** What the reader reads: fields by key, words by place (`key/path`) and language, the things of each list in order. */
export interface Raw {
  fields(key: string): Fields;
  words(place: string): ReadonlyMap<string, string>;
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
  protected readonly places = new Map<string, Map<string, string>>();
  private readonly lists = new Map<string, string[]>();

  fields(key: string): Fields {
    return this.all.get(key) ?? NO_FIELDS;
  }

  words(place: string): ReadonlyMap<string, string> {
    return this.places.get(place) ?? NO_WORDS;
  }

  kids(owner: string, at: string): readonly string[] {
    return this.lists.get(`${owner}/${at}`) ?? NO_KIDS;
  }

  under(key: string, start: string): readonly string[] {
    const out = Object.keys(this.fields(key)).filter((path) => path.startsWith(start));
    const place = `${key}/${start}`;
    for (const name of this.places.keys()) if (name.startsWith(place)) out.push(name.slice(key.length + 1));
    for (const name of this.lists.keys()) if (name.startsWith(place)) out.push(name.slice(key.length + 1));
    return out;
  }

  keys(): Iterable<string> {
    return this.all.keys();
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
    const cut = name.lastIndexOf("/");
    const lang = name.slice(cut + 1);
    if (cut < 0 || !name.slice(0, cut).includes("/") || (lang !== "" && !isLanguage(lang))) return;
    const place = name.slice(0, cut);
    const there = this.places.get(place) ?? new Map<string, string>();
    if (words === "") there.delete(lang);
    else there.set(lang, words);
    if (there.size === 0) this.places.delete(place);
    else this.places.set(place, there);
  }

  private unlist(key: string, fields: Fields | undefined): void {
    const list = listOf(fields);
    const rest = list === undefined ? undefined : this.lists.get(list)?.filter((other) => other !== key);
    if (list === undefined || rest === undefined) return;
    if (rest.length > 0) this.lists.set(list, rest);
    else this.lists.delete(list);
  }

  /** Things of a list stand by fraction, then by key. */
  private enlist(key: string, fields: Fields | undefined): void {
    const list = listOf(fields);
    if (list === undefined) return;
    const items = this.lists.get(list) ?? [];
    const place = items.findIndex((other) => this.stands(key, other) < 0);
    this.lists.set(list, place < 0 ? [...items, key] : [...items.slice(0, place), key, ...items.slice(place)]);
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

  /** A root text changed. (A name heard for the first time has no type yet that knows it.) */
  private reread(type: Y.AbstractType<unknown>, keys: Set<string>): void {
    let name = this.names.get(type);
    if (name === undefined && type._item === null) {
      for (const [known, shared] of this.doc.share) if (shared === type) name = known;
    }
    const cut = name?.indexOf("/") ?? -1;
    if (name === undefined || cut < 0) return;
    this.write(name, this.text(name).toString());
    keys.add(name.slice(0, cut));
  }
}

function listOf(fields: Fields | undefined): string | undefined {
  const owner = fields?.["_in"];
  const at = fields?.["_at"];
  return typeof owner === "string" && typeof at === "string" ? `${owner}/${at}` : undefined;
}

function plainFields(map: Y.Map<unknown>): Fields {
  const out: Record<string, unknown> = {};
  for (const [name, value] of map.entries()) if (!(value instanceof Y.AbstractType)) out[name] = value;
  return out;
}

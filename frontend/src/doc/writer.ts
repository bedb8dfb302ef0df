/** Changes of the document, each at once in what was read of it too: several can follow one another within one transaction. */

import * as Y from "yjs";

import { cut, type Target } from "./address";
import { type Address, type Place, WrongValue } from "./api";
import { addThing, byLanguage, kept, marker, part, type Pen } from "./draft";
import { rewrite } from "./edit";
import { isLanguage } from "./fit";
import { drawKey, drawNumber, type Names } from "./names";
import { between, spread } from "./order";
import { type DocRaw, textName } from "./raw";
import { isObject } from "./read";
import { EMPTY_STAGE, type Field, type Kind, kindOf, ROOT } from "./shape";
import type { Text } from "./words";

export class Writer implements Pen {
  /** `touched`: a thing changed and must be read anew. */
  constructor(
    private readonly raw: DocRaw,
    private readonly names: Names,
    private readonly touched: (key: string) => void,
  ) {}

  newKey(): string {
    return drawKey();
  }

  keyOf(group: string, id: string): string | undefined {
    return this.names.key(group, id);
  }

  newId(kind: Kind, key: string, wanted: unknown, words: unknown): string {
    return this.names.draw(kind, key, wanted, words);
  }

  thing(key: string, fields: Record<string, unknown>): void {
    this.raw.things.set(key, new Y.Map(Object.entries(fields)));
    this.touched(key);
  }

  words(name: string, words: string): void {
    this.rewrite(name, words);
  }

  /** The languages in which there are words at a place. */
  languages(key: string, path: string): readonly string[] {
    const marked = this.raw.fields(key)[path];
    const there = [...this.raw.words(key, path).keys(), ...(isObject(marked) ? Object.keys(marked) : [])];
    return Array.from(new Set(there.filter(isLanguage)));
  }

  /** The stage that a map without any is shown with becomes a real one before something is said of it. */
  settle(key: string): void {
    if (key !== EMPTY_STAGE || this.raw.things.has(EMPTY_STAGE)) return;
    this.thing(EMPTY_STAGE, { _in: ROOT, _at: "stages", _order: spread(1)[0], id: EMPTY_STAGE });
  }

  /** Set a field, a text, a part. Throws WrongValue. */
  put(found: Target, address: Address, value: unknown): void {
    const { key, path, field, kind } = found;
    const none = value === undefined || value === null;
    if (field === undefined || field.form === "part") {
      if (path === "") throw new WrongValue(address, "a field");
      if (none) this.clear(key, path);
      else this.putPart(key, path, field === undefined ? kind : kindOf(field.of), value);
      return;
    }
    switch (field.form) {
      case "text":
        this.putWords(key, path, none ? undefined : (value as Text));
        return;
      case "list":
      case "cells":
        throw new WrongValue(address, "use add and remove");
      default:
        if (none && field.required === true) throw new WrongValue(address, "cannot be empty");
        this.field(key, path, none || isDefault(field, value) ? undefined : kept(this, address, field, value));
    }
  }

  private putWords(key: string, path: string, value: Text | undefined): void {
    const address = `${key}/${path}`;
    const before = this.languages(key, path);
    const words = value === undefined ? {} : byLanguage(key, path, value);
    for (const lang of new Set(["", ...before, ...Object.keys(words)])) this.rewrite(textName(address, lang), words[lang] ?? "");
    this.field(key, path, value === undefined ? undefined : marker(value));
  }

  private putPart(key: string, path: string, kind: Kind, value: unknown): void {
    const body: Record<string, unknown> = isObject(value) ? value : { text: value };
    const names = Object.keys(body).filter((name) => name !== "$key");
    for (const name of names) {
      const field = kind.byName.get(name);
      if (field === undefined) throw new WrongValue(`${key}/${path}/${name}`, "no such field");
      if (field.form !== "list") this.put({ key, path: `${path}/${name}`, field, kind }, `${key}/${path}/${name}`, body[name]);
      else if (this.raw.kids(key, `${path}/${name}`).length === 0) this.fill(key, `${path}/${name}`, field, body[name]);
      else throw new WrongValue(`${key}/${path}/${name}`, "use add and remove");
    }
    if (names.length > 0) return;
    const fields: Record<string, unknown> = {};
    part(this, key, fields, kind, path, {});
    for (const [name, mark] of Object.entries(fields)) this.field(key, name, mark);
  }

  private fill(key: string, path: string, field: Field, items: unknown): void {
    const list = Array.isArray(items) ? items : [];
    const orders = spread(list.length);
    list.forEach((item, at) => addThing(this, kindOf(field.of), key, path, orders[at] ?? "", item));
  }

  /** A field of a thing; undefined takes it away. Only a real change is written. */
  field(key: string, path: string, value: unknown): void {
    const map = key === ROOT ? this.raw.root : this.raw.things.get(key);
    if (!(map instanceof Y.Map) || JSON.stringify(map.get(path)) === JSON.stringify(value)) return;
    if (value === undefined) map.delete(path);
    else map.set(path, value);
    this.touched(key);
  }

  /** A root text by its name, by one splice. */
  rewrite(name: string, words: string, caret?: number): void {
    const text = this.raw.text(name);
    if (!rewrite(text, words, caret)) return;
    this.raw.write(name, words);
    this.touched(cut(name)[0]);
  }

  /** Take a part or a cell away with all that is in it. */
  clear(key: string, path: string): void {
    for (const name of new Set([path, ...this.raw.under(key, `${path}/`)])) {
      for (const child of this.raw.kids(key, name)) this.erase(child);
      for (const lang of Array.from(this.raw.words(key, name).keys())) this.rewrite(textName(`${key}/${name}`, lang), "");
      this.field(key, name, undefined);
    }
  }

  /** A thing with its words and all that is in it. */
  erase(key: string): void {
    for (const name of new Set(this.raw.under(key, ""))) {
      for (const child of this.raw.kids(key, name)) this.erase(child);
      for (const lang of Array.from(this.raw.words(key, name).keys())) this.rewrite(textName(`${key}/${name}`, lang), "");
    }
    this.raw.things.delete(key);
    this.touched(key);
  }

  /** A fraction for a place in a list (not counting the thing that moves there). */
  fraction(owner: string, at: string, place: Place, moving?: string): string {
    const list = this.raw.kids(owner, at).filter((key) => key !== moving);
    const beside = typeof place === "string" ? undefined : "before" in place ? place.before : place.after;
    const found = beside === undefined ? -1 : list.indexOf(beside);
    let index = place === "start" ? 0 : list.length;
    if (found >= 0 && typeof place !== "string") index = "before" in place ? found : found + 1;
    const low = list[index - 1];
    const high = list[index];
    const bottom = low === undefined ? "" : this.raw.order(low);
    const top = high === undefined ? "" : this.raw.order(high);
    if (high !== undefined && bottom >= top) return this.spreadAnew(list, index);
    return between(bottom, top, drawNumber);
  }

  /** Two neighbours got the same fraction: those from here on step up, so that there is room. */
  private spreadAnew(list: readonly string[], index: number): string {
    const low = list[index - 1];
    let order = between(low === undefined ? "" : this.raw.order(low), "", drawNumber);
    const made = order;
    for (const key of list.slice(index)) {
      order = between(order, "", drawNumber);
      this.field(key, "_order", order);
    }
    return made;
  }
}

function isDefault(field: Field, value: unknown): boolean {
  return field.default !== undefined && field.form === "plain" && field.default === value;
}

/** `LiveMap` over a Y.Doc. What it promises is told in `api.ts`. */

import * as Y from "yjs";

import { along, cut, kindAt, type Target, target } from "./address";
import type { Address, Change, Draft, Key, LiveMap, Note, Place, Spot } from "./api";
import { WrongValue } from "./api";
import { addThing, byLanguage, kept, marker, part, type Pen } from "./draft";
import { rewrite } from "./edit";
import { between, spread } from "./order";
import { DocRaw, textName } from "./raw";
import { isObject, Reader } from "./read";
import { Mended } from "./repair";
import { EMPTY_STAGE, type Field, type Kind, kindOf, ROOT } from "./shape";
import { filed, Snapshots } from "./snapshot";
import type { MapValue } from "./values";
import type { Json, Text } from "./words";
import { drawKey, drawNumber, Names } from "./names";

/** Changes made sooner after one another than this are undone together. */
const STEP_MS = 600;

interface Listener {
  readonly address: Address;
  readonly heard: (change: Change) => void;
  last: unknown;
}

class YLiveMap implements LiveMap {
  private readonly raw: DocRaw;
  private readonly reader: Reader;
  private readonly snapshots = new Snapshots();
  private readonly history: Y.UndoManager;
  private readonly listeners = new Set<Listener>();
  private readonly names: Names;
  private readonly pen: Pen;
  private tree: Mended | undefined;
  private now: MapValue | undefined;

  constructor(readonly doc: Y.Doc) {
    this.raw = new DocRaw(doc);
    this.reader = new Reader(this.raw);
    this.history = new Y.UndoManager(doc, { trackedOrigins: new Set([this]), captureTimeout: STEP_MS });
    this.names = new Names(() => this.mended());
    this.pen = {
      newKey: drawKey,
      keyOf: (group, id) => this.names.key(group, id),
      newId: (kind, key, wanted, words) => this.names.draw(kind, key, wanted, words),
      thing: (key, fields) => {
        this.raw.things.set(key, new Y.Map(Object.entries(fields)));
        this.stale(key);
      },
      words: (name, words) => {
        this.rewrite(name, words);
      },
    };
    doc.on("afterTransaction", this.follow);
  }

  get value(): MapValue {
    const tree = this.mended();
    this.now ??= this.snapshots.make(tree) as MapValue;
    return this.now;
  }

  get notes(): readonly Note[] {
    return this.mended().notes;
  }

  subscribe(address: Address | "", heard: (change: Change) => void): () => void {
    const listener: Listener = { address, heard, last: address === "" ? undefined : this.at(address) };
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  at(address: Address): unknown {
    void this.value;
    const known = this.snapshots.at(address);
    if (known !== undefined || !address.includes("/")) return known;
    const split = address.lastIndexOf("/");
    const owner = this.snapshots.at(address.slice(0, split));
    return isObject(owner) ? owner[address.slice(split + 1)] : undefined;
  }

  spot(key: Key): Spot | undefined {
    void this.value;
    return this.snapshots.spots.get(key);
  }

  keyOf(group: string, id: string): Key | undefined {
    return this.names.key(group, id);
  }

  cell(owner: Key, lane: string, field: string): Address {
    const key = this.names.key("lanes", lane);
    return `${owner}/cells/${key === undefined ? lane : `@${key}`}/${field}`;
  }

  // Words

  text(address: Address, lang: string): Y.Text {
    const spot = this.spoken(address);
    return this.raw.text(textName(spot, this.languages(spot).length > 0 ? lang : ""));
  }

  languages(address: Address): readonly string[] {
    const there = this.at(this.spoken(address));
    return isObject(there) ? Object.keys(there) : [];
  }

  write(address: Address, lang: string, words: string, caret?: number): void {
    const found = this.target(address);
    if (found === undefined) return;
    const spot = `${found.key}/${found.path}`;
    this.change(() => {
      this.settle(found.key);
      this.rewrite(textName(spot, this.languages(spot).length > 0 ? lang : ""), words, caret);
    });
  }

  byLanguage(address: Address, lang: string): void {
    const spot = this.spoken(address);
    const words = this.at(spot);
    if (typeof words !== "string") return;
    this.change(() => {
      this.rewrite(textName(spot, ""), "");
      this.rewrite(textName(spot, lang), words);
    });
  }

  // Changes

  set(address: Address, value: unknown): void {
    const found = this.target(address);
    if (found === undefined) return;
    this.change(() => {
      this.settle(found.key);
      this.put(found, address, value);
    });
  }

  add(list: Address, item: Draft, place: Place = "end"): Key {
    this.newStep();
    return this.change(() => {
      const found = this.list(list);
      return addThing(this.pen, kindOf(found.field.of), found.key, found.path, this.fraction(found.key, found.path, place), item);
    });
  }

  move(key: Key, place: Place, list?: Address): void {
    const kind = kindAt(this.raw, key);
    const { _in: owner, _at: at } = this.raw.fields(key);
    if (kind === undefined || key === ROOT || typeof owner !== "string" || typeof at !== "string") return;
    const to = list === undefined ? { key: owner, path: at } : this.list(list);
    if (list !== undefined && kindOf(this.list(list).field.of) !== kind) throw new WrongValue(list, `a list of ${kind.name}`);
    this.newStep();
    this.change(() => {
      this.field(key, "_order", this.fraction(to.key, to.path, place, key));
      this.field(key, "_in", to.key);
      this.field(key, "_at", to.path);
    });
  }

  remove(key: Key): void {
    if (key === ROOT || kindAt(this.raw, key) === undefined) return;
    this.newStep();
    this.change(() => this.erase(key));
  }

  duplicate(key: Key): Key {
    const spot = this.spot(key);
    const value = this.at(key);
    if (spot === undefined || !isObject(value)) throw new WrongValue(key, "a thing of the map");
    return this.add(spot.list, withoutIds(value) as Draft, { after: key });
  }

  transact<T>(change: () => T): T {
    return this.change(change);
  }

  undo(): boolean {
    return this.history.undo() !== null;
  }

  redo(): boolean {
    return this.history.redo() !== null;
  }

  get canUndo(): boolean {
    return this.history.canUndo();
  }

  get canRedo(): boolean {
    return this.history.canRedo();
  }

  newStep(): void {
    this.history.stopCapturing();
  }

  file(): Json {
    const tree = this.mended();
    return { tropa: 1, ...(filed(tree, tree.root) as Record<string, Json>) };
  }

  destroy(): void {
    this.doc.off("afterTransaction", this.follow);
    this.history.destroy();
    this.listeners.clear();
  }

  // Inside

  private mended(): Mended {
    this.tree ??= new Mended(this.reader.tree());
    return this.tree;
  }

  private change<T>(change: () => T): T {
    return this.doc.transact(change, this);
  }

  private readonly follow = (transaction: Y.Transaction): void => {
    if (transaction.changed.size === 0) return;
    const touched = this.raw.follow(transaction);
    if (touched.everything) this.reader.forgetAll();
    this.stale(...touched.keys);
    this.names.forget();
    if (this.listeners.size === 0) return;
    const local = transaction.origin === this || transaction.origin === this.history;
    const { value } = this;
    for (const listener of Array.from(this.listeners)) {
      if (listener.address !== "") {
        const there = this.at(listener.address);
        if (there === listener.last) continue;
        listener.last = there;
      }
      listener.heard({ local, value });
    }
  };

  /** Something of these things changed: read them anew, from the document, when they are next looked at. */
  private stale(...keys: string[]): void {
    for (const key of keys) {
      const before = this.raw.fields(key)["_in"];
      this.reader.forget([key]);
      this.raw.refresh(key);
      this.reader.forget(typeof before === "string" ? [key, before] : [key]);
    }
    this.tree = undefined;
    this.now = undefined;
  }

  private target(address: Address): Target | undefined {
    return target(this.raw, address, (id) => this.names.key("lanes", id)) ?? this.ofEmptyStage(address);
  }

  /** The stage that a map without any is shown with is in no list yet. */
  private ofEmptyStage(address: Address): Target | undefined {
    const [key, path] = cut(address);
    if (key !== EMPTY_STAGE || this.spot(EMPTY_STAGE) === undefined) return undefined;
    const found = along(kindOf("Stage"), path);
    return found === undefined ? undefined : { key, path, ...found };
  }

  /** That stage becomes a real one before something is said of it. */
  private settle(key: string): void {
    if (key !== EMPTY_STAGE || this.raw.things.has(EMPTY_STAGE)) return;
    this.pen.thing(EMPTY_STAGE, { _in: ROOT, _at: "stages", _order: spread(1)[0], id: EMPTY_STAGE });
  }

  /** An address of words, with own lanes by key. */
  private spoken(address: Address): Address {
    const found = this.target(address);
    if (found !== undefined && found.field?.form !== "text") throw new WrongValue(address, "words");
    return found === undefined ? address : `${found.key}/${found.path}`;
  }

  private list(address: Address): Target & { field: Field } {
    const found = this.target(address);
    if (found?.field?.form !== "list") throw new WrongValue(address, "a list");
    this.settle(found.key);
    return { ...found, field: found.field };
  }

  private put(found: Target, address: Address, value: unknown): void {
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
        this.field(key, path, none || isDefault(field, value) ? undefined : kept(this.pen, address, field, value));
    }
  }

  private putWords(key: string, path: string, value: Text | undefined): void {
    const address = `${key}/${path}`;
    const before = this.languages(address);
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
    part(this.pen, key, fields, kind, path, {});
    for (const [name, mark] of Object.entries(fields)) this.field(key, name, mark);
  }

  private fill(key: string, path: string, field: Field, items: unknown): void {
    const list = Array.isArray(items) ? items : [];
    const orders = spread(list.length);
    list.forEach((item, at) => addThing(this.pen, kindOf(field.of), key, path, orders[at] ?? "", item));
  }

  private field(key: string, path: string, value: unknown): void {
    const map = key === ROOT ? this.raw.root : this.raw.things.get(key);
    if (!(map instanceof Y.Map) || JSON.stringify(map.get(path)) === JSON.stringify(value)) return;
    if (value === undefined) map.delete(path);
    else map.set(path, value);
    this.stale(key);
  }

  private rewrite(name: string, words: string, caret?: number): void {
    const text = this.raw.text(name);
    if (!rewrite(text, words, caret)) return;
    this.raw.write(name, words);
    this.stale(cut(name)[0]);
  }

  /** Take a part or a cell away with all that is in it. */
  private clear(key: string, path: string): void {
    for (const name of new Set([path, ...this.raw.under(key, `${path}/`)])) {
      for (const child of this.raw.kids(key, name)) this.erase(child);
      for (const lang of Array.from(this.raw.words(`${key}/${name}`).keys())) this.rewrite(textName(`${key}/${name}`, lang), "");
      this.field(key, name, undefined);
    }
  }

  /** A thing with its words and all that is in it. */
  private erase(key: string): void {
    for (const name of new Set(this.raw.under(key, ""))) {
      for (const child of this.raw.kids(key, name)) this.erase(child);
      for (const lang of Array.from(this.raw.words(`${key}/${name}`).keys())) this.rewrite(textName(`${key}/${name}`, lang), "");
    }
    this.raw.things.delete(key);
    this.stale(key);
  }

  /** A fraction for a place in a list (not counting the thing that moves there). */
  private fraction(owner: string, at: string, place: Place, moving?: string): string {
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

/** A map over a document (a new, empty one if none is given). */
export function openMap(doc: Y.Doc = new Y.Doc()): LiveMap {
  return new YLiveMap(doc);
}

function isDefault(field: Field, value: unknown): boolean {
  return field.default !== undefined && field.form === "plain" && field.default === value;
}

function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (!isObject(value)) return value;
  const keyed = "$key" in value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "$key" && !(keyed && name === "id"))
      .map(([name, item]) => [name, withoutIds(item)]),
  );
}

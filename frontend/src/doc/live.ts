/** `LiveMap` over a Y.Doc. What it promises is told in `api.ts`. */

import * as Y from "yjs";

import { along, cut, kindAt, type Target, target } from "./address";
import type { Address, Change, Draft, Key, LiveMap, Note, Place, Spot } from "./api";
import { WrongValue } from "./api";
import { addThing } from "./draft";
import { Names } from "./names";
import { DocRaw, textName } from "./raw";
import { isObject, Reader } from "./read";
import { Mended } from "./repair";
import { EMPTY_STAGE, type Field, kindOf, ROOT } from "./shape";
import { filed, Snapshots } from "./snapshot";
import type { MapValue } from "./values";
import type { Json } from "./words";
import { Writer } from "./writer";

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
  private readonly writer: Writer;
  private tree: Mended | undefined;
  private now: MapValue | undefined;

  constructor(readonly doc: Y.Doc) {
    this.raw = new DocRaw(doc);
    this.reader = new Reader(this.raw);
    this.history = new Y.UndoManager(doc, { trackedOrigins: new Set([this]), captureTimeout: STEP_MS });
    this.names = new Names(() => this.mended());
    this.writer = new Writer(this.raw, this.names, (key) => this.stale(key));
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
    const [key, path] = cut(address);
    let there: unknown = this.thing(key);
    for (const step of path === "" ? [] : path.split("/")) {
      if (!isObject(there)) return undefined;
      there = there[step.startsWith("@") ? (this.mended().ids.get("lanes")?.get(step.slice(1)) ?? "") : step];
    }
    return there;
  }

  spot(key: Key): Spot | undefined {
    const kind = kindAt(this.raw, key) ?? (key === EMPTY_STAGE ? kindOf("Stage") : undefined);
    if (key === ROOT) return { kind: "Map", owner: "", list: "", index: 0 };
    const { _in: owner = ROOT, _at: at = "stages" } = this.raw.fields(key);
    const list = `${String(owner)}/${String(at)}`;
    const items = kind === undefined ? undefined : (this.at(list) as readonly { $key: string }[] | undefined);
    const index = items?.findIndex((item) => item.$key === key) ?? -1;
    return kind === undefined || index < 0 ? undefined : { kind: kind.name, owner: String(owner), list, index };
  }

  /** A thing's value, found by the lists it is in. */
  private thing(key: Key, depth = 0): unknown {
    if (key === ROOT) return this.value;
    const { _in: owner, _at: at } = this.raw.fields(key);
    if (typeof owner !== "string" || typeof at !== "string" || depth > 8) return key === EMPTY_STAGE ? this.emptyStage : undefined;
    let list: unknown = this.thing(owner, depth + 1);
    for (const step of at.split("/")) {
      if (!isObject(list)) return undefined;
      list = list[step.startsWith("@") ? (this.mended().ids.get("lanes")?.get(step.slice(1)) ?? "") : step];
    }
    return Array.isArray(list) ? (list as readonly { $key: string }[]).find((item) => item.$key === key) : undefined;
  }

  private get emptyStage(): unknown {
    return this.value.stages.find((stage) => stage.$key === EMPTY_STAGE);
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
    const [key, path] = cut(this.spoken(address));
    return this.raw.text(textName(`${key}/${path}`, this.writer.languages(key, path).length > 0 ? lang : ""));
  }

  languages(address: Address): readonly string[] {
    const there = this.at(this.spoken(address));
    return isObject(there) ? Object.keys(there) : [];
  }

  write(address: Address, lang: string, words: string, caret?: number): void {
    const found = this.target(address);
    if (found === undefined) return;
    const { key, path } = found;
    this.change(() => {
      this.writer.settle(key);
      this.writer.rewrite(textName(`${key}/${path}`, this.writer.languages(key, path).length > 0 ? lang : ""), words, caret);
    });
  }

  byLanguage(address: Address, lang: string): void {
    const spot = this.spoken(address);
    const words = this.at(spot);
    if (typeof words !== "string") return;
    this.change(() => {
      this.writer.rewrite(textName(spot, ""), "");
      this.writer.rewrite(textName(spot, lang), words);
    });
  }

  // Changes

  set(address: Address, value: unknown): void {
    const found = this.target(address);
    if (found === undefined) return;
    this.change(() => {
      this.writer.settle(found.key);
      this.writer.put(found, address, value);
    });
  }

  add(list: Address, item: Draft, place: Place = "end"): Key {
    this.newStep();
    return this.change(() => {
      const found = this.list(list);
      return addThing(this.writer, kindOf(found.field.of), found.key, found.path, this.writer.fraction(found.key, found.path, place), item);
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
      this.writer.field(key, "_order", this.writer.fraction(to.key, to.path, place, key));
      this.writer.field(key, "_in", to.key);
      this.writer.field(key, "_at", to.path);
    });
  }

  remove(key: Key): void {
    if (key === ROOT || kindAt(this.raw, key) === undefined) return;
    this.newStep();
    this.change(() => this.writer.erase(key));
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
    this.reader.forget(touched.keys);
    this.tree = this.now = undefined;
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

  /** Something of a thing changed: read it, and all it was and is in, anew, from the document, when they are next looked at. */
  private stale(key: string): void {
    this.reader.forget([key]);
    this.raw.refresh(key);
    this.reader.forget([key]);
    this.tree = this.now = undefined;
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

  /** An address of words, with own lanes by key. */
  private spoken(address: Address): Address {
    const found = this.target(address);
    if (found !== undefined && found.field?.form !== "text") throw new WrongValue(address, "words");
    return found === undefined ? address : `${found.key}/${found.path}`;
  }

  private list(address: Address): Target & { field: Field } {
    const found = this.target(address);
    if (found?.field?.form !== "list") throw new WrongValue(address, "a list");
    this.writer.settle(found.key);
    return { ...found, field: found.field };
  }
}

/** A map over a document (a new, empty one if none is given). */
export function openMap(doc: Y.Doc = new Y.Doc()): LiveMap {
  return new YLiveMap(doc);
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

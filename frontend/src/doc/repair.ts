/**
 * Any tree of things made a valid map, by rules that do not depend on who read first. Twin of `tropa.collab.repair`.
 * Nodes stay as they were read; what is mended lies over them.
 */

import type { Note, NoteCode } from "./api";
import { fits } from "./fit";
import { isNode, isRef, type Node, type Ref } from "./read";
import { EMPTY_STAGE, type Field, ID_SCHEMA, kindOf } from "./shape";

const ROOM = 58;

/** What lies over a tree: fields that say something else, things that are not shown, ids by group. */
export class Mended {
  readonly notes: Note[];
  /** The id of each key by group. */
  readonly ids = new Map<string, Map<string, string>>();
  private readonly over = new Map<Node, Map<string, unknown>>();
  private readonly gone = new Set<Node>();
  private readonly names = new Map<string, Set<string>>();

  constructor(readonly root: Node) {
    this.notes = [...root.notes];
    if (this.stages.length === 0) this.anEmptyStage();
    this.allIds();
    this.allCells(root);
    this.references(root);
    this.oneDeal();
    this.noCircles();
  }

  /** What a field says after mending. */
  value(node: Node, name: string): unknown {
    const over = this.over.get(node);
    const value = over?.has(name) === true ? over.get(name) : node.values.get(name);
    if (this.gone.size > 0 && Array.isArray(value)) return value.filter((item) => !this.gone.has(item as Node));
    return value;
  }

  get stages(): readonly Node[] {
    return (this.value(this.root, "stages") as readonly Node[] | undefined) ?? [];
  }

  private set(node: Node, name: string, value: unknown): void {
    const over = this.over.get(node) ?? new Map<string, unknown>();
    over.set(name, value);
    this.over.set(node, over);
  }

  private note(code: NoteCode, key: string, path: string, facts: Record<string, string> = {}): void {
    this.notes.push({ code, key, path, facts });
  }

  private id(node: Node): string {
    return String(this.value(node, "id"));
  }

  private anEmptyStage(): void {
    const kind = kindOf("Stage");
    const values = new Map<string, unknown>([["id", EMPTY_STAGE], ["title", ""]]);
    for (const field of kind.fields) {
      if (field.form === "list") values.set(field.name, []);
      else if (field.form === "cells") values.set(field.name, new Map());
      else if (field.default !== undefined) values.set(field.name, field.default);
    }
    this.set(this.root, "stages", [{ kind, key: EMPTY_STAGE, prefix: "", values, whole: false, notes: [] }]);
    this.note("TR-W419", EMPTY_STAGE, "");
  }

  /** What is in a thing and can need mending. */
  private *inside(node: Node): Generator<Node> {
    for (const field of node.kind.fields) {
      if (field.of === undefined || !kindOf(field.of).tied) continue;
      const value = this.value(node, field.name);
      if (isNode(value)) yield value;
      else if (value instanceof Map) yield* (value as Map<string, Node>).values();
      else if (Array.isArray(value)) yield* value as Node[];
    }
  }

  private *walk(node: Node): Generator<Node> {
    yield node;
    for (const child of this.inside(node)) yield* this.walk(child);
  }

  private allIds(): void {
    const groups = new Map<string, Node[]>();
    for (const node of this.walk(this.root)) {
      if (!node.kind.byName.has("id") || node === this.root) continue;
      if (!node.values.has("id")) {
        const id = `${node.kind.name.toLowerCase()}-${node.key}`;
        this.set(node, "id", id);
        this.note("TR-W412", node.key, "id", { id });
      }
      if (node.kind.group === undefined) continue;
      const group = groups.get(node.kind.group) ?? [];
      group.push(node);
      groups.set(node.kind.group, group);
    }
    for (const [group, nodes] of groups) {
      const taken = new Set(nodes.map((node) => this.id(node)));
      const seen = new Set<string>();
      for (const node of nodes) {
        const old = this.id(node);
        if (seen.has(old)) {
          const free = nextFree(old, taken);
          this.set(node, "id", free);
          this.note("TR-W413", node.key, "id", { old, new: free });
          taken.add(free);
        }
        seen.add(this.id(node));
      }
      this.ids.set(group, new Map(nodes.map((node) => [node.key, this.id(node)])));
      this.names.set(group, seen);
    }
  }

  private allCells(node: Node): void {
    const lanes = this.ids.get("lanes") ?? new Map<string, string>();
    for (const item of this.walk(node)) {
      for (const field of item.kind.fields) {
        const cells = field.form === "cells" ? (item.values.get(field.name) as ReadonlyMap<string, Node>) : undefined;
        if (cells !== undefined && cells.size > 0) this.set(item, field.name, this.named(item, field.name, cells, lanes));
      }
    }
  }

  private named(node: Node, path: string, cells: ReadonlyMap<string, Node>, lanes: ReadonlyMap<string, string>): Map<string, Node> {
    const out = new Map<string, Node>();
    for (const [token, cell] of cells) {
      const id = token.startsWith("@") ? lanes.get(token.slice(1)) : undefined;
      if (id !== undefined) out.set(id, cell);
    }
    const byKey = new Set(out.keys());
    for (const [token, cell] of cells) {
      if (token.startsWith("@")) {
        if (!lanes.has(token.slice(1))) this.note("TR-W414", node.key, `${path}/${token}`, { name: token });
      } else if (byKey.has(token) || !fits(token, ID_SCHEMA)) this.note("TR-W421", node.key, `${path}/${token}`, { name: token });
      else out.set(token, cell);
    }
    return out;
  }

  private references(node: Node, listed = false): void {
    for (const field of node.kind.fields) {
      if (field.of === undefined || !kindOf(field.of).tied) continue;
      const value = this.value(node, field.name);
      if (Array.isArray(value)) for (const child of value as Node[]) this.references(child, true);
      else if (isNode(value)) this.references(value);
      else if (value instanceof Map) for (const part of (value as Map<string, Node>).values()) this.references(part);
    }
    for (const field of node.kind.fields) {
      const value = node.values.get(field.name);
      if (field.form === "refs" && value !== undefined) this.many(node, field, value as readonly Ref[]);
      else if (isRef(value)) {
        const name = this.resolved(field, value);
        if (name !== undefined) this.set(node, field.name, name);
        else if (this.lost(node, field, value, listed)) return;
      }
    }
  }

  private many(node: Node, field: Field, refs: readonly Ref[]): void {
    const found: string[] = [];
    for (const ref of refs) {
      const name = this.resolved(field, ref);
      if (name !== undefined) found.push(name);
      else this.note("TR-W414", node.key, node.prefix + field.name, { name: ref.name || (ref.key ?? "") });
    }
    this.set(node, field.name, found.length > 0 || refs.length === 0 ? found : undefined);
  }

  private resolved(field: Field, ref: Ref): string | undefined {
    if (ref.key !== undefined) return this.ids.get(field.to ?? "")?.get(ref.key);
    return field.strict !== true || this.names.get(field.to ?? "")?.has(ref.name) === true ? ref.name : undefined;
  }

  private lost(node: Node, field: Field, ref: Ref, listed: boolean): boolean {
    const path = node.prefix + field.name;
    const name = ref.name || (ref.key ?? "");
    if (field.lost === "drop-owner" && listed) {
      this.gone.add(node);
      this.note("TR-W415", node.key, path, { name });
      return true;
    }
    const first = this.stages[0];
    if (field.lost === "first" && first !== undefined) {
      const stage = this.id(first);
      this.set(node, field.name, stage);
      this.note("TR-W416", node.key, path, { name, stage });
    } else {
      this.set(node, field.name, undefined);
      this.note("TR-W414", node.key, path, { name });
    }
    return false;
  }

  private oneDeal(): void {
    const [first, ...others] = this.stages.filter((stage) => stage.values.has("deal"));
    for (const stage of others) {
      this.set(stage, "deal", undefined);
      this.note("TR-W417", stage.key, "deal", { first: first === undefined ? "" : this.id(first), second: this.id(stage) });
    }
  }

  private noCircles(): void {
    for (const stage of this.stages) {
      const after = this.value(stage, "after") as readonly string[] | undefined;
      if (after === undefined || after.length === 0) continue;
      const own = this.id(stage);
      const kept = after.filter((name) => name !== own && !this.comesAfter(name, own));
      if (kept.length === after.length) continue;
      this.set(stage, "after", kept);
      this.note("TR-W418", stage.key, "after", { names: after.filter((name) => !kept.includes(name)).join(", ") });
    }
  }

  private comesAfter(name: string, goal: string): boolean {
    const before = new Map<string, readonly string[]>();
    let previous: readonly string[] = [];
    for (const stage of this.stages) {
      before.set(this.id(stage), (this.value(stage, "after") as readonly string[] | undefined) ?? previous);
      previous = [this.id(stage)];
    }
    const seen = new Set<string>();
    const wave = [name];
    for (let near = wave.pop(); near !== undefined; near = wave.pop()) {
      if (seen.has(near)) continue;
      seen.add(near);
      wave.push(...(before.get(near) ?? []));
    }
    return seen.has(goal);
  }
}

function nextFree(name: string, taken: ReadonlySet<string>): string {
  const stem = Array.from(name.replace(/-[0-9]+$/, "")).slice(0, ROOM).join("") || Array.from(name).slice(0, ROOM).join("");
  let number = 2;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

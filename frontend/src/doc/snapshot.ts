/** From the mended tree to the plain, frozen values that the editor sees, and to what a file would say. */

import { isNode, isObject, type Node } from "./read";
import type { Mended } from "./repair";
import { type Field, type Kind, kindOf } from "./shape";
import type { Json } from "./words";

type Plain = Record<string, unknown>;

/** Makes snapshots of one document; what says the same as in the last one is the same object. */
export class Snapshots {
  private last: unknown;
  /** What was made of things, and of lists of things, that nothing can mend: good for as long as they are not read anew. */
  private readonly untied = new WeakMap<object, unknown>();

  /** The whole map. */
  make(tree: Mended): unknown {
    this.last = this.node(tree, tree.root, this.last);
    return this.last;
  }

  private node(tree: Mended, node: Node, before: unknown): unknown {
    const { tied, opaque, fields } = node.kind;
    const known = tied ? undefined : this.untied.get(node);
    if (known !== undefined) return known;
    const out: Plain = node.prefix === "" ? { $key: node.key } : {};
    const old = isObject(before) ? before : {};
    if (opaque === true) {
      const value = node.values.get("value");
      if (isObject(value)) Object.assign(out, value);
      else out["value"] = value;
    } else {
      for (const field of fields) {
        const value = this.field(tree, field, tree.value(node, field.name), old[field.name]);
        if (value !== undefined) out[field.name] = value;
      }
    }
    const made = shared(old, out);
    if (!tied) this.untied.set(node, made);
    return made;
  }

  private field(tree: Mended, field: Field, value: unknown, before: unknown): unknown {
    switch (field.form) {
      case "list":
        return this.list(tree, kindOf(field.of).tied, value as readonly Node[], before);
      case "part":
        return isNode(value) ? this.node(tree, value, before) : undefined;
      case "cells": {
        const old = isObject(before) ? before : {};
        const cells = Array.from((value as ReadonlyMap<string, Node> | undefined) ?? [], ([lane, cell]) => [lane, this.node(tree, cell, old[lane])]);
        return shared(before, Object.fromEntries(cells));
      }
      case "refs":
      case "text":
        return value === undefined ? undefined : shared(before, value);
      default:
        return value;
    }
  }

  private list(tree: Mended, tied: boolean, nodes: readonly Node[], before: unknown): unknown {
    const known = tied ? undefined : this.untied.get(nodes);
    if (known !== undefined) return known;
    const old = Array.isArray(before) ? (before as readonly { $key: string }[]) : [];
    let byKey: Map<string, unknown> | undefined;
    const made = shared(
      old,
      nodes.map((node, at) => {
        if (old[at]?.$key === node.key) return this.node(tree, node, old[at]);
        byKey ??= new Map(old.map((item) => [item.$key, item]));
        return this.node(tree, node, byKey.get(node.key));
      }),
    );
    if (!tied) this.untied.set(nodes, made);
    return made;
  }
}

/** What was made, or what was there before if that says the same. */
function shared(before: unknown, made: unknown): unknown {
  if (alike(before, made)) return before;
  return typeof made === "object" ? Object.freeze(made) : made;
}

/** Equal one level deep: what is inside was shared before. */
function alike(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  const others = Object.keys(other);
  return names.length === others.length && names.every((name, at) => others[at] === name && (one as Plain)[name] === (other as Plain)[name]);
}

/** A thing as a file says it: defaults left out, bare where it says no more than that. */
export function filed(tree: Mended, node: Node): Json {
  if (node.kind.opaque === true) return node.values.get("value") as Json;
  const out: Record<string, Json> = {};
  for (const field of node.kind.fields) {
    const value = filedField(tree, field, tree.value(node, field.name));
    if (value !== undefined) out[field.name] = value;
  }
  return folded(node.kind, node.whole, out);
}

function filedField(tree: Mended, field: Field, value: unknown): Json | undefined {
  if (value === undefined) return undefined;
  if (isNode(value)) {
    const part = filed(tree, value);
    return field.required === true && isObject(part) && Object.keys(part).length === 0 ? undefined : part;
  }
  if (field.form === "list") {
    const items = (value as readonly Node[]).map((node) => filed(tree, node));
    return items.length > 0 ? items : undefined;
  }
  if (field.form === "cells") {
    const cells = Array.from(value as ReadonlyMap<string, Node>, ([lane, cell]): [string, Json] => [lane, filed(tree, cell)]);
    return cells.length > 0 ? Object.fromEntries(cells) : undefined;
  }
  return field.required !== true && field.default !== undefined && same(value, field.default) ? undefined : (value as Json);
}

function folded(kind: Kind, whole: boolean, body: Record<string, Json>): Json {
  if (kind.collapse === "value") return body["value"] ?? "";
  const text = body["text"];
  const bare = !whole && text !== undefined && Object.keys(body).length === 1;
  return bare && (kind.collapse === "text" || (kind.collapse === "string" && typeof text === "string")) ? text : body;
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

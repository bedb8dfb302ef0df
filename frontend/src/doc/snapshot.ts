/** From the mended tree to the plain, frozen values that the editor sees, and to what a file would say. */

import { isNode, isObject, type Node } from "./read";
import type { Mended } from "./repair";
import { type Field, type Kind, ROOT } from "./shape";
import type { Json } from "./words";
import type { Spot } from "./api";

type Plain = Record<string, unknown>;

/** Makes snapshots of one document; what says the same as in the last one is the same object. */
export class Snapshots {
  private last = new Map<string, unknown>();
  private next = new Map<string, unknown>();
  private fresh = new Map<string, Spot>();
  private readonly untied = new WeakMap<Node, unknown>();
  /** Where each thing stands, by key. */
  spots: ReadonlyMap<string, Spot> = new Map();

  /** The whole map. */
  make(tree: Mended): unknown {
    this.next = new Map();
    this.fresh = new Map([[ROOT, { kind: "Map", owner: "", list: "", index: 0 }]]);
    const value = this.node(tree, tree.root);
    this.last = this.next;
    this.spots = this.fresh;
    return value;
  }

  /** What stands at the address of a thing, a part or a list. */
  at(address: string): unknown {
    return this.last.get(address);
  }

  private node(tree: Mended, node: Node): unknown {
    const out: Plain = node.prefix === "" ? { $key: node.key } : {};
    if (node.kind.opaque === true) {
      const value = node.values.get("value");
      return this.share(node.key, isObject(value) ? { ...out, ...value } : { ...out, value });
    }
    for (const field of node.kind.fields) {
      const value = this.field(tree, node, field, tree.value(node, field.name));
      if (value !== undefined) out[field.name] = value;
    }
    return this.share(node.prefix === "" ? node.key : `${node.key}/${node.prefix.slice(0, -1)}`, out);
  }

  private field(tree: Mended, node: Node, field: Field, value: unknown): unknown {
    const address = `${node.key}/${node.prefix}${field.name}`;
    switch (field.form) {
      case "list":
        return this.list(tree, address, node.key, (value as readonly Node[] | undefined) ?? []);
      case "part":
        return isNode(value) ? this.node(tree, value) : undefined;
      case "cells":
        return this.share(address, this.cells(tree, value as ReadonlyMap<string, Node> | undefined));
      case "refs":
      case "text":
        return value === undefined ? undefined : this.share(address, value);
      default:
        return value;
    }
  }

  private list(tree: Mended, address: string, owner: string, nodes: readonly Node[]): unknown {
    return this.share(
      address,
      nodes.map((node, index) => {
        this.fresh.set(node.key, { kind: node.kind.name, owner, list: address, index });
        return this.thing(tree, node);
      }),
    );
  }

  /** A thing that nothing can mend is made once for as long as it is not read anew. */
  private thing(tree: Mended, node: Node): unknown {
    if (node.kind.tied) return this.node(tree, node);
    const known = this.untied.get(node);
    if (known !== undefined) {
      this.keep(tree, node, known);
      return known;
    }
    const made = this.node(tree, node);
    this.untied.set(node, made);
    return made;
  }

  /** Take over what was made of a thing, with the addresses inside it. */
  private keep(tree: Mended, node: Node, value: unknown): void {
    this.next.set(node.key, value);
    for (const field of node.kind.fields) {
      const inner = node.values.get(field.name);
      const address = `${node.key}/${node.prefix}${field.name}`;
      if (field.form === "list") {
        const list = (value as Plain)[field.name];
        this.next.set(address, list);
        (inner as readonly Node[]).forEach((child, index) => {
          this.fresh.set(child.key, { kind: child.kind.name, owner: node.key, list: address, index });
          this.keep(tree, child, (list as unknown[])[index]);
        });
      } else if (field.form === "text" && inner !== undefined) this.next.set(address, (value as Plain)[field.name]);
    }
  }

  private cells(tree: Mended, cells: ReadonlyMap<string, Node> | undefined): Plain {
    const out: Plain = {};
    for (const [lane, cell] of cells ?? []) out[lane] = this.node(tree, cell);
    return out;
  }

  private share(address: string, made: unknown): unknown {
    const before = this.last.get(address);
    const value = alike(before, made) ? before : typeof made === "object" ? Object.freeze(made) : made;
    this.next.set(address, value);
    return value;
  }
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

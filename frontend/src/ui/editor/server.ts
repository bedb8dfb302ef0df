// What the editor asks the server: one function for each question, so that no component knows an address.
import { api, ok } from "../../api/client";
import type { components } from "../../api/schema";
import type { Said } from "../../doc";
import { linesOf } from "../breaks/price";
import type { Readings } from "./logic/readings";

type Schemas = components["schemas"];
export type State = Schemas["EvidenceState"];
export type Sitting = Schemas["SittingReply"];
export type Version = Schemas["VersionReply"];
export type Named = Schemas["MentionableReply"];

/** Over whom and when the trail is asked. */
export interface Filter {
  readonly segment: string | null;
  readonly channel: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** What was known on this day, not now. */
  readonly as_of: string | null;
  /** A rule over customers. */
  readonly where: string | null;
}

export const NO_FILTER: Filter = { segment: null, channel: null, from: null, to: null, as_of: null, where: null };

export interface ReadingsReply {
  readonly entered: boolean;
  readonly readings: Readings | null;
  /** What figures as of a day rest on. */
  readonly memory: Schemas["MemoryReply"] | null;
}

const of = (map: string) => ({ map_id: map });

function query(filter: Filter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== null));
}

export async function readings(map: string, filter: Filter, breaks: boolean, signal?: AbortSignal): Promise<ReadingsReply> {
  const reply = await ok(api.GET("/api/v1/maps/{map_id}/readings", { params: { path: of(map), query: { ...query(filter), breaks } }, ...(signal ? { signal } : {}) }));
  return { memory: reply.memory, entered: reply.entered, readings: reply.readings as unknown as Readings | null };
}

export async function standing(map: string): Promise<Readonly<Record<string, State>>> {
  return (await ok(api.GET("/api/v1/maps/{map_id}/standing", { params: { path: of(map) } }))).states;
}

/** When the data was last complete; null before the first import. */
export async function completeUntil(): Promise<string | null> {
  const reply = await ok(api.GET("/api/v1/freshness"));
  return reply.sources.map((source) => source.complete_until).sort()[0] ?? null;
}

// ---- the discussion

export interface Thread {
  readonly id: string;
  readonly address: string;
  readonly resolved: boolean;
  readonly resolvedBy: string | null;
  readonly comments: readonly Said[];
}

export async function comment(map: string, text: string, address: string, thread: string | null, mentions: readonly string[]): Promise<void> {
  await ok(api.POST("/api/v1/maps/{map_id}/comments", { params: { path: of(map) }, body: { text, address, thread, mentions: [...mentions] } }));
}

export async function changeComment(map: string, id: string, change: { text?: string; resolved?: boolean }): Promise<void> {
  await ok(api.PATCH("/api/v1/maps/{map_id}/comments/{comment_id}", { params: { path: { ...of(map), comment_id: id } }, body: change }));
}

export async function removeComment(map: string, id: string): Promise<void> {
  await ok(api.DELETE("/api/v1/maps/{map_id}/comments/{comment_id}", { params: { path: { ...of(map), comment_id: id } } }));
}

export function mentionable(map: string): Promise<Named[]> {
  return ok(api.GET("/api/v1/maps/{map_id}/mentionable", { params: { path: of(map) } }));
}

// ---- history, plan, files

export async function sittings(map: string, before: number | null, limit = 30): Promise<{ items: Sitting[]; next: number | null }> {
  return ok(api.GET("/api/v1/maps/{map_id}/history", { params: { path: of(map), query: { limit, ...(before === null ? {} : { before }) } } }));
}

export function versions(map: string): Promise<Version[]> {
  return ok(api.GET("/api/v1/maps/{map_id}/versions", { params: { path: of(map) } }));
}

/** The map as it was after an update. */
export async function mapAt(map: string, seq: number): Promise<Schemas["MapValue"]> {
  return ok(api.GET("/api/v1/maps/{map_id}/at/{seq}", { params: { path: { ...of(map), seq } } }));
}

/** From a pain or a break to an improvement; answers its id. */
export async function improve(map: string, cause: { pain: string } | { stage: string; kind: "exit" | "loop" }): Promise<string> {
  const body = "pain" in cause ? { pain: cause.pain, kind: "exit" as const } : cause;
  return (await ok(api.POST("/api/v1/maps/{map_id}/improvements", { params: { path: of(map) }, body }))).id;
}

/** Puts a file up beside the map; answers what the map says of it. */
export async function putFile(map: string, file: File): Promise<string> {
  const form = new FormData();
  form.append("file", file);
  const reply = await ok(
    api.POST("/api/v1/maps/{map_id}/files", { params: { path: of(map) }, body: form as never, bodySerializer: (body: unknown) => body as FormData }),
  );
  return reply.url;
}

/** Where a file of the map's own is kept; an address of the web stays itself. Anything else is no address of a picture. */
export function addressOfFile(name: string): string | undefined {
  return /^(https:\/\/|\/api\/v1\/files\/)/.test(name) ? name : undefined;
}

/** A picture that can be shown: the map's own. One of the web is led to, never loaded from there (the page's policy forbids it, and it would tell the other side who looks). */
export function shownPicture(name: string | undefined): string | undefined {
  return name?.startsWith("/api/v1/files/") ? name : undefined;
}

export async function otherMaps(): Promise<Schemas["MapCard"][]> {
  return (await ok(api.GET("/api/v1/maps", { params: { query: { limit: 200 } } }))).items;
}

/** One reason: in words, and in what share of those who left and of those who went on it is met. */
export interface Reason {
  readonly words: string;
  readonly left: number;
  readonly on: number;
  /** Words of those who left and had met it. */
  readonly said: readonly string[];
}

export interface Reasons {
  readonly rows: readonly Reason[];
  /** On whom it rests, how many were tried, or why there is no answer: in words. */
  readonly notes: readonly string[];
  readonly quotes: readonly string[];
}

/** Why customers leave at a break: the measure `reasons`, the same that its own page shows. */
export async function reasons(map: string, stage: string, kind: "exit" | "loop", filter: Filter): Promise<Reasons> {
  const body = { params: { break: `${stage}/${kind}`, rows: 8 }, ...query(filter) };
  const reply = await ok(api.POST("/api/v1/maps/{map_id}/measures/{measure_id}", { params: { path: { ...of(map), measure_id: "reasons" } }, body }));
  const at = (id: string): number => reply.columns.findIndex((column) => column.id === id);
  const rows = reply.rows.map((row) => {
    const name = String(row[at("reason")]);
    const words = reply.labels[`${name}|${String(row[at("having")])}`] ?? reply.labels[name] ?? name;
    return { words, left: Number(row[at("left_share")]), on: Number(row[at("on_share")]), said: linesOf(row[at("words")]) };
  });
  return { rows, notes: [...(reply.cannot_tell ? [reply.cannot_tell] : []), ...reply.notes], quotes: reply.quotes };
}

// ---- pictures

/** What is drawn on one page. */
export type Drawn = "infographic" | "buyer";

/** The server's drawing of the map as SVG text. */
export async function picture(map: string, view: Drawn, wish: { theme: "light" | "dark"; personas: boolean }): Promise<string> {
  const reply = await ok(
    api.GET("/api/v1/maps/{map_id}/picture.{form}", { params: { path: { ...of(map), form: "svg" }, query: { view, page: "a3", ...wish } }, parseAs: "text" }),
  );
  return String(reply);
}

export function pictureAddress(map: string, view: Drawn, form: string, personas: boolean): string {
  return `/api/v1/maps/${encodeURIComponent(map)}/picture.${form}?view=${view}&page=a3&personas=${personas}&download=true`;
}

/** A drawing as a node of this page: its own style sheet (fonts the page has anyway) and whatever could run or load are left out. */
export function safeDrawing(text: string): Element {
  const bare = text.replace(/<style[\s\S]*?<\/style>/g, "").replace(/ style="/g, ' data-style="');
  const drawing = new DOMParser().parseFromString(bare, "image/svg+xml").documentElement;
  if (drawing.nodeName !== "svg") throw new Error("not a drawing");
  for (const one of drawing.querySelectorAll("script, foreignObject, iframe, object, embed, animate, set")) one.remove();
  for (const one of [drawing, ...drawing.querySelectorAll("*")]) {
    for (const { name, value } of [...one.attributes]) {
      if (name.startsWith("on") || (/href$/i.test(name) && !/^(#|https?:|data:image\/)/.test(value))) one.removeAttribute(name);
    }
    const style = one.getAttribute("data-style");
    if (style === null) continue;
    one.removeAttribute("data-style");
    for (const rule of style.split(";")) {
      const [name, value] = rule.split(":");
      if (name && value) (one as SVGElement).style.setProperty(name.trim(), value.trim());
    }
  }
  return drawing;
}

// The only way to the server (beside the room's socket and streams of progress). Refusals are thrown as `ApiProblem`.
import createClient, { type Middleware } from "openapi-fetch";

import { ApiProblem, OFFLINE, problemOf } from "./problem";
import type { paths } from "./schema";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
let whenSignedOut: () => void = () => undefined;
let prove: () => Promise<boolean> = () => Promise.resolve(false);
/** Copies of requests that may have to be made again; their bodies can be read once only. */
const spares = new WeakMap<Request, Request>();

/** What happens when the server no longer knows us (the login ended elsewhere or ran out). */
export function onSignedOut(act: () => void): void {
  whenSignedOut = act;
}

/** How somebody is asked to show again who they are, before a grave act (TR-W152); true: they did. */
export function onProof(act: () => Promise<boolean>): void {
  prove = act;
}

/** The token that proves that a request comes from this page and not from another site. */
export function csrf(): string {
  return /(?:^|;\s*)(?:__Host-)?tropa_csrf=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

/** What every unsafe request carries; for the few that do not go through `api` (uploads with progress). */
export function carried(method: string): Record<string, string> {
  return SAFE.has(method.toUpperCase()) ? {} : { "X-CSRF-Token": csrf() };
}

const ours: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(carried(request.method))) request.headers.set(name, value);
    if (!SAFE.has(request.method) && !request.headers.get("content-type")?.startsWith("multipart/")) spares.set(request, request.clone());
    return request;
  },
  async onResponse({ request, response, schemaPath }) {
    if (response.ok) return undefined;
    const problem = await problemOf(response);
    const spare = spares.get(request);
    if (problem.code === "TR-W152" && spare !== undefined && (await prove())) {
      const again = await globalThis.fetch(spare);
      if (again.ok) return again;
      throw await problemOf(again);
    }
    if (problem.status === 401 && !/\/(me|login|setup|shared)\b/.test(schemaPath)) whenSignedOut();
    throw problem;
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    return new ApiProblem({ title: "offline", status: 0, code: OFFLINE });
  },
};

export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? "", fetch: (request) => globalThis.fetch(request) });
api.use(ours);

type Method = "get" | "post" | "put" | "patch" | "delete";
type Bodies<Responses> = {
  [Status in keyof Responses & (200 | 201)]: Responses[Status] extends { content: { "application/json": infer Body } } ? Body : never;
}[keyof Responses & (200 | 201)];

/** What a door answers: `Answer<"/api/v1/people">`, `Answer<"/api/v1/tokens", "post">`. */
export type Answer<P extends keyof paths, M extends Method = "get"> = paths[P] extends Record<M, { responses: infer Responses }> ? Bodies<Responses> : never;

/** The body of an answer: `await ok(api.GET("/api/v1/me"))`. Throws `ApiProblem`. */
export async function ok<Body>(asked: Promise<{ data?: Body; error?: unknown; response: Response }>): Promise<Body> {
  const { data, error } = await asked;
  if (error !== undefined) throw error;
  return data as Body;
}

// What the server says when it refuses (problem+json, RFC 9457), as an error one can catch and show.

/** The body of a refusal, in the reader's language already. */
export interface ProblemBody {
  title: string;
  status: number;
  code: string;
  fix?: string | null;
  where?: string | null;
  also?: { title?: unknown }[];
}

/** The server could not be reached at all. */
export const OFFLINE = "TR-W801";
/** A fault of the page itself. */
export const FAULT = "TR-W802";

export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fix: string | undefined;
  readonly where: string | undefined;
  readonly also: readonly string[];

  constructor(body: ProblemBody) {
    super(body.title);
    this.name = "ApiProblem";
    this.status = body.status;
    this.code = body.code;
    this.fix = body.fix ?? undefined;
    this.where = body.where ?? undefined;
    this.also = (body.also ?? []).map((one) => String(one.title ?? "")).filter(Boolean);
  }
}

/** Makes the problem of a refused response; an answer that is not ours (a proxy's page) becomes one by its status. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  if (response.headers.get("content-type")?.includes("json")) {
    const body = (await response.json()) as Partial<ProblemBody>;
    if (typeof body.title === "string" && typeof body.code === "string")
      return new ApiProblem({ ...body, title: body.title, code: body.code, status: response.status });
  }
  return new ApiProblem({ title: response.statusText || `HTTP ${response.status}`, status: response.status, code: `HTTP-${response.status}` });
}

export interface Told {
  title: string;
  fix: string | undefined;
  code: string;
  where: string | undefined;
  also: readonly string[];
}

/** Any error as something to show. Nothing for one that was given up on purpose. */
export function told(error: unknown, say: (id: string) => string): Told | undefined {
  if (error === undefined || error === null || (error instanceof DOMException && error.name === "AbortError")) return undefined;
  if (error instanceof ApiProblem) {
    if (error.code === OFFLINE) return { title: say("web-offline"), fix: say("web-offline.fix"), code: OFFLINE, where: undefined, also: [] };
    return { title: error.message, fix: error.fix, code: error.code, where: error.where, also: error.also };
  }
  console.error(error);
  return { title: say("web-fault"), fix: say("web-fault.fix"), code: FAULT, where: String(error), also: [] };
}

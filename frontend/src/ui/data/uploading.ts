// Bringing files to the server with progress, and following long work: the two that do not go through the API client.
import { carried } from "../../api/client";
import { ApiProblem, OFFLINE, problemOf } from "../../api/problem";
import type { components } from "../../api/schema";

export type Upload = components["schemas"]["UploadReply"];
export type Job = components["schemas"]["JobReply"];

/** Sends one file; `told` hears the share that has gone. Throws `ApiProblem`. */
export function sendFile(file: File, told: (share: number) => void): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/data/uploads");
    for (const [name, value] of Object.entries(carried("POST"))) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total);
    request.onerror = () => reject(new ApiProblem({ title: "offline", status: 0, code: OFFLINE }));
    request.onload = () => {
      const type = request.getResponseHeader("content-type") ?? "";
      const answer = new Response(request.status === 204 ? null : request.responseText, { status: request.status, headers: { "content-type": type } });
      if (answer.ok) void answer.json().then((body) => resolve(body as Upload), reject);
      else void problemOf(answer).then(reject, reject);
    };
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
}

/** Hears of a job each time it changes, until it is over. Returns how to stop. */
export function followJob(id: string, heard: (job: Job) => void): () => void {
  const source = new EventSource(`/api/v1/jobs/${encodeURIComponent(id)}/stream`);
  source.addEventListener("job", (event) => {
    const job = JSON.parse((event as MessageEvent<string>).data) as Job;
    heard(job);
    if (job.over) source.close();
  });
  return () => source.close();
}

export interface Reason {
  code: string;
  rows: number;
  message: string;
}

/** What became of one file. */
export interface Outcome {
  file: string;
  source: string;
  import_id: string;
  accepted: number;
  duplicates: number;
  quarantined: number;
  reasons: Reason[];
  notes: string[];
}

export function outcomesOf(job: Pick<Job, "outcome">): Outcome[] {
  return Array.isArray(job.outcome) ? (job.outcome as Outcome[]) : [];
}

/** Columns that hold times: each may be in a zone of its own. */
export function timeColumns(upload: Pick<Upload, "columns">): string[] {
  return upload.columns.filter(({ role }) => role === "time" || role === "event_time").map(({ column }) => column);
}

/** Rates as the lines that people type: a day, a currency, what one unit of it is worth. */
export function ratesText(rates: readonly { day: string; currency: string; rate: number }[]): string {
  return rates.map(({ day, currency, rate }) => `${day}; ${currency}; ${rate}`).join("\n");
}

const UNITS = ["B", "kB", "MB", "GB"] as const;

/** A file's size in the unit that fits: 1234567 → [1.2, "MB"]. */
export function sizeOf(bytes: number): [number, (typeof UNITS)[number]] {
  const step = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return [value >= 10 || step === 0 ? Math.round(value) : Math.round(value * 10) / 10, UNITS[step]!];
}

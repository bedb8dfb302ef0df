// Short news at the foot of the page: `toast("Saved")`, `fail(error)`.
import { told } from "../../api/problem";
import { say } from "../../words/words.svelte";

export interface Toast {
  id: number;
  text: string;
  more?: string | undefined;
  kind: "news" | "problem";
  action?: { label: string; act: () => void } | undefined;
}

let shown = $state<Toast[]>([]);
let last = 0;

export function toasts(): readonly Toast[] {
  return shown;
}

export function dismiss(id: number): void {
  shown = shown.filter((toast) => toast.id !== id);
}

/** Says something for a while (longer where it can be acted on; problems stay until they are sent away). */
export function toast(text: string, { more, kind = "news", action }: Partial<Omit<Toast, "id" | "text">> = {}): number {
  const id = ++last;
  shown = [...shown.slice(-3), { id, text, more, kind, action }];
  if (kind === "news") setTimeout(() => dismiss(id), action ? 10_000 : 5_000);
  return id;
}

/** Tells of a failure in the server's own words. */
export function fail(error: unknown): void {
  const problem = told(error, say);
  if (problem) toast(problem.title, { more: [problem.fix, problem.code].filter(Boolean).join(" · "), kind: "problem" });
}

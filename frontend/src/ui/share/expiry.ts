// How long a link or a token is good.

export const TERMS = ["day", "week", "month", "quarter", "ever"] as const;
export type Term = (typeof TERMS)[number];
const DAYS: Record<Exclude<Term, "ever">, number> = { day: 1, week: 7, month: 30, quarter: 90 };

/** The instant at which a term that begins now ends; null: never. */
export function endOf(term: Term, now: Date = new Date()): string | null {
  return term === "ever" ? null : new Date(now.getTime() + DAYS[term] * 86_400_000).toISOString();
}

// A measure's parameters between its declaration, the address and the question: pure.
import type { components } from "../../api/schema";

export type Measure = components["schemas"]["MeasureReply"];
export type Parameter = components["schemas"]["ParameterReply"];
export type Asked = string | number | boolean | string[];

/** Parts of the address that are no parameters. */
const OTHERS = new Set(["segment", "channel", "from", "to", "where", "as_of", "scope", "lang", "theme", "download"]);

/** What the address says of the parameters; whatever a measure does not have, or cannot be, is left out. */
export function paramsOf(measure: Pick<Measure, "parameters">, query: URLSearchParams): Record<string, Asked> {
  const found: Record<string, Asked> = {};
  for (const one of measure.parameters) {
    if (OTHERS.has(one.id)) continue;
    const value = read(one, query.get(one.id));
    if (value !== undefined) found[one.id] = value;
  }
  return found;
}

function read(one: Parameter, given: string | null): Asked | undefined {
  if (given === null || given === "") return undefined;
  switch (one.kind) {
    case "number": {
      const number = Number(given);
      return Number.isFinite(number) ? within(one, number) : undefined;
    }
    case "flag":
      return given === "true";
    case "choice":
      return one.choices.some((choice) => choice.id === given) ? given : undefined;
    case "states":
      return given.split(",").filter(Boolean);
    default:
      return given;
  }
}

/** A number within what the measure takes. */
export function within(one: Pick<Parameter, "least" | "most">, number: number): number {
  return Math.min(one.most ?? Infinity, Math.max(one.least ?? -Infinity, number));
}

/** The value as the address keeps it; undefined where it is the default, which the address need not say. */
export function written(one: Parameter, value: Asked | undefined): string | undefined {
  if (value === undefined || value === "" || (Array.isArray(value) && !value.length) || value === one.default) return undefined;
  return Array.isArray(value) ? value.join(",") : String(value);
}

/** What a control shows: what was asked with, else the default. */
export function shown(one: Parameter, asked: Record<string, Asked>): Asked | undefined {
  return asked[one.id] ?? one.default ?? undefined;
}

/** A duration as people set it: a number of days ("7d") or hours ("24h"). */
export function duration(text: string): { n: number; unit: "d" | "h" } {
  const parts = /^(\d+(?:\.\d+)?)([dh])$/.exec(text);
  return parts ? { n: Number(parts[1]), unit: parts[2] as "d" | "h" } : { n: 0, unit: "d" };
}

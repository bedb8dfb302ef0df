/** Plain values of the document against their small schemas. Twin of `tropa.collab.values`. */

import type { Schema } from "./shape";

const MOST_SECONDS = 315_360_000_000;
const SPANS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isLanguage(value: unknown): value is string {
  return typeof value === "string" && /^[a-z]{2}$/.test(value);
}

/** Whether a plain value is what the schema wants. */
export function fits(value: unknown, schema: Schema): boolean {
  switch (schema.type) {
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return typeof value === "number" && Number.isInteger(value) && within(value, schema);
    case "number":
      return typeof value === "number" && within(value, schema);
    case "array":
      return Array.isArray(value) && value.length === schema.count && value.every((item) => fits(item, schema.items ?? {}));
    default:
      return typeof value === "string" && spelled(value, schema);
  }
}

function within(value: number, schema: Schema): boolean {
  return (
    Number.isFinite(value) &&
    value >= (schema.minimum ?? value) &&
    value <= (schema.maximum ?? value) &&
    (schema.exclusiveMinimum === undefined || value > schema.exclusiveMinimum) &&
    (schema.exclusiveMaximum === undefined || value < schema.exclusiveMaximum)
  );
}

function spelled(value: string, schema: Schema): boolean {
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  if (schema.format === "date") return isDay(value);
  if (schema.pattern !== undefined && !matcher(schema.pattern).test(value)) return false;
  return schema.format !== "duration" || seconds(value) <= MOST_SECONDS;
}

function isDay(value: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const most = month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
  return year >= 1 && day >= 1 && day <= most;
}

function seconds(value: string): number {
  let sum = 0;
  for (const [, number, unit] of value.matchAll(/(\p{Nd}+(?:\.\p{Nd}+)?)\s*([smhdw])/gu)) sum += Number(number) * (SPANS[unit ?? ""] ?? 0);
  return Number.isNaN(sum) ? 0 : sum;
}

const matchers = new Map<string, RegExp>();

/** A pattern as the engine behind the models reads it: its words and digits are those of every alphabet. */
function matcher(pattern: string): RegExp {
  let found = matchers.get(pattern);
  if (found === undefined) {
    const word = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}";
    const spelledOut = pattern.replaceAll(/\[((?:[^\]\\]|\\.)*)\]/g, (_, inside: string) => `[${inside.replaceAll("\\w", word).replaceAll(".-", ".\\-")}]`);
    found = new RegExp(spelledOut.replaceAll(/\\d/g, "\\p{Nd}"), "u");
    matchers.set(pattern, found);
  }
  return found;
}

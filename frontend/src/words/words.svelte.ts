// The catalogues of src/tropa/words, the same files that Python reads, and figures written the same way. A language is loaded when it is first spoken.
import { FluentBundle, FluentNumber, FluentResource, type Scope, type FluentVariable } from "@fluent/bundle";

import * as numbers from "./numbers";
import type { Language, When } from "./numbers";

export { clockThere, dayThere } from "./numbers";
export type { Language, When } from "./numbers";

const CATALOGUES: Record<Language, () => Promise<{ default: string }>> = {
  ru: () => import("./ru"),
  en: () => import("./en"),
};

/** A number that chooses the plural and is written our way (thin spaces, true minus). */
class OurNumber extends FluentNumber {
  override toString(_scope?: Scope): string {
    return Number.isInteger(this.value) ? numbers.integer(this.value, language) : numbers.decimal(this.value, language);
  }
}

export type Fact = string | number | boolean | Date | null | undefined;

let bundle = $state.raw<FluentBundle>();
let language = $state<Language>("en");

/** The language that is spoken now. */
export function spoken(): Language {
  return language;
}

/** The language of the last choice on this device, else what the browser prefers. */
function preferred(): Language {
  const kept = /(?:^|;\s*)tropa_lang=(ru|en)/.exec(document.cookie)?.[1];
  return (kept ?? (navigator.language.toLowerCase().startsWith("ru") ? "ru" : "en")) as Language;
}

export async function startWords(): Promise<void> {
  await speak(preferred());
}

/** Switches the whole interface; the server answers in the same language from then on (cookie). */
export async function speak(next: Language): Promise<void> {
  const made = new FluentBundle(next, { useIsolating: false });
  made.addResource(new FluentResource((await CATALOGUES[next]()).default));
  bundle = made;
  language = next;
  document.documentElement.lang = next;
  document.cookie = `tropa_lang=${next};path=/;max-age=31536000;samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
}

function fact(value: Fact): FluentVariable {
  if (typeof value === "number") return new OurNumber(value);
  if (value instanceof Date) return numbers.day(value, language);
  const text = String(value ?? "");
  return text === "" ? "none" : text; // an empty fact chooses the variant [none]
}

/** A message with its facts; `id.attribute` reads an attribute. An unknown id is a fault of ours and is thrown, not shown. */
export function say(id: string, facts: Record<string, Fact> = {}): string {
  if (!bundle) throw new Error("words before they were loaded");
  const [name, attribute] = id.split(".") as [string, string | undefined];
  const entry = bundle.getMessage(name);
  const pattern = attribute === undefined ? entry?.value : entry?.attributes[attribute];
  if (pattern === undefined || pattern === null) throw new Error(`no such message: ${id}`);
  const faults: Error[] = [];
  const given = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, fact(value)]));
  const said = bundle.formatPattern(pattern, given, faults);
  if (faults[0]) throw faults[0];
  return said;
}

/** Whether the catalogue has this message. */
export function has(id: string): boolean {
  return bundle?.getMessage(id)?.value != null;
}

/** The message if the catalogue has it, else the user's own word (open enumerations). */
export function orOwn(id: string, own: string): string {
  return has(id) ? say(id) : own;
}

/** Figures and dates in the language that is spoken now. */
export const write = {
  integer: (value: number) => numbers.integer(value, language),
  decimal: (value: number, digits?: number) => numbers.decimal(value, language, digits),
  percent: (share: number, digits?: number) => numbers.percent(share, language, digits),
  money: (value: number, currency: string | null, options?: { sign?: boolean }) => numbers.money(value, currency, language, options),
  duration(seconds: number): string {
    const [unit, n] = numbers.durationParts(seconds);
    return say(`duration-${unit}`, { n });
  },
  day: (when: When) => numbers.day(when, language),
  shortDay: (when: When) => numbers.shortDay(when, language),
  months: (start: When, end: When) => numbers.months(start, end, language),
  clock: (when: When) => numbers.clock(when, language),
  ago: (when: When) => numbers.ago(when, language),
};

/** A text of a map in the language that is spoken, or in the one there is (model texts: one string, or one per language). */
export function ownText(text: string | Partial<Record<string, string>> | null | undefined): string {
  if (text === null || text === undefined || typeof text === "string") return text ?? "";
  return text[language] ?? Object.values(text).find(Boolean) ?? "";
}

// The catalogues of src/tropa/words, the same files that Python reads. A language is loaded when it is first spoken.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";

export type Language = "ru" | "en";

const FILES = {
  ru: import.meta.glob<string>("../../../src/tropa/words/ru/{web-*,lanes,units}.ftl", { query: "?raw", import: "default" }),
  en: import.meta.glob<string>("../../../src/tropa/words/en/{web-*,lanes,units}.ftl", { query: "?raw", import: "default" }),
};

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
  for (const load of Object.values(FILES[next])) made.addResource(new FluentResource(await load()));
  bundle = made;
  language = next;
  document.documentElement.lang = next;
  document.cookie = `tropa_lang=${next};path=/;max-age=31536000;samesite=lax`;
}

/** A message with its facts. An unknown id is a fault of ours and is thrown, not shown. */
export function say(id: string, facts: Record<string, FluentVariable> = {}): string {
  if (!bundle) throw new Error("words before they were loaded");
  const [name, attribute] = id.split(".") as [string, string | undefined];
  const entry = bundle.getMessage(name);
  const pattern = attribute === undefined ? entry?.value : entry?.attributes[attribute];
  if (pattern === undefined || pattern === null) throw new Error(`no such message: ${id}`);
  const faults: Error[] = [];
  const said = bundle.formatPattern(pattern, facts, faults);
  if (faults[0]) throw faults[0];
  return said;
}

/** Whether the catalogue has this message. */
export function has(id: string): boolean {
  return bundle?.getMessage(id)?.value != null;
}

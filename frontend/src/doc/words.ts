/** What the values of a map are made of. */

/** Words for people: one string, or one per language. */
export type Text = string | Readonly<Record<string, string>>;

/** A rule: plain JSON that the document keeps whole. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The words in `lang`; else in English; else in whichever language comes first; else `fallback`. */
export function say(text: Text | undefined, lang: string, fallback = ""): string {
  if (text === undefined) return fallback;
  if (typeof text === "string") return text;
  return text[lang] || text["en"] || (Object.values(text)[0] ?? fallback);
}

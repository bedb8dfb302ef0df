// The templates to begin with, in the language the map will speak; asked for once per language.
import { type Answer, api, ok } from "../../api/client";
import type { Language } from "../../words/words.svelte";

type Templates = Answer<"/api/v1/templates">;
const kept = new Map<Language, Promise<Templates>>();

export function templates(language: Language): Promise<Templates> {
  let asked = kept.get(language);
  if (!asked) {
    // `lang` is a parameter of every door, so it is not declared at each
    asked = ok(api.GET("/api/v1/templates", { params: { query: { lang: language } as never } }));
    kept.set(language, asked);
    asked.catch(() => kept.delete(language));
  }
  return asked;
}

// Finding a map among those one may read.
import type { MapCard } from "../shell/map.svelte";

type Found = Pick<MapCard, "title" | "headline" | "tags" | "stages">;

/** Letters as they are compared: without case, ё as е. */
export function folded(text: string): string {
  return text.toLowerCase().replaceAll("ё", "е");
}

/** The maps that have every word of what was asked in title, finding, tags or stages, and the tag. */
export function found<Card extends Found>(maps: readonly Card[], asked: string, tag: string): Card[] {
  const words = folded(asked).split(/\s+/).filter(Boolean);
  return maps.filter((map) => {
    if (tag && !map.tags.includes(tag)) return false;
    const text = folded([map.title, map.headline ?? "", ...map.tags, ...map.stages].join("\n"));
    return words.every((word) => text.includes(word));
  });
}

/** All tags in use, the most used first. */
export function tagsOf(maps: readonly Found[]): string[] {
  const count = new Map<string, number>();
  for (const tag of maps.flatMap((map) => map.tags)) count.set(tag, (count.get(tag) ?? 0) + 1);
  return [...count.keys()].sort((one, other) => (count.get(other) ?? 0) - (count.get(one) ?? 0) || one.localeCompare(other));
}

// How somebody looks: initials, and one of eight colours chosen by the id.

/** “Анна Петрова” → “АП”; an address gives its first letters. */
export function initials(name: string): string {
  const parts = name.trim().split(/[\s.@_-]+/u).filter(Boolean);
  const letters = parts.length > 1 ? [parts[0], parts[1]].map((part) => [...(part ?? "")][0] ?? "") : [...(parts[0] ?? "?")].slice(0, 2);
  return letters.join("").toUpperCase();
}

/** One of the eight places in the palette (tokens.css), the same on every screen. */
export function personPlace(id: string): number {
  let sum = 0x811c9dc5;
  for (const char of id) sum = Math.imul(sum ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return sum % 8;
}

export function personColour(id: string): string {
  return `var(--person-${personPlace(id)})`;
}

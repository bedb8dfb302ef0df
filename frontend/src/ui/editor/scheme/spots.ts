// Where the boxes of a scheme were put by hand, kept on this device: an arrangement is one's own, not the team's.
export type Spots = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

const nameOf = (map: string): string => `tropa-scheme-${map}`;

export function kept(map: string): Spots {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(nameOf(map)) ?? "{}");
    return typeof found === "object" && found !== null ? (found as Spots) : {};
  } catch {
    return {}; // what another version (or hand) wrote there is no arrangement
  }
}

export function keep(map: string, spots: Spots): void {
  localStorage.setItem(nameOf(map), JSON.stringify(spots));
}

export function forget(map: string): void {
  localStorage.removeItem(nameOf(map));
}

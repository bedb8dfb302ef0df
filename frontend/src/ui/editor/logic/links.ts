// Addresses of the web in what people write: they stay text, and are led to beside it.
const ADDRESS = /https?:\/\/[^\s<>"«»“”]+/g;
const MOST = 3;

export interface Link {
  readonly href: string;
  /** Whose page it is: what is worth reading of an address. */
  readonly host: string;
}

/** The first addresses of a text, without the punctuation of the sentence round them; what is no address is none. */
export function linksOf(text: string): Link[] {
  if (!text.includes("://")) return [];
  const found = [...text.matchAll(ADDRESS)].flatMap(([raw]): Link[] => {
    const address = URL.parse(raw.replace(/[.,;:!?…)\]]+$/, ""));
    return address === null ? [] : [{ href: address.href, host: address.host.replace(/^www\./, "") }];
  });
  return [...new Map(found.map((link) => [link.href, link])).values()].slice(0, MOST);
}

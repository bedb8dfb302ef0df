/// <reference types="svelte" />
/// <reference types="vite/client" />

declare module "icon:channels" {
  /** Inner SVG (a box of 24) by channel id. */
  const channels: Record<string, string>;
  export default channels;
}

declare module "icon:*" {
  /** Inner SVG of a lucide icon (a box of 24, drawn in `currentColor`). */
  const body: string;
  export default body;
}

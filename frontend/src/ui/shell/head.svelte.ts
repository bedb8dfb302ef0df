// What a page says about itself to what stands around it: its title, and buttons for the header.
import type { Snippet } from "svelte";

import { say } from "../../words/words.svelte";

let title = $state<string>();
let actions = $state.raw<Snippet>();

export function pageTitle(): string | undefined {
  return title;
}

export function headerActions(): Snippet | undefined {
  return actions;
}

/** Names the page in the window's title until it is left. Call it in an effect. */
export function setTitle(next: string): () => void {
  title = next;
  document.title = next ? `${next} · ${say("web-name")}` : say("web-name");
  return () => {
    if (title === next) title = undefined;
  };
}

/** Puts buttons into the header until the page is left. Call it in an effect. */
export function setActions(next: Snippet): () => void {
  actions = next;
  return () => {
    if (actions === next) actions = undefined;
  };
}

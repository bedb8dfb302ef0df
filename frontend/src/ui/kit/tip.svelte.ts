// `{@attach tip("words")}`: a short explanation on hover and on focus. It stays while the pointer is on it, and Escape sends it away (WCAG 1.4.13).
import type { Attachment } from "svelte/attachments";

import { place } from "./place";

const WAIT = 350;
let box: HTMLElement | undefined;
let owner: Element | undefined;
let opening: ReturnType<typeof setTimeout> | undefined;
let closing: ReturnType<typeof setTimeout> | undefined;

function made(): HTMLElement {
  if (box?.isConnected) return box;
  box = document.createElement("div");
  box.id = "tip";
  box.className = "tip";
  box.setAttribute("role", "tooltip");
  box.popover = "manual";
  box.addEventListener("pointerenter", () => clearTimeout(closing));
  box.addEventListener("pointerleave", () => hideSoon());
  document.body.append(box);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) hide();
  });
  document.addEventListener("scroll", hide, { capture: true, passive: true });
  return box;
}

function hide(): void {
  clearTimeout(opening);
  if (owner?.getAttribute("aria-describedby") === "tip") owner.removeAttribute("aria-describedby");
  owner = undefined;
  if (box?.matches(":popover-open")) box.hidePopover();
}

function hideSoon(): void {
  clearTimeout(closing);
  closing = setTimeout(hide, 120);
}

function show(element: Element, text: string, isName: boolean): void {
  clearTimeout(closing);
  const shown = made();
  if (owner && owner !== element) hide();
  owner = element;
  shown.textContent = text;
  if (!isName && !element.hasAttribute("aria-describedby")) element.setAttribute("aria-describedby", "tip");
  if (!shown.matches(":popover-open")) shown.showPopover();
  place(shown, element, "below", "centre");
}

/** `name`: the text is the element's own accessible name already, so it is not read twice. */
export function tip(text: string | undefined, { name = false }: { name?: boolean } = {}): Attachment {
  return (element) => {
    if (!text) return undefined;
    const enter = (event: Event) => {
      if ((event as PointerEvent).pointerType === "touch") return;
      clearTimeout(closing);
      clearTimeout(opening);
      opening = setTimeout(() => show(element, text, name), owner ? 0 : WAIT);
    };
    const focus = () => {
      if (element.matches(":focus-visible")) show(element, text, name);
    };
    const leave = () => {
      clearTimeout(opening);
      hideSoon();
    };
    const press = () => {
      clearTimeout(opening);
      hide();
    };
    const on: [string, (event: Event) => void][] = [
      ["pointerenter", enter],
      ["pointerleave", leave],
      ["focus", focus],
      ["blur", press],
      ["click", press],
    ];
    for (const [event, act] of on) element.addEventListener(event, act);
    return () => {
      for (const [event, act] of on) element.removeEventListener(event, act);
      if (owner === element) hide();
    };
  };
}

// Who is at the screen, and what they may do.
import { api, ok, onSignedOut } from "../../api/client";
import type { components } from "../../api/schema";
import { forgetAll } from "../../doc/forget";
import { type Language, speak, spoken } from "../../words/words.svelte";
import { go, here } from "./router.svelte";

export type Me = components["schemas"]["Me"];
export type Right = components["schemas"]["Right"];
export type Role = components["schemas"]["Role"];

let me = $state.raw<Me>();

/** The one who is here; undefined until the server has said so. */
export function myself(): Me | undefined {
  return me;
}

export function signedIn(): boolean {
  return me?.kind === "user" || me?.kind === "local";
}

/** Whether a right is given in the workspace. What may be done with one map says its card (`mapRights`). */
export function may(right: Right): boolean {
  return me?.rights.includes(right) ?? false;
}

/** Asks the server who we are. */
export async function startSession(): Promise<void> {
  onSignedOut(() => {
    if (signedIn()) void renew();
  });
  me = await ok(api.GET("/api/v1/me"));
}

async function renew(): Promise<void> {
  me = await ok(api.GET("/api/v1/me"));
}

/** Takes over what the server said after a change: signed in, another name, another language. */
export async function become(next: Me): Promise<void> {
  me = next;
  if (next.kind === "user" && next.language !== spoken()) await speak(next.language as Language);
}

/** Switches the language here, and in the account of who is signed in. */
export async function switchLanguage(next: Language): Promise<void> {
  await speak(next);
  if (me?.kind === "user") me = await ok(api.PATCH("/api/v1/me", { body: { language: next } }));
}

export async function signOut(): Promise<void> {
  await ok(api.POST("/api/v1/logout"));
  await forgetAll();
  await renew();
  await go("/login");
}

/** Where to go after signing in: back to what was asked for, if that is one of our pages. */
export function afterSignIn(): string {
  const next = here().query.get("next") ?? "/";
  return next.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/";
}

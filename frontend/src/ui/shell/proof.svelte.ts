// Showing again who one is, before a grave act: asked for by the server (TR-W152), answered in one dialog, and the act goes on by itself.
import { onProof } from "../../api/client";

let asked = $state.raw<(yes: boolean) => void>();

/** The answer that is waited for (shown by `Proof.svelte`, once in the app). */
export function awaited(): ((yes: boolean) => void) | undefined {
  return asked;
}

export function startProving(): void {
  onProof(
    () =>
      new Promise((resolve) => {
        asked?.(false);
        asked = (yes) => {
          asked = undefined;
          resolve(yes);
        };
      }),
  );
}

/** What is kept on this device has names that begin so. */
export const PREFIX = "tropa:";

/** Forget every map kept on this device: when somebody signs out. What a tab still holds open goes when it is closed. */
export async function forgetAll(): Promise<void> {
  if (typeof indexedDB === "undefined") return;
  // an older browser cannot say what it keeps
  for (const { name } of (await indexedDB.databases?.()) ?? []) if (name?.startsWith(PREFIX) === true) indexedDB.deleteDatabase(name);
}

/** The document kept on this device (IndexedDB), so that what was typed offline outlives the tab. */

import { IndexeddbPersistence } from "y-indexeddb";
import type * as Y from "yjs";

import { PREFIX } from "./forget";

const PATIENCE_MS = 3000;

export interface Kept {
  /** Resolves when what was kept is in the document: true if there was anything. Never rejects: without a store nothing is kept. */
  readonly loaded: Promise<boolean>;
  forget(): Promise<void>;
  close(): Promise<void>;
}

const NOTHING: Kept = { loaded: Promise.resolve(false), forget: () => Promise.resolve(), close: () => Promise.resolve() };

/** Keep a document under a name. */
export function keep(doc: Y.Doc, name: string | undefined): Kept {
  if (name === undefined || typeof indexedDB === "undefined") return NOTHING;
  const store = new IndexeddbPersistence(PREFIX + name, doc);
  const patience = new Promise<false>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS));
  const loaded = store.whenSynced.then(
    () => doc.store.clients.size > 0,
    () => false,
  );
  return { loaded: Promise.race([loaded, patience]), forget: () => store.clearData(), close: () => store.destroy() };
}

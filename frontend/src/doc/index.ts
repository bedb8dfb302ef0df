/** The live document's door: `openMap` for a document, `joinRoom` for the server's room. See `api.ts` for what they give. */

export type * from "./api";
export { WrongValue } from "./api";
export { splice, type Splice } from "./edit";
export { forgetAll } from "./forget";
export { openMap } from "./live";
export { joinRoom } from "./room";
export type * from "./values";
export { say } from "./words";
export type { Json, Text } from "./words";

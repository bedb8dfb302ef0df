/**
 * The map as a live document: what the editor works with. Nothing here knows Svelte.
 *
 * **Keys and addresses.** Every thing of a map — a stage, a touchpoint, a line that somebody says — has a random key for life (`$key`), so
 * that renaming, moving and reordering break nothing. An address is a key, or a key and a path:
 *
 * | address                 | what stands there                                                         |
 * |-------------------------|---------------------------------------------------------------------------|
 * | `map`                   | the map itself                                                            |
 * | `map/title`             | a field of the map                                                        |
 * | `map/stages`            | a list: where `add` puts things                                           |
 * | `k1`                    | a thing                                                                   |
 * | `k1/does`               | a list of the stage or touchpoint `k1`                                    |
 * | `k1/title`, `k1/text`   | words for people                                                          |
 * | `k1/feels/score`        | a field of a part (parts: `feels`, `brand`, `goal`, `money`, `limits`)    |
 * | `k1/feels/words`        | a list inside a part                                                      |
 * | `k1/goal/text`          | the goal's words; `k1/goal/evidence` what it rests on                     |
 * | `k1/cells/@k9/text`     | what `k1` says in the own lane whose key is `k9` (see `cell`)             |
 *
 * **Values.** `value` is a plain, frozen snapshot in the shape of a map file, with these differences: every thing has its `$key`; a statement
 * is always `{$key, text, evidence}` (a file may write a bare line), a goal `{text, evidence}`, a word of `feels.words` `{$key, text}`, a tag
 * `{$key, value}`, an own cell an object; lists are always there, fields that say nothing are not. References (`after`, `from`, `owner`) are
 * ids as in the file; the document keeps keys, so a renamed stage stays referred to. What did not change keeps its identity (`===`).
 *
 * **Changing.** Every change is one call, or several inside `transact` (one step of undo, one message to the others). Whatever two people do
 * at once, `value` is a valid map: `notes` say what had to be mended to make it so (a loop whose stage was deleted is not drawn, and so on).
 */

import type * as Y from "yjs";

import type { MapValue } from "./values";
import type { Json, Text } from "./words";

export type Key = string;
export type Address = string;

/** Where among its list a thing goes: before or after another (its key), or at an end. */
export type Place = { readonly before: Key } | { readonly after: Key } | "start" | "end";

/** What had to be mended. The words are in `web-live.ftl` under the code: `say(note.code, { path: note.path, ...note.facts })`, and `.fix`. */
export type NoteCode =
  | "TR-W410" // a field held what cannot stand there
  | "TR-W411" // a thing lacks what it cannot be without
  | "TR-W412" // an id was made
  | "TR-W413" // a doubled id was changed
  | "TR-W414" // a reference was taken away
  | "TR-W415" // a thing went with what it referred to
  | "TR-W416" // an improvement went to another stage
  | "TR-W417" // two deals
  | "TR-W418" // a circle
  | "TR-W419" // no stage
  | "TR-W420" // words in two forms
  | "TR-W421"; // a lane twice in one cell

/** Something that had to be mended to make the merged document a valid map. */
export interface Note {
  readonly code: NoteCode;
  /** The key of the thing, or `map`. */
  readonly key: Key;
  /** The field, or an empty string for the thing as a whole. */
  readonly path: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** Where a thing stands. */
export interface Spot {
  readonly kind: string;
  /** Whose it is. */
  readonly owner: Key;
  /** Address of its list. */
  readonly list: Address;
  readonly index: number;
}

/**
 * A new thing for `add`: fields as in the snapshot, lists and parts inside it too. Texts are strings or one per language. A bare string is
 * a line (of statements, words, tags). An `id` is made where none is given.
 */
export type Draft = string | { readonly [field: string]: unknown };

export interface LiveMap {
  readonly doc: Y.Doc;
  /** The map now. */
  readonly value: MapValue;
  readonly notes: readonly Note[];

  /**
   * Calls `heard` after each transaction (one's own or another's) that changed what stands at `address`; "" hears everything.
   * Returns how to stop.
   */
  subscribe(address: Address | "", heard: (change: Change) => void): () => void;

  /** What stands at an address of the snapshot; undefined where there is nothing. */
  at(address: Address): unknown;
  /** Where a thing stands; undefined when it has gone. */
  spot(key: Key): Spot | undefined;
  /** The key of the thing with this id in a group: `stages`, `touchpoints`, `personas`, `segments`, `people`, `lanes`, `improvements`, `pains`. */
  keyOf(group: string, id: string): Key | undefined;
  /** Address of a field of an own lane's cell: `cell("k1", "my-lane", "text")`. Works whether or not the cell says anything yet. */
  cell(owner: Key, lane: string, field: string): Address;

  /**
   * The shared text behind an address, to bind an input to: that of `lang` where the words are kept by language, else the one string.
   * It always exists, however empty the cell. Type into it inside `transact`, or use `write`.
   */
  text(address: Address, lang: string): Y.Text;
  /** The languages an address has words in; none: there is one string for all, or nothing. */
  languages(address: Address): readonly string[];
  /**
   * Make the words at an address say `words`, by the smallest change, so that what others type at the same time survives. `caret`: where the
   * caret stands in `words`, which tells which of several equal letters is the new one.
   */
  write(address: Address, lang: string, words: string, caret?: number): void;
  /** Keep the words at an address by language: what stands there becomes those of `lang`. */
  byLanguage(address: Address, lang: string): void;

  /**
   * Set a field: a plain value, a reference (an id), references (ids), a rule (JSON), all of a text. undefined clears it.
   * Parts: `set("k1/feels", undefined)` takes the whole part away, `set("k1/feels", {score: 1})` sets the fields given.
   * Throws `WrongValue` for a value that the field cannot hold.
   */
  set(address: Address, value: unknown): void;
  /** Add a thing to a list; returns its key. */
  add(list: Address, item: Draft, place?: Place): Key;
  /** Move a thing within its list, or into another list of the same kind (a touchpoint to another stage, a pain to a touchpoint). */
  move(key: Key, place: Place, list?: Address): void;
  /** Remove a thing with all that is in it. */
  remove(key: Key): void;
  /** A copy of a thing, with all that is in it, right after it; ids are made anew. Returns its key. */
  duplicate(key: Key): Key;

  /** Several changes as one. */
  transact<T>(change: () => T): T;
  /**
   * Undo and redo of what this person did here; what others did stays. Typing without a pause is one step; adding, moving and removing begin
   * one of their own.
   */
  undo(): boolean;
  redo(): boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** The next change is a new step of undo, however soon it comes. */
  newStep(): void;

  /** The map as a file would say it: defaults left out, no keys. */
  file(): Json;
  destroy(): void;
}

/** What a subscriber is told. */
export interface Change {
  /** Whether it was done here (undo included), or came from elsewhere. */
  readonly local: boolean;
  readonly value: MapValue;
}

/** A value that a field cannot hold; `reason` is a word for the developer, the field's control keeps people from it. */
export class WrongValue extends Error {
  constructor(
    readonly address: Address,
    readonly reason: string,
  ) {
    super(`${address}: ${reason}`);
    this.name = "WrongValue";
  }
}

/** Who is here, as the server says it, and where they are. */
export interface Presence {
  /** The number of the tab within the document. */
  readonly client: number;
  readonly user: { readonly id: string; readonly name: string };
  /** Where their caret is: an address, and a position in its text. */
  readonly address?: Address;
  readonly caret?: { readonly anchor: Json; readonly head: Json };
  readonly idle?: boolean;
}

export type RoomState = "offline" | "connecting" | "saving" | "saved" | "refused";

/** Why the server took no more changes, or sent us away. The words are in `web-live.ftl` under the code. */
export type RefusalCode =
  | "TR-W401" // a frame that was none
  | "TR-W402" // no right to change
  | "TR-W403" // a change too large
  | "TR-W404" // a map too large
  | "TR-W405" // a change before what it rests on
  | "TR-W406" // too slow
  | "TR-W407" // the room closes
  | "TR-W408" // no access any more
  | "TR-W409" // not written
  | "TR-W422"; // what is kept here is another document than the server's

export interface Refusal {
  readonly code: RefusalCode;
}

export interface RoomStatus {
  /**
   * `offline`: not connected, changes are kept on this device and will be sent; `connecting`: getting in step with the server; `saving`: some changes are not yet durable on
   * the server; `saved`: all are; `refused`: the server did not take a change (see `refusal`), and nothing more is sent until `discard`.
   */
  readonly state: RoomState;
  /** Whether this person may change the map, as the server said last. */
  readonly canWrite: boolean;
  /** The number of the last change of ours that the server made durable. */
  readonly sequence: number;
  /** Whether the document has ever been in step with the server (or was found on this device): before that, do not draw it. */
  readonly ready: boolean;
  readonly refusal?: Refusal;
}

/** A comment as the room tells it: as the API's `CommentReply`, with the end of its thread and the number of its last change. */
export interface Said {
  readonly id: string;
  readonly thread: string;
  readonly address: string;
  readonly text: string;
  readonly mentions: string[];
  readonly author: { readonly who: string; readonly name: string };
  readonly at: string;
  readonly edited_at: string | null;
  readonly removed: boolean;
  readonly resolved_at: string | null;
  readonly resolved_by: string | null;
  readonly change: number;
}

/** All comments that changed after the change `after` and up to `upto`; `last` is the newest there is. `upto` before `after`: begin at 0. */
export interface Talk {
  readonly after: number;
  readonly upto: number;
  readonly last: number;
  readonly comments: readonly Said[];
}

export interface RoomClient {
  readonly status: RoomStatus;
  subscribe(heard: (status: RoomStatus) => void): () => void;
  /** Resolves when the document is there: from this device, or from the server. */
  whenReady(): Promise<void>;
  /** The others who are here. */
  readonly others: readonly Presence[];
  onPresence(heard: (others: readonly Presence[]) => void): () => void;
  /** Tell the others where one is. The user is written by the server, whatever is said here. */
  tell(where: { readonly address?: Address; readonly caret?: Presence["caret"]; readonly idle?: boolean }): void;
  /** Hears what is said in the comments. After each connecting, and where a change is missing, it is asked for from `known()` on. */
  onTalk(heard: (talk: Talk) => void, known: () => number): () => void;
  /** Connect now instead of at the end of the wait. */
  reconnect(): void;
  /** Throw away what the server refused: forgets what is kept on this device. Load the map anew after it. */
  discard(): Promise<void>;
  close(): void;
}

/** What a room needs. Everything of the outside is passed in, so that tests pass in theirs. */
export interface RoomOptions {
  readonly map: LiveMap;
  /** `wss://…/api/v1/maps/<id>/room` */
  readonly url: string;
  /**
   * Name under which the document is kept on this device (IndexedDB): of the map and the person, for the next one at this screen may have no
   * right to it. Without a name it is not kept. `forgetAll` belongs to signing out.
   */
  readonly keepAs?: string;
  readonly socket?: (url: string) => SocketLike;
  readonly random?: () => number;
}

/** The part of WebSocket that is used. */
export interface SocketLike {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: Uint8Array): void;
  close(code?: number, reason?: string): void;
}

export type { MapValue, Text };

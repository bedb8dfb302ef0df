// What the table shows and where one is in it: the map now, the columns and rows that are shown, the chosen cell, the line that is typed.
import type { Address, LiveMap, MapValue, Presence, RoomClient } from "../../../doc";
import { say as sayText, type Text } from "../../../doc";
import { orOwn, spoken } from "../../../words/words.svelte";
import { entriesOf, isOpenCell, type Entry } from "../logic/content";
import { columnsOf, rowsOf, shownBy, type Column, type Row } from "../logic/lanes";
import { rectangle, type Grid, type Place } from "../logic/keyboard";
import { placeOf } from "../logic/where";

/** The line that is typed. `line`: its entry's key; null: a new one, after `after` (or at the end). */
export interface Typing {
  readonly place: Place;
  readonly line: string | null;
  readonly after: string | null;
  /** Where the caret goes when it opens: an offset, or the end. */
  readonly caret: number | "end";
  /** What was typed to begin with. */
  readonly seed: string;
}

/** A colleague who stands in a cell. */
export interface Guest {
  readonly presence: Presence;
  readonly place: Place;
}

/** Rows above the lanes. */
export const HEAD = "head";
export const TRAIL = "trail";
export const EMOTION = "emotion";
/** The column of the rows' headings. */
export const LABEL = "label";

export class Editor {
  readonly live: LiveMap;
  readonly mapId: string;
  value: MapValue;
  canWrite: boolean;
  canComment: boolean;
  canUndo: boolean;
  canRedo: boolean;
  others: readonly Presence[];
  view: string | null;
  opened: ReadonlySet<string>;
  at: Place | null;
  anchor: Place | null;
  /** The statement within the cell that the panel tells about; null: the cell as a whole. */
  line: string | null;
  typing: Typing | null;
  found: string;
  /** Counts what asks for the keyboard to be in the chosen cell: the table moves it there. */
  wanted: number;

  private cache = new Map<string, Column>();
  private stop: (() => void)[] = [];

  constructor(live: LiveMap, mapId: string, room: RoomClient | null) {
    this.live = live;
    this.mapId = mapId;
    this.value = $state.raw(live.value);
    this.canWrite = $state(room ? room.status.canWrite : true);
    this.canComment = $state(true);
    this.canUndo = $state(live.canUndo);
    this.canRedo = $state(live.canRedo);
    this.others = $state.raw(room?.others ?? []);
    this.view = $state(null);
    this.opened = $state.raw(new Set());
    this.at = $state.raw(null);
    this.anchor = $state.raw(null);
    this.line = $state(null);
    this.typing = $state.raw(null);
    this.found = $state("");
    this.wanted = $state(0);
    this.stop.push(live.subscribe("", () => this.refresh()));
    if (room) {
      this.stop.push(room.subscribe((status) => (this.canWrite = status.canWrite)));
      this.stop.push(room.onPresence((others) => (this.others = others)));
    }
  }

  private refresh(): void {
    this.value = this.live.value;
    this.canUndo = this.live.canUndo;
    this.canRedo = this.live.canRedo;
    if (this.at && !this.grid.columns.includes(this.at.column)) this.at = this.anchor = null;
  }

  close(): void {
    for (const stop of this.stop) stop();
  }

  // ---- what is shown

  private lanes = $derived.by(() => this.value.lanes);
  plan = $derived.by(() => this.value.improvements);
  private shown = $derived.by(() => shownBy(this.value, this.view));
  // as text, so that rows stay what they are while somebody types
  private hidden = $derived.by(() => JSON.stringify([...this.shown.hide]));
  rows: Row[] = $derived.by(() => {
    const hidden = new Set(JSON.parse(this.hidden) as string[]);
    return rowsOf(this.lanes).filter((row) => !hidden.has(row.id));
  });
  showsTrail = $derived.by(() => !this.shown.hide.has("ribbon"));
  showsEmotion = $derived.by(() => !this.shown.hide.has("emotion"));
  /** Columns keep their identity while their stage and touchpoint do: a keystroke redraws one stage's cells. */
  columns: Column[] = $derived.by(() => {
    const next = columnsOf(this.shown.stages, this.opened).map((column) => {
      const old = this.cache.get(column.key);
      return old && old.stage === column.stage && old.point === column.point && old.part === column.part ? old : column;
    });
    this.cache = new Map(next.map((column) => [column.key, column]));
    return next;
  });
  private keys = $derived.by(() => this.columns.map((column) => column.key).join("|"));
  grid: Grid = $derived.by(() => ({
    rows: [HEAD, ...(this.showsTrail ? [TRAIL] : []), ...(this.showsEmotion ? [EMOTION] : []), ...this.rows.map((row) => row.id)],
    columns: [LABEL, ...this.keys.split("|").filter(Boolean)],
  }));
  selection = $derived.by(() => (this.at ? rectangle(this.grid, this.anchor ?? this.at, this.at) : { rows: [], columns: [] }));
  guests: readonly Guest[] = $derived.by(() => this.others.flatMap((presence) => {
    const place = presence.address === undefined ? null : placeOf(presence.address, { value: this.value, spot: (key) => this.live.spot(key) }, this.columns);
    return place ? [{ presence, place }] : [];
  }));

  row(id: string): Row | undefined {
    return this.rows.find((row) => row.id === id);
  }

  column(key: string): Column | undefined {
    return this.columns.find((column) => column.key === key);
  }

  /** Whether a stage's touchpoints speak in its own column. */
  isClosed(column: Column): boolean {
    return !this.opened.has(column.stage.$key);
  }

  entries(place: Place): Entry[] {
    const [row, column] = [this.row(place.row), this.column(place.column)];
    return row && column ? entriesOf(this.plan, row, column, this.isClosed(column)) : [];
  }

  /** The statement that the panel tells about. */
  get chosen(): Entry | null {
    if (!this.at) return null;
    const found = this.entries(this.at);
    return found.find((entry) => entry.key === this.line) ?? (found.length === 1 ? found[0]! : null);
  }

  /** Words of the map in the language that is spoken. */
  text(text: Text | undefined): string {
    return sayText(text, spoken());
  }

  /** The name of an owner: of the listed person, else as written. */
  person(owner: string | null | undefined): string {
    const found = this.value.people.find((person) => person.id === owner);
    return found ? this.text(found.title) : (owner ?? "");
  }

  rowTitle(row: Row): string {
    return row.own ? this.text(row.own.title) : orOwn(`lane-${row.id}`, row.id);
  }

  // ---- where one is

  /** Chooses a cell. `extend` keeps the other corner of what is chosen. */
  choose(place: Place, { extend = false, line = null }: { extend?: boolean; line?: string | null } = {}): void {
    if (this.typing) this.leave(false);
    this.anchor = extend ? (this.anchor ?? this.at ?? place) : place;
    this.at = place;
    this.line = line;
  }

  /** As `choose`, and the keyboard goes there. */
  goTo(place: Place, options: { extend?: boolean; line?: string | null } = {}): void {
    this.choose(place, options);
    this.wanted++;
  }

  /** Shows what stands at an address, opening nothing: its cell, and there its line. */
  goToAddress(address: Address): boolean {
    const place = placeOf(address, { value: this.value, spot: (key) => this.live.spot(key) }, this.columns);
    if (!place) return false;
    this.goTo(place, { line: address.split("/")[0] ?? null });
    return true;
  }

  isAt(row: string, column: string): boolean {
    return this.at?.row === row && this.at.column === column;
  }

  isChosen(row: string, column: string): boolean {
    return this.selection.rows.length * this.selection.columns.length > 1 && this.selection.rows.includes(row) && this.selection.columns.includes(column);
  }

  /** Begins to type in a cell: in a line, or a new one. */
  type(place: Place, { line = null, after = null, caret = "end", seed = "" }: Partial<Omit<Typing, "place">> = {}): void {
    const column = this.column(place.column);
    const row = this.row(place.row);
    if (!this.canWrite || (place.column === LABEL ? !row?.own : !column || (row && !isOpenCell(row, column)))) return;
    this.at = this.anchor = place;
    this.line = line;
    this.typing = { place, line, after, caret, seed };
  }

  /** Begins to type where Enter was pressed: the chosen line, else the last, else a new one. */
  typeHere(place: Place, seed = ""): void {
    const found = this.entries(place).filter((entry) => entry.ref);
    const chosen = found.find((entry) => entry.key === this.line) ?? found[found.length - 1];
    if (seed || !chosen) this.type(place, { seed, after: chosen?.list ? chosen.key : null, line: chosen && !chosen.list ? chosen.key : null });
    else this.type(place, { line: chosen.key });
  }

  leave(focus = true): void {
    this.typing = null;
    if (focus) this.wanted++;
  }

  // ---- one step of everything

  /** Changes the map as one step of undo. */
  act<T>(change: () => T): T | undefined {
    if (!this.canWrite) return undefined;
    this.live.newStep();
    return this.live.transact(change);
  }

  undo(): void {
    if (this.canWrite) this.live.undo();
  }

  redo(): void {
    if (this.canWrite) this.live.redo();
  }

  toggle(stage: string): void {
    const next = new Set(this.opened);
    if (!next.delete(stage)) next.add(stage);
    this.opened = next;
    if (this.at && !this.columns.some((column) => column.key === this.at!.column)) this.choose({ row: this.at.row, column: stage });
  }
}

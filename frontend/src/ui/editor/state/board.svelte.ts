// What every part of the editor's page shares: the map being edited, the trail's figures beside it, the discussion, and the room; and the acts
// on stages and rows that more than one place offers.
import type { Address, LaneValue, Presence, RoomClient, StageValue } from "../../../doc";
import { say } from "../../../words/words.svelte";
import { ask, toast } from "../../kit";
import type { LineAct } from "../logic/keyboard";
import { touchpointsOf, type Column, type Row } from "../logic/lanes";
import { HEAD, LABEL, TRAIL, type Editor } from "./editor.svelte";
import { cellOf, type Talk } from "./talk.svelte";
import { Moods } from "./moods.svelte";
import type { Trail } from "./trail.svelte";

export type Side = "details" | "why" | "words" | "talk" | "history";

export class Board {
  readonly editor: Editor;
  readonly trail: Trail;
  readonly talk: Talk;
  readonly moods: Moods;
  /** Which page of the panel is looked at. */
  side: Side;
  /** Whether the panel is open (on a phone it is a sheet). */
  panel: boolean;
  /** The comment that one was led to; its thread is shown even when it is resolved. */
  pointed: string | null;
  private readonly room: RoomClient | null;

  constructor(editor: Editor, trail: Trail, talk: Talk, room: RoomClient | null) {
    this.editor = editor;
    this.trail = trail;
    this.talk = talk;
    this.moods = new Moods(editor.mapId);
    this.room = room;
    this.side = $state("details");
    this.panel = $state(true);
    this.pointed = $state(null);
  }

  /** Tells the others where one is. */
  tell(address: Address | undefined, caret?: Presence["caret"]): void {
    this.room?.tell({ ...(address === undefined ? {} : { address }), ...(caret === undefined ? {} : { caret }) });
  }

  /** The address that comments on a cell hang on. */
  cellAddress(row: string, column: Column): string {
    return `${column.point ? `${column.stage.id}/${column.point.id}` : column.stage.id}/${row}`;
  }

  /** How many open discussions hang on a cell (of a closed stage: on its touchpoints' cells too). */
  talkAt(row: string, column: Column): number {
    const own = this.talk.countAt(this.cellAddress(row, column));
    if (column.point || !this.editor.isClosed(column)) return own;
    return touchpointsOf(column.stage).reduce((sum, point) => sum + this.talk.countAt(`${column.stage.id}/${point.id}/${row}`), own);
  }

  /** Leads to a comment: its cell in the table, its thread in the panel. Answers whether there is such a place (still). */
  async leadTo(comment: string): Promise<boolean> {
    const thread = await this.talk.find(comment);
    if (!thread || !this.showCell(cellOf(thread.address))) return false;
    [this.pointed, this.side, this.panel] = [comment, "talk", true];
    return true;
  }

  /** Chooses the cell of an address (`stage/row`, `stage/touchpoint/row`; empty: the whole map), shown in a view that has it. */
  private showCell(address: string): boolean {
    const { editor } = this;
    if (address === "") {
      editor.at = editor.anchor = null;
      return true;
    }
    const [stageId = "", ...rest] = address.split("/");
    const row = rest.at(-1) ?? HEAD;
    const stage = editor.value.stages.find((each) => each.id === stageId);
    const point = rest.length > 1 ? stage && touchpointsOf(stage).find((each) => each.id === rest[0]) : undefined;
    if (!stage || (rest.length > 1 && !point)) return false;
    const column = (point ?? stage).$key;
    if (point && !editor.opened.has(stage.$key)) editor.toggle(stage.$key);
    if (!editor.grid.rows.includes(row) || !editor.grid.columns.includes(column)) editor.view = null;
    if (!editor.grid.rows.includes(row)) return false;
    editor.goTo({ row, column });
    return true;
  }

  // ---- stages and touchpoints

  /** A new stage after another (the last where none is said), with its name to be typed. */
  addStage(after: string | null): void {
    const { editor } = this;
    const key = editor.act(() => editor.live.add("map/stages", { title: say("editor-new-stage") }, after ? { after } : "end"));
    if (key) this.nameIt(HEAD, key);
  }

  addPoint(owner: string): void {
    const { editor } = this;
    const stage = editor.live.spot(owner)?.kind === "SubStage" ? editor.live.spot(owner)!.owner : owner;
    if (!editor.opened.has(stage)) editor.toggle(stage);
    const key = editor.act(() => editor.live.add(`${owner}/touchpoints`, { title: say("editor-new-point") }));
    if (key) this.nameIt(HEAD, key);
  }

  /** A sub-stage with a first touchpoint in it. */
  addPart(stage: StageValue): void {
    const { editor } = this;
    if (!editor.opened.has(stage.$key)) editor.toggle(stage.$key);
    const part = editor.act(() => {
      const key = editor.live.add(`${stage.$key}/stages`, { title: say("editor-new-part") });
      return editor.live.add(`${key}/touchpoints`, { title: say("editor-new-point") });
    });
    if (part) this.nameIt(HEAD, part);
  }

  async removeStage(stage: StageValue): Promise<void> {
    const { editor } = this;
    const name = editor.text(stage.title);
    const said = Object.values(stage).some((field) => Array.isArray(field) && field.length > 0) || stage.feels !== undefined;
    if (said && !(await ask({ title: say("editor-remove-stage-ask", { stage: name }), text: say("editor-remove-stage-ask.text"), yes: say("editor-remove-stage"), tone: "danger" }))) return;
    editor.act(() => editor.live.remove(stage.$key));
    toast(say("editor-removed", { name }), { action: { label: say("editor-undo"), act: () => editor.undo() } });
  }

  /** Begins to type a new thing's name, all of it chosen. */
  private nameIt(row: string, column: string): void {
    this.editor.choose({ row, column });
    this.editor.type({ row, column }, { caret: "end" });
  }

  /** Keys while a stage's or touchpoint's name is typed. */
  titleAct(act: Exclude<LineAct, null>, column: Column): void {
    const { editor } = this;
    if (act === "leave" || act === "split" || act === "down") return editor.leave();
    if (act !== "next" && act !== "back") return;
    const index = editor.columns.findIndex((each) => each.key === column.key);
    const to = editor.columns[index + (act === "next" ? 1 : -1)];
    editor.leave();
    if (to) {
      editor.goTo({ row: HEAD, column: to.key });
      editor.type({ row: HEAD, column: to.key });
    }
  }

  // ---- rows

  addLane(kind: LaneValue["kind"], level: LaneValue["level"]): void {
    const { editor } = this;
    const id = editor.act(() => {
      const key = editor.live.add("map/lanes", { title: say("editor-new-row"), kind, level });
      return editor.live.value.lanes.find((lane) => lane.$key === key)?.id;
    });
    if (id) this.nameIt(id, LABEL);
  }

  removeLane(lane: LaneValue): void {
    const { editor } = this;
    const name = editor.text(lane.title);
    editor.act(() => editor.live.remove(lane.$key));
    toast(say("editor-removed", { name }), { action: { label: say("editor-undo"), act: () => editor.undo() } });
  }

  /** Hides a row in the view that is looked at; where none is, a view is made. */
  hideRow(shown: string): void {
    const { editor } = this;
    const row = shown === TRAIL ? "ribbon" : shown; // its name among the rows of pictures
    const view = editor.value.views.find((each) => each.id === editor.view);
    if (view) {
      editor.act(() => editor.live.set(`${view.$key}/hide`, [...view.hide, row]));
      return;
    }
    const key = editor.act(() => editor.live.add("map/views", { title: say("editor-new-view"), hide: [row] }));
    editor.view = editor.live.value.views.find((each) => each.$key === key)?.id ?? null;
    toast(say("editor-view-made"));
  }

  /** Whether any row is hidden now, and showing them all again in this view. */
  showRows(rows: readonly string[]): void {
    const { editor } = this;
    const view = editor.value.views.find((each) => each.id === editor.view);
    if (view) editor.act(() => editor.live.set(`${view.$key}/hide`, view.hide.filter((id) => !rows.includes(id))));
  }

  rowName(id: string): string {
    const row: Row | undefined = this.editor.row(id);
    return row ? this.editor.rowTitle(row) : say(id === HEAD ? "editor-stages" : id === "trail" ? "lane-ribbon" : "lane-emotion");
  }
}

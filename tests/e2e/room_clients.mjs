// Several people in one room, each the browser's own LiveMap and RoomClient, run by test_room.py in node.
// Started with: the front end's folder, the room's URL, a cookie, the number of people. Takes one command a line, answers one line of JSON each:
//   run <ms>      everybody edits at random; now and then somebody's connection is cut
//   settle <ms>   waits until all is saved and all say the same
//   heard <n>     waits until everybody has heard n comments; says who heard which
//   leave         the last person leaves for good once saved; says what was acknowledged to them
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [, , frontend, url, cookie, count] = process.argv;

async function bundled() {
  const { build } = await import(pathToFileURL(createRequire(join(frontend, "package.json")).resolve("vite")).href);
  const folder = mkdtempSync(join(tmpdir(), "tropa-doc-"));
  await build({
    configFile: false,
    root: frontend,
    logLevel: "error",
    build: { outDir: folder, target: "es2022", minify: false, lib: { entry: "src/doc/index.ts", formats: ["es"], fileName: () => "doc.mjs" } },
  });
  const module = await import(pathToFileURL(join(folder, "doc.mjs")).href);
  rmSync(folder, { recursive: true });
  return module;
}

const { openMap, joinRoom, WrongValue } = await bundled();

/** A socket that can be cut: from then on nothing arrives and nothing goes out, and nobody says goodbye. */
class Cut {
  constructor(address) {
    this.socket = new WebSocket(address, { headers: { cookie, origin: new URL(address).origin.replace("ws", "http") } });
    this.dead = false;
    for (const name of ["onopen", "onmessage", "onclose"]) this.socket[name] = (event) => !this.dead && this[name]?.(event);
    // a browser closes what it could not connect; node 20 only says that there was an error
    this.socket.onerror = () => this.cut();
  }
  set binaryType(value) {
    this.socket.binaryType = value;
  }
  send(data) {
    if (!this.dead) this.socket.send(data);
  }
  close(code) {
    this.socket.close(code > 2999 || code === 1000 ? code : 1000);
  }
  cut() {
    if (this.dead) return;
    this.dead = true;
    this.socket.close();
    setTimeout(() => this.onclose?.({ code: 1006, reason: "" }), 30);
  }
}

class Person {
  constructor(index) {
    this.index = index;
    this.made = [];
    this.acknowledged = new Set();
    this.states = new Set();
    this.map = openMap();
    this.room = joinRoom({
      map: this.map,
      url,
      socket: (address) => (this.socket = new Cut(address)),
    });
    this.said = new Map();
    this.upto = 0;
    this.room.onTalk(
      (told) => {
        for (const one of told.comments) if (!(this.said.get(one.id)?.change > one.change)) this.said.set(one.id, one);
        if (told.after <= this.upto) this.upto = Math.max(this.upto, told.upto);
      },
      () => this.upto,
    );
    this.room.subscribe((status) => {
      this.states.add(status.state);
      if (status.state === "saved") for (const mark of this.made) this.acknowledged.add(mark);
    });
  }

  /** One edit of some kind. Every edit that adds something carries a mark that nobody else makes. */
  edit() {
    const { map } = this;
    const { stages } = map.value;
    const stage = stages[Math.floor(Math.random() * stages.length)];
    const other = stages[Math.floor(Math.random() * stages.length)];
    const mark = `p${this.index}-${this.made.length}`;
    const kind = Math.random();
    try {
      if (kind < 0.5) {
        map.add("map/tags", mark);
        this.made.push(mark);
      } else if (kind < 0.7) map.write(`${stage.$key}/title`, "ru", `${map.text(`${stage.$key}/title`, "ru").toString().slice(-40)} ${mark}`);
      else if (kind < 0.78) map.move(stage.$key, { before: other.$key });
      else if (kind < 0.84) map.add("map/stages", { title: "Новый этап" });
      else if (kind < 0.88 && stages.length > 3) map.remove(stage.$key);
      else if (kind < 0.92) map.set(`${stage.$key}/feels/score`, Math.round(Math.random() * 4) - 2);
      else if (kind < 0.95) map.set(`${stage.$key}/after`, [other.id]);
      else if (kind < 0.98) map.add("map/loops", { from: stage.id, to: other.id });
      else map.undo() && map.redo();
    } catch (fault) {
      if (!(fault instanceof WrongValue)) throw fault;
    }
  }
}

const people = Array.from({ length: Number(count) }, (_, index) => new Person(index));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function run(ms) {
  await Promise.all(people.map((person) => person.room.whenReady()));
  const end = Date.now() + ms;
  await Promise.all(
    people.map(async (person) => {
      while (Date.now() < end) {
        person.edit();
        if (Math.random() < 0.02) person.socket.cut();
        await pause(10 + Math.random() * 60);
      }
    }),
  );
  return { edits: people.reduce((sum, person) => sum + person.made.length, 0) };
}

async function settle(ms) {
  const end = Date.now() + ms;
  const all = () => people.map((person) => JSON.stringify([person.map.file(), person.map.notes]));
  while (Date.now() < end && (people.some((person) => person.room.status.state !== "saved") || new Set(all()).size > 1)) await pause(100);
  return {
    states: people.map((person) => person.room.status.state),
    seen: [...new Set(people.flatMap((person) => [...person.states]))],
    same: new Set(all()).size === 1,
    made: people.flatMap((person) => person.made),
    acknowledged: people.flatMap((person) => [...person.acknowledged]),
    others: people.map((person) => person.room.others.length),
    map: people[0].map.file(),
    notes: people[0].map.notes,
  };
}

async function heard(count) {
  const end = Date.now() + 60_000;
  while (Date.now() < end && people.some((person) => person.said.size < count)) await pause(20);
  return people.map((person) => [...person.said.values()].map((one) => one.text).sort());
}

async function leave() {
  const person = people.pop();
  const end = Date.now() + 20_000;
  for (let index = 0; index < 20; index++) person.edit();
  while (Date.now() < end && person.room.status.state !== "saved") await pause(5);
  person.room.close();
  return { state: [...person.states], acknowledged: [...person.acknowledged] };
}

const commands = { run, settle, heard, leave };
for await (const line of createInterface({ input: process.stdin })) {
  const [name, argument] = line.split(" ");
  console.log(JSON.stringify(await commands[name](Number(argument))));
}
for (const person of people) person.room.close();

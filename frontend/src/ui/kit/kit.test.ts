import { describe, expect, it } from "vitest";

import { ApiProblem, OFFLINE, problemOf, told } from "../../api/problem";
import { agentName, isPhone } from "../account/agent";
import { found, tagsOf } from "../home/finding";
import { endOf } from "../share/expiry";
import { initials, personPlace } from "./person";
import { placed } from "./place";

describe("people (R-60)", () => {
  it.each([["Анна Петрова", "АП"], ["sergey@example.ru", "SE"], ["Ли", "ЛИ"], ["  ", "?"], ["Мария-Луиза", "МЛ"], ["😀 Смайл", "😀С"]])("%s → %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  it("has the same colour everywhere, and uses all of them", () => {
    expect(personPlace("user-1")).toBe(personPlace("user-1"));
    expect(new Set(Array.from({ length: 200 }, (_, n) => personPlace(`user-${n}`))).size).toBe(8);
  });
});

describe("a floating box (R-60)", () => {
  const view = { width: 400, height: 300 };
  const size = { width: 120, height: 80 };
  const at = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 20 });

  it("stands below, above where there is more room, and always inside the window", () => {
    expect(placed(at(50, 50), size, view)).toEqual({ left: 50, top: 76 });
    expect(placed(at(50, 250), size, view)).toEqual({ left: 50, top: 164 });
    expect(placed(at(380, 50), size, view).left).toBe(272);
    expect(placed(at(50, 50), size, view, "below", "end").left).toBe(8);
    expect(placed(at(50, 50), size, view, "right")).toEqual({ left: 96, top: 50 });
    expect(placed(at(300, 50), size, view, "right").left).toBe(174);
    expect(placed(at(0, 0), { width: 900, height: 900 }, view)).toEqual({ left: 8, top: 8 });
  });
});

describe("problems (R-60)", () => {
  const say = (id: string) => id;

  it("are the server's own words where there are any", async () => {
    const body = JSON.stringify({ title: "Нельзя", status: 403, code: "TR-A002", fix: "Спросите владельца", also: [{ title: "и это" }] });
    const problem = await problemOf(new Response(body, { status: 403, headers: { "content-type": "application/problem+json" } }));
    expect(told(problem, say)).toEqual({ title: "Нельзя", fix: "Спросите владельца", code: "TR-A002", where: undefined, also: ["и это"] });
  });

  it("are told by their status where a proxy answers", async () => {
    const problem = await problemOf(new Response("<html>", { status: 502, statusText: "Bad Gateway", headers: { "content-type": "text/html" } }));
    expect(told(problem, say)).toMatchObject({ title: "Bad Gateway", code: "HTTP-502" });
  });

  it("say when the server is away, and nothing of what was given up on purpose", () => {
    expect(told(new ApiProblem({ title: "", status: 0, code: OFFLINE }), say)).toMatchObject({ title: "web-offline", fix: "web-offline.fix" });
    expect(told(new DOMException("", "AbortError"), say)).toBeUndefined();
    expect(told(undefined, say)).toBeUndefined();
  });
});

describe("finding a map (R-60)", () => {
  const maps = [
    { title: "Спортпит Сергея", headline: "81 % не возвращаются", tags: ["demo", "b2c"], stages: ["Осведомлённость"] },
    { title: "Кофейня", headline: null, tags: ["b2c"], stages: ["Заметил", "Зашёл"] },
  ];

  it("needs every word, whatever the case and with ё as е", () => {
    expect(found(maps, "СЕРГЕЯ возвращ", "")).toEqual([maps[0]]);
    expect(found(maps, "зашел", "")).toEqual([maps[1]]);
    expect(found(maps, "кофейня сергея", "")).toEqual([]);
    expect(found(maps, "", "demo")).toEqual([maps[0]]);
    expect(tagsOf(maps)).toEqual(["b2c", "demo"]);
  });
});

describe("browsers and terms (R-60)", () => {
  it.each([
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 YaBrowser/25.8 Safari/537.36", "Yandex Browser, Windows", false],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1", "Safari, iOS", true],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox, Linux", false],
    ["curl/8.5", "curl/8.5", false],
    ["", "", false],
  ])("%s", (agent, name, phone) => {
    expect(agentName(agent)).toBe(name);
    expect(isPhone(agent)).toBe(phone);
  });

  it("ends after its days, or never", () => {
    const now = new Date("2026-11-28T09:00:00Z");
    expect(endOf("week", now)).toBe("2026-12-05T09:00:00.000Z");
    expect(endOf("ever", now)).toBeNull();
  });
});

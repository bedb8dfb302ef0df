// Numbers, money, dates and durations as people write them: the twin of src/tropa/words/numbers.py (tests/vectors/numbers.json holds both to it).

export type Language = "ru" | "en";

const THIN = "\u202f";
const NBSP = "\u00a0";
const MINUS = "\u2212";

/** `toFixed`, but an exact half goes to the even neighbour, as in Python. For 0 ≤ value. */
function fixed(value: number, digits: number): string {
  const up = value.toFixed(digits);
  const exact = value.toFixed(Math.min(100, digits + 40));
  const point = exact.indexOf(".");
  const rest = exact.slice(point + 1 + digits);
  if (!/^50*$/.test(rest)) return up;
  const kept = exact.slice(0, point + 1 + digits).replace(/\.$/, "");
  const last = Number(kept.at(-1));
  return last % 2 === 0 ? kept : up;
}

/** Thousands apart: narrow no-break spaces in Russian, commas in English. */
export function integer(value: number, lang: Language): string {
  const digits = fixed(Math.abs(value), 0);
  const apart = digits.replace(/\B(?=(\d{3})+$)/g, lang === "ru" ? THIN : ",");
  return `${value < 0 && apart !== "0" ? MINUS : ""}${apart}`;
}

/** A decimal number; without `digits`, up to two places and no trailing zeros. */
export function decimal(value: number, lang: Language, digits?: number): string {
  if (!Number.isFinite(value)) return "—";
  let text = fixed(Math.abs(value), digits ?? 2);
  if (digits === undefined) text = text.replace(/\.?0+$/, "");
  const [whole = "0", rest = ""] = text.split(".");
  const shown = integer(Number(whole), lang) + (rest ? (lang === "ru" ? "," : ".") + rest : "");
  return `${value < 0 && /[1-9]/.test(shown) ? MINUS : ""}${shown}`;
}

/** A share as per cent: one place, two below 1 %, none for 0 and 100. */
export function percent(share: number, lang: Language, digits?: number): string {
  const hundred = share * 100;
  const size = Math.abs(hundred);
  const places = digits ?? (hundred === 0 || hundred === 100 ? 0 : size > 0 && size < 1 ? 2 : 1);
  return decimal(hundred, lang, places) + (lang === "ru" ? `${NBSP}%` : "%");
}

const SCALES: Record<Language, readonly (readonly [number, string])[]> = {
  ru: [[1e9, "млрд"], [1e6, "млн"], [1e3, "тыс."]],
  en: [[1e9, "B"], [1e6, "M"], [1e3, "K"]],
};

function symbol(currency: string, lang: Language): string {
  const parts = new Intl.NumberFormat(lang, { style: "currency", currency }).formatToParts(1);
  return parts.find((part) => part.type === "currency")?.value ?? currency;
}

/** Money in two or three figures: «1,9 млн ₽», “£1.9M”. Without a currency a plain number; `sign` writes a plus before gains. */
export function money(value: number, currency: string | null, lang: Language, { sign = false }: { sign?: boolean } = {}): string {
  const size = Math.abs(value);
  const [factor, scale] = SCALES[lang].find(([least]) => size >= least) ?? [1, ""];
  const scaled = size / factor;
  let places = 1;
  if (scale === "" && size >= 10) places = 0;
  else if (scaled >= 1) places = Math.max(0, 1 - Math.floor(Math.log10(scaled)));
  else if (scaled === 0) places = 0;
  let text = decimal(scaled, lang, places);
  if (scale && places) text = text.replace(/[,.]0$/, "");
  const mark = value < 0 && Number(value.toFixed(6)) !== 0 ? MINUS : sign && value > 0 ? "+" : "";
  if (currency === null) return `${mark}${text}${scale && lang === "ru" ? NBSP : ""}${scale}`;
  const unit = symbol(currency, lang);
  if (lang === "ru") return `${mark}${text}${scale ? NBSP + scale : ""}${NBSP}${unit}`;
  return unit.length < 3 ? `${mark}${unit}${text}${scale}` : `${mark}${unit}${NBSP}${text}${scale}`;
}

export type DurationUnit = "days" | "hours" | "minutes" | "seconds";
const STEPS: readonly (readonly [DurationUnit, number])[] = [["days", 86_400], ["hours", 3_600], ["minutes", 60]];

/** The unit a duration is best told in, and how many of them (with the figures that are shown). Two days and more are told in days. */
export function durationParts(seconds: number): [DurationUnit, number] {
  const [unit, length] = STEPS.find(([name, step]) => seconds >= (name === "days" ? 2 : 1) * step) ?? ["seconds" as const, 1];
  const count = seconds / length;
  const whole = count >= 10 || Math.abs(count - Number(integer(count, "en").replaceAll(",", ""))) < 0.05;
  return [unit, Number(fixed(count, whole ? 0 : 1))];
}

/** A calendar date or an instant; an instant is told in the reader's time zone. */
export type When = string | Date;

function dateOf(when: When): Date {
  if (when instanceof Date) return when;
  // "2026-11-21" is a calendar day, not midnight in Greenwich
  return /^\d{4}-\d\d-\d\d$/.test(when) ? new Date(`${when}T00:00`) : new Date(when);
}

/** The day and the time that an instant has in the text the server sent: it tells those of events by the clocks of the workspace's zone. */
export const dayThere = (at: string): string => at.slice(0, 10);
export const clockThere = (at: string): string => at.slice(11, 16);

/** «21 ноября 2026», “21 November 2026”. */
export function day(when: When, lang: Language): string {
  const date = dateOf(when);
  const month = new Intl.DateTimeFormat(lang, { day: "numeric", month: "long" })
    .formatToParts(date)
    .find((part) => part.type === "month")!.value;
  return `${date.getDate()} ${month} ${date.getFullYear()}`;
}

/** «21 ноября», the year only where it is not this one: dense lists. */
export function shortDay(when: When, lang: Language, now: Date = new Date()): string {
  const date = dateOf(when);
  const told = day(date, lang);
  return date.getFullYear() === now.getFullYear() ? told.replace(/ \d+$/, "") : told;
}

function monthAlone(date: Date, lang: Language): string {
  return `${new Intl.DateTimeFormat(lang, { month: "long" }).format(date)} ${date.getFullYear()}`;
}

/** A span in months (days when it lies within one month): «ноябрь 2025 — октябрь 2026». */
export function months(start: When, end: When, lang: Language): string {
  const [first, last] = [dateOf(start), dateOf(end)];
  if (first.getFullYear() === last.getFullYear() && first.getMonth() === last.getMonth())
    return first.getDate() === last.getDate() ? day(last, lang) : `${first.getDate()}–${day(last, lang)}`;
  return `${monthAlone(first, lang)} — ${monthAlone(last, lang)}`;
}

/** «14:05». */
export function clock(when: When, lang: Language): string {
  return new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(dateOf(when));
}

const AGES: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];

/** «4 мин назад», «вчера»; after a month the date itself. */
export function ago(when: When, lang: Language, now: Date = new Date()): string {
  const seconds = (dateOf(when).getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) >= 30 * 86_400) return shortDay(when, lang, now);
  const [unit, length] = AGES.find(([, step]) => Math.abs(seconds) >= step) ?? ["second", 1];
  const format = new Intl.RelativeTimeFormat(lang, { numeric: "auto", style: unit === "day" ? "long" : "short" });
  return format.format(Math.trunc(seconds / length), unit).replace(/(\d) /, `$1${NBSP}`).replace(/\. /, " ");
}

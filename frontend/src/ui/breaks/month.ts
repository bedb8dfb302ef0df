// A month of the log ("2026-08") as people say it.
export function monthName(month: string, lang: string, length: "long" | "short" = "long"): string {
  const [year, of] = month.split("-").map(Number) as [number, number];
  const told = new Intl.DateTimeFormat(lang, { month: length, year: "numeric" }).format(new Date(year, of - 1, 15));
  return told.replace(/ г\.$/, "");
}

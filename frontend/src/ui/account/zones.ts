// How far the clocks of a zone are ahead of Greenwich, as people write it.

/** Minutes as «+3:00», «−4:30», «±0:00». */
export function aheadOf(minutes: number): string {
  const sign = minutes > 0 ? "+" : minutes < 0 ? "−" : "±";
  const size = Math.abs(minutes);
  return `${sign}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
}

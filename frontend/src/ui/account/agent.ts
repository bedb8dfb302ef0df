// What a browser calls itself, in two words.

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bYaBrowser\//, "Yandex Browser"],
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/Chrome\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bWindows\b/, "Windows"],
  [/\bAndroid\b/, "Android"],
  [/\biPhone\b|\biPad\b/, "iOS"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** “Firefox, Windows”; what it says itself where we know neither; empty where it says nothing. */
export function agentName(agent: string): string {
  const known = [BROWSERS, SYSTEMS].map((list) => list.find(([sign]) => sign.test(agent))?.[1]).filter(Boolean);
  return known.join(", ") || agent.slice(0, 40);
}

export function isPhone(agent: string): boolean {
  return /\bMobile\b|\biPhone\b|\bAndroid\b/.test(agent);
}

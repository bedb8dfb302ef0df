// Day or night: the system decides unless this device was told otherwise.

export type Theme = "system" | "light" | "dark";
const KEY = "tropa_theme";

function kept(): Theme {
  const value = localStorage.getItem(KEY);
  return value === "light" || value === "dark" ? value : "system";
}

let theme = $state<Theme>(kept());

function apply(): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
apply();

export function chosenTheme(): Theme {
  return theme;
}

export function chooseTheme(next: Theme): void {
  theme = next;
  if (next === "system") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, next);
  apply();
}

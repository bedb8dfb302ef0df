// Binding an event to a place of the map, as an edit of its rule (`when`): pure. What people wrote by hand into a rule stays.
import type { Json } from "../../doc/words";

type Rule = { readonly event?: string | readonly string[]; readonly [key: string]: Json | readonly string[] | undefined };

const alternatives = (when: Json | undefined): Rule[] => (when === undefined || when === null ? [] : ((Array.isArray(when) ? when : [when]) as Rule[]));
const names = (rule: Rule): readonly string[] => (rule.event === undefined ? [] : typeof rule.event === "string" ? [rule.event] : rule.event);
const isPlain = (rule: Rule): boolean => Object.keys(rule).every((key) => key === "event");
const told = (rules: readonly Rule[]): Json | undefined => (rules.length === 0 ? undefined : ((rules.length === 1 ? rules[0] : [...rules]) as Json));
const withNames = (rule: Rule, list: readonly string[]): Rule => ({ ...rule, event: list.length === 1 ? list[0]! : [...list] });

/** The events a rule names, in order, each once. */
export function eventsOf(when: Json | undefined): string[] {
  return [...new Set(alternatives(when).flatMap(names))];
}

/** Whether the rule takes all events of this name, not only some (by channel, value, property). */
export function isWhole(when: Json | undefined, event: string): boolean {
  return alternatives(when).some((rule) => isPlain(rule) && names(rule).includes(event));
}

/** The rule with one event more; unchanged where it takes it already. */
export function bind(when: Json | undefined, event: string): Json | undefined {
  if (isWhole(when, event)) return when;
  const rules = alternatives(when);
  const at = rules.findIndex((rule) => isPlain(rule) && rule.event !== undefined);
  if (at < 0) return told([...rules, { event }]);
  return told(rules.map((rule, place) => (place === at ? withNames(rule, [...names(rule), event]) : rule)));
}

/** The rule without an event; undefined where nothing is left of it. */
export function unbind(when: Json | undefined, event: string): Json | undefined {
  const rules = alternatives(when).flatMap((rule) => {
    const list = names(rule);
    if (!list.includes(event)) return [rule];
    const rest = list.filter((name) => name !== event);
    return rest.length ? [withNames(rule, rest)] : [];
  });
  return told(rules);
}

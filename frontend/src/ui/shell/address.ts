// An address inside a map (ids and names of fields) as a link to its place in the table.
import { href } from "./routes";

/** `stages/purchase/touchpoints/cart/does/0` → the cell `purchase/does` of that map; what is in no stage leads to the map. */
export function toPlace(map: string, address: string): string {
  const [first, stage, ...rest] = address.split("/");
  if (first === "stages" && stage) {
    const fields = rest[0] === "touchpoints" ? rest.slice(2) : rest;
    const field = fields[0];
    return href("/m/:map", { map }, field && field !== "title" ? { cell: `${stage}/${field}` } : { stage });
  }
  return href("/m/:map", { map });
}

/** A place that a comment names already as `stage/row`. */
export function toComment(map: string, address: string): string {
  return address.startsWith("stages/") ? toPlace(map, address) : href("/m/:map", { map }, { cell: address });
}

// Looking at a large drawing: where its corner stands and how large it is shown.
export interface Look {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const LEAST = 0.1;
const MOST = 6;
/** A narrower window is a phone's. */
const NARROW = 760;
/** Below this scale the words of a drawing (12 px and more) cannot be read. */
const READABLE = 0.6;

/** The whole drawing in the middle of a window, with a little room around it. */
export function fitted(size: { readonly width: number; readonly height: number }, width: number, height: number, room = 24): Look {
  const scale = Math.max(LEAST, Math.min((width - 2 * room) / size.width, (height - 2 * room) / size.height, 1.5));
  return { scale, x: (width - size.width * scale) / 2, y: (height - size.height * scale) / 2 };
}

/** How a drawing is looked at first: whole where it can be read so, else (a phone) from its beginning and readable, to be moved by a finger. */
export function begun(size: { readonly width: number; readonly height: number }, width: number, height: number, room = 12): Look {
  const whole = fitted(size, width, height);
  if (width >= NARROW || whole.scale >= READABLE) return whole;
  const scale = Math.min(READABLE, (height - 2 * room) / size.height);
  return scale <= whole.scale ? whole : { scale, x: room, y: Math.max(room, (height - size.height * scale) / 2) };
}

/** Closer or farther; what is under the point stays there. */
export function zoomed(look: Look, by: number, x: number, y: number): Look {
  const scale = Math.max(LEAST, Math.min(MOST, look.scale * by));
  const ratio = scale / look.scale;
  return { scale, x: x - (x - look.x) * ratio, y: y - (y - look.y) * ratio };
}

export const moved = (look: Look, dx: number, dy: number): Look => ({ ...look, x: look.x + dx, y: look.y + dy });

/** Where fingers hold a drawing: the middle between them, and how far apart they are (0 for one). */
export interface Grasp {
  readonly x: number;
  readonly y: number;
  readonly apart: number;
}

export function graspOf(fingers: readonly { readonly x: number; readonly y: number }[]): Grasp {
  const [a, b] = fingers;
  if (!a) return { x: 0, y: 0, apart: 0 };
  return b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) } : { x: a.x, y: a.y, apart: 0 };
}

/** The drawing follows the fingers: what is between them stays between them. `box`: the window it is looked at in. */
export function followed(look: Look, before: Grasp, after: Grasp, box: { readonly left: number; readonly top: number }): Look {
  const shifted = moved(look, after.x - before.x, after.y - before.y);
  return before.apart && after.apart ? zoomed(shifted, after.apart / before.apart, after.x - box.left, after.y - box.top) : shifted;
}

/** A plan as it is drawn: walls, rooms and words on a sheet, and how it becomes an SVG and back. Pure. */

export interface Point {
  x: number;
  y: number;
}

export type Shape =
  | { sort: "wall"; from: Point; to: Point }
  | { sort: "room"; from: Point; to: Point }
  | { sort: "word"; at: Point; text: string };

export interface Sketch {
  shapes: readonly Shape[];
  /** A picture to draw over, as a data address; null: a blank sheet. */
  ground: string | null;
}

/** The sheet, in units of the drawing; everything snaps to its grid. */
export const SHEET = { width: 1200, height: 800, grid: 20 } as const;
/** Of what a drawing may weigh, so that the picture below it is not refused. */
export const MOST_LETTERS = 60;

const NAMESPACE = "http://www.w3.org/2000/svg";

export function snapped({ x, y }: Point): Point {
  const to = (value: number, most: number) =>
    Math.min(most, Math.max(0, Math.round(value / SHEET.grid) * SHEET.grid));
  return { x: to(x, SHEET.width), y: to(y, SHEET.height) };
}

/** A wall or a room from one corner to another; null: it has no length, or a room no width. */
export function between(sort: "wall" | "room", from: Point, to: Point): Shape | null {
  const wide = from.x !== to.x;
  const high = from.y !== to.y;
  if (sort === "wall" ? !wide && !high : !wide || !high) return null;
  return { sort, from, to };
}

export function box({ from, to }: { from: Point; to: Point }) {
  return {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(from.x - to.x),
    height: Math.abs(from.y - to.y),
  };
}

/** The SVG that is uploaded: white paper, then what was drawn. It draws and does nothing else. */
export function svgOf({ shapes, ground }: Sketch): string {
  const { width, height } = SHEET;
  const picture = ground
    ? `<image x="0" y="0" width="${width}" height="${height}" preserveAspectRatio="xMidYMid meet" href="${ground}"/>`
    : "";
  return (
    `<svg xmlns="${NAMESPACE}" viewBox="0 0 ${width} ${height}" data-sketch="1">` +
    `<rect width="${width}" height="${height}" fill="#ffffff"/>${picture}` +
    `<g fill="none" stroke="#1b2128" stroke-width="4">${shapes.map(element).join("")}</g></svg>`
  );
}

function element(shape: Shape): string {
  if (shape.sort === "wall") {
    const { from, to } = shape;
    return `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}"/>`;
  }
  if (shape.sort === "room") {
    const { x, y, width, height } = box(shape);
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}"/>`;
  }
  const { at, text } = shape;
  return `<text x="${at.x}" y="${at.y}" fill="#1b2128" stroke="none" font-family="sans-serif" font-size="28">${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** What an SVG was drawn from; null: it was not drawn here. */
export function sketchOf(svg: string): Sketch | null {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (root.getAttribute("data-sketch") !== "1") return null;
  const ground = root.querySelector("image")?.getAttribute("href") ?? null;
  const drawn = [...(root.querySelector("g")?.children ?? [])];
  return { ground, shapes: drawn.flatMap((one) => shapeOf(one) ?? []) };
}

function shapeOf(one: Element): Shape | null {
  const number = (name: string) => Number(one.getAttribute(name));
  const [x, y] = [number("x"), number("y")];
  if (one.localName === "line") {
    const from = { x: number("x1"), y: number("y1") };
    return { sort: "wall", from, to: { x: number("x2"), y: number("y2") } };
  }
  if (one.localName === "rect") {
    return { sort: "room", from: { x, y }, to: { x: x + number("width"), y: y + number("height") } };
  }
  return one.localName === "text" ? { sort: "word", at: { x, y }, text: one.textContent } : null;
}

/** What was done and can be taken back; doing something new forgets what was taken back. */
export interface Steps {
  done: readonly (readonly Shape[])[];
  undone: readonly (readonly Shape[])[];
}

export const begun = (shapes: readonly Shape[]): Steps => ({ done: [shapes], undone: [] });
export const now = (steps: Steps): readonly Shape[] => steps.done[steps.done.length - 1] ?? [];
export const next = (steps: Steps, shapes: readonly Shape[]): Steps => ({
  done: [...steps.done, shapes],
  undone: [],
});

export function undone(steps: Steps): Steps {
  if (steps.done.length < 2) return steps;
  return { done: steps.done.slice(0, -1), undone: [now(steps), ...steps.undone] };
}

export function redone(steps: Steps): Steps {
  const [first, ...rest] = steps.undone;
  return first ? { done: [...steps.done, first], undone: rest } : steps;
}

import { byName } from "../words/order";
import type { PlaceFull } from "../api/contract";

/** A place, and how deep below the whole site it lies. */
export interface Branch extends PlaceFull {
  depth: number;
  path: readonly string[];
}

/** Places in the order of their tree, each below the one it lies in; what lies in a ring comes last. */
export function treeOf(places: readonly PlaceFull[]): Branch[] {
  const below = new Map<string, PlaceFull[]>();
  for (const one of places) {
    const beside = below.get(one.parent ?? "") ?? [];
    below.set(one.parent ?? "", [...beside, one]);
  }
  const known = new Set(places.map((one) => one.code));
  const found: Branch[] = [];
  const seen = new Set<string>();
  const walk = (rows: readonly PlaceFull[], depth: number, path: readonly string[]) => {
    for (const one of [...rows].sort((a, b) => byName(a.name, b.name))) {
      if (seen.has(one.code)) continue;
      seen.add(one.code);
      found.push({ ...one, depth, path: [...path, one.name] });
      walk(below.get(one.code) ?? [], depth + 1, [...path, one.name]);
    }
  };
  walk(
    places.filter((one) => one.parent === null || !known.has(one.parent)),
    0,
    [],
  );
  walk(places, 0, []);
  return found;
}

/** A place and everything below it: none of them may become its parent. */
export function within(places: readonly PlaceFull[], code: string): ReadonlySet<string> {
  const found = new Set([code]);
  for (let grown = 0; grown !== found.size; ) {
    grown = found.size;
    for (const one of places) if (one.parent && found.has(one.parent)) found.add(one.code);
  }
  return found;
}

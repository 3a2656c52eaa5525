import { useEffect, useState } from "react";
import { isEditable } from "../parts/fields";

/** Something a person can do now, by a key or from the palette. */
export interface Act {
  id: string;
  words: string;
  /** `j`, `Enter`, `/`, `mod+k`: letters without their case, mod = Ctrl or ⌘. */
  keys?: readonly string[];
  run: () => void;
  /** Works while a field is being typed in, too. */
  everywhere?: boolean;
  /** Left out of the palette: moves that only make sense by key. */
  keyOnly?: boolean;
}

const layers = new Map<symbol, readonly Act[]>();

/** Offer acts while the component is there. Later components come before earlier ones. */
export function useActs(acts: readonly Act[]): void {
  const [me] = useState(() => Symbol("acts"));
  useEffect(() => {
    layers.set(me, []);
    return () => {
      layers.delete(me);
    };
  }, [me]);
  useEffect(() => {
    layers.set(me, acts);
  });
}

/** Everything that can be done now, what was offered last first. */
export function presentActs(): Act[] {
  return [...layers.values()].reverse().flat();
}

/** Name the key that was pressed as `Act.keys` does. */
export function pressed(event: KeyboardEvent): string {
  // With a Chinese input method on, some systems say only "Process"; the code still tells.
  const key = event.key === "Process" ? event.code.replace(/^Key/, "") : event.key;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return event.ctrlKey || event.metaKey ? `mod+${name}` : name;
}

function dispatch(event: KeyboardEvent): void {
  if (event.isComposing || event.altKey || event.defaultPrevented) return;
  const name = pressed(event);
  const typing = isEditable(event.target);
  const onControl =
    event.target instanceof Element && event.target.closest("button, a, [role=radio]");
  if (onControl && (name === "Enter" || name === " ")) return;
  const act = presentActs().find((one) => one.keys?.includes(name) && (!typing || one.everywhere));
  if (!act) return;
  event.preventDefault();
  act.run();
}

/** Listen for the keys; once, at the top. */
export function useKeys(): void {
  useEffect(() => {
    addEventListener("keydown", dispatch);
    return () => removeEventListener("keydown", dispatch);
  }, []);
}

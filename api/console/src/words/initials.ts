// The first character of each pinyin initial in the order of the Chinese collation (no i, u, v).
const BOUNDS = [..."阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀"];
const LETTERS = "abcdefghjklmnopqrstwxyz";
const collator = new Intl.Collator("zh-CN");

function initial(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase();
  let found = "";
  BOUNDS.forEach((bound, index) => {
    if (collator.compare(bound, character) <= 0) found = LETTERS[index] ?? "";
  });
  return found;
}

/** Return the pinyin initials of a name: 路灯不亮 → ldbl. What is not Chinese stays as it is. */
export function initials(name: string): string {
  return [...name].map(initial).join("").replace(/\s+/g, "");
}

/** Whether what was typed means this name: part of it, or the start of some of its initials. */
export function matches(typed: string, names: readonly string[]): boolean {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return true;
  return names.some((name) => name.toLowerCase().includes(wanted) || initials(name).includes(wanted));
}

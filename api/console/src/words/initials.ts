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

/** What fits what was typed: names that begin so first, otherwise in the order given. */
export function best<T>(
  all: readonly T[],
  typed: string,
  namesOf: (one: T) => readonly string[],
): T[] {
  const wanted = typed.trim().toLowerCase();
  const fitting = all.filter((one) => matches(typed, namesOf(one)));
  if (!wanted) return fitting;
  const begins = (one: T) =>
    namesOf(one).some(
      (name) => name.toLowerCase().startsWith(wanted) || initials(name).startsWith(wanted),
    );
  return [...fitting.filter(begins), ...fitting.filter((one) => !begins(one))];
}

/** Whether what was typed means this name: part of it, or the start of some of its initials. */
export function matches(typed: string, names: readonly string[]): boolean {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return true;
  return names.some(
    (name) => name.toLowerCase().includes(wanted) || initials(name).includes(wanted),
  );
}

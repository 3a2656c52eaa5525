/** Names in the order people look for them: by pinyin, numbers by their value. */
const pinyin = new Intl.Collator("zh-Hans-CN-u-co-pinyin", { numeric: true });

export function byName(a: string, b: string): number {
  return pinyin.compare(a, b);
}

/** A copy, by the name of each. */
export function inOrder<T>(rows: readonly T[], nameOf: (row: T) => string): T[] {
  return [...rows].sort((a, b) => byName(nameOf(a), nameOf(b)));
}

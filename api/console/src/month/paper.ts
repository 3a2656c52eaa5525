import type { RegisterFilter } from "../api/queries";

/** The address of the register on paper: these rows, or all that a filter leaves. */
export function addressOf(rows: readonly number[] | RegisterFilter): string {
  if (Array.isArray(rows)) {
    return `/register/selected/${[...(rows as number[])].sort((a, b) => a - b).join("-")}`;
  }
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(rows as RegisterFilter)) {
    for (const one of Array.isArray(value) ? value : [value]) asked.append(name, String(one));
  }
  return `/register/filtered/${encodeURIComponent(asked.toString())}`;
}

/** Which rows an address means; null: it is the register of a month. */
export function rowsOf(parts: readonly string[]): RegisterFilter | null {
  const [which, what = ""] = parts;
  if (which === "selected") {
    return { number: what.split("-").map(Number).filter((one) => Number.isSafeInteger(one) && one > 0) };
  }
  if (which !== "filtered") return null;
  const asked = new URLSearchParams(what);
  const status = asked.getAll("status");
  return {
    ...(status.length > 0 ? { status } : {}),
    ...Object.fromEntries(
      ["urgency", "category", "place", "q"].flatMap((name) => {
        const value = asked.get(name);
        return value ? [[name, value]] : [];
      }),
    ),
    ...(asked.get("open") === "true" ? { open: true } : {}),
  } as RegisterFilter;
}

/** Fields of a form are walked in their order on the screen: each bears `data-field`. */

function fieldsOf(form: Element): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>("[data-field]:not(:disabled)")];
}

export function focusFirst(form: Element | null): void {
  if (form) fieldsOf(form)[0]?.focus();
}

/** Go to the field after this one; from the last one stay. */
export function focusNext(from: HTMLElement): void {
  const form = from.closest("[data-form]");
  if (!form) return;
  const fields = fieldsOf(form);
  fields[fields.indexOf(from) + 1]?.focus();
}

/** Go to the next field that still lacks its value; when none does, to the last: the words. */
export function focusLacking(from: HTMLElement): void {
  const form = from.closest("[data-form]");
  if (!form) return;
  const fields = fieldsOf(form);
  const later = fields.slice(fields.indexOf(from) + 1);
  (later.find((field) => field.dataset.missing === "true") ?? fields.at(-1))?.focus();
}

/** The first field that still lacks its value, or else the first. */
export function focusMissing(form: Element | null): void {
  if (!form) return;
  const fields = fieldsOf(form);
  const missing = fields.find((field) => field.dataset.missing === "true");
  (missing ?? fields[0])?.focus();
}

export function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

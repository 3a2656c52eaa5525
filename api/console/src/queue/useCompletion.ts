import { useMemo, useState } from "react";
import { useCategories } from "../api/queries";
import type { Write } from "../api/client";
import { change as changing } from "../api/client";
import type { Category, Report } from "../api/contract";
import { remember, settings } from "../app/settings";
import { callerBody, callerLacks, draftOf, forget, isDirty, keep, unsaid } from "./draft";
import type { Draft } from "./draft";
import { pathOf } from "./title";

export interface Completion {
  draft: Draft;
  category: Category | undefined;
  /** Categories in the order of use at this workstation; the first nine answer to digits. */
  categories: readonly Category[];
  /** What will be written if the words stay empty. */
  wordsIfEmpty: string;
  change: (change: Partial<Draft>) => void;
  /** What must be written before the report may go on; null: something is missing. */
  writes: () => Write<Report>[] | null;
  done: () => void;
}

/** Who, where, what and how urgent: what a report lacks before it may go to the desk. */
export function useCompletion(report: Report): Completion {
  const [draft, setDraft] = useState(() => draftOf(report));
  const { data: catalogue } = useCategories();

  const categories = useMemo(() => {
    const used = settings().chosen;
    return [...(catalogue ?? [])].sort((a, b) => (used[b.code] ?? 0) - (used[a.code] ?? 0));
  }, [catalogue]);
  const code = draft.category;
  const category = categories.find((one) => one.code === code);
  const wordsIfEmpty = unsaid(category, report.place ? pathOf(report.place.path, 2) : "");

  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    keep(report.number, next);
    setDraft(next);
  };
  const writes = (): Write<Report>[] | null => {
    if (report.completed && !isDirty(report)) return [];
    const words = draft.words.trim() || wordsIfEmpty;
    if (!code || !draft.place || callerLacks(draft) || !words) return null;
    const body = {
      caller: callerBody(draft),
      place: draft.place,
      category: code,
      words,
      ...(draft.urgency ? { urgency: draft.urgency } : {}),
    };
    return [changing("/api/v1/reports/{number}/complete", report.number, body)];
  };
  const done = () => {
    forget(report.number);
    if (!code) return;
    const used = settings().chosen;
    remember({ chosen: { ...used, [code]: (used[code] ?? 0) + 1 } });
  };
  return { draft, category, categories, wordsIfEmpty, change, writes, done };
}

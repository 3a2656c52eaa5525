/** How much waits for me, less what I have answered and the telephone still keeps. */
import type { Answer } from "../api/routes";
import type { Sent } from "./outbox/item";
import type { Reading } from "./reading";
import { useReading } from "./reading";

export interface Counts {
  alerts: Reading<Answer<"/api/v1/alerts">>;
  cards: Reading<Answer<"/api/v1/followups">>;
  copies: Reading<Answer<"/api/v1/copies">>;
  briefings: Reading<Answer<"/api/v1/briefings">>;
  summons: Reading<Answer<"/api/v1/summons">>;
  /** Whether something was answered here already, by the path of the answer. */
  answered: (path: string) => boolean;
  all: number;
}

export function useCounts(of: string, items: readonly Sent[]): Counts {
  const alerts = useReading(of, "/api/v1/alerts", { open: true, limit: 50 });
  const cards = useReading(of, "/api/v1/followups");
  const copies = useReading(of, "/api/v1/copies", { limit: 100 });
  const briefings = useReading(of, "/api/v1/briefings", { limit: 100 });
  const summons = useReading(of, "/api/v1/summons");
  // What was answered after it was read is gone at the next reading; till then it is not shown.
  const newest = Math.max(alerts.at ?? 0, cards.at ?? 0, copies.at ?? 0, briefings.at ?? 0, summons.at ?? 0);
  const said = new Set(
    items.flatMap((one) =>
      one.kind === "act" &&
      one.state !== "refused" &&
      (one.state !== "delivered" || (one.delivered ?? 0) > newest - 60_000)
        ? [one.path]
        : [],
    ),
  );
  const answered = (path: string) => said.has(path);
  const all =
    (summons.value?.items ?? []).filter((one) => one.acknowledged_at === null && !answered(summonsPath(one.number))).length +
    (alerts.value?.items ?? []).filter((one) => !answered(answerPath(one.id))).length +
    (cards.value?.cards ?? []).filter((one) => !answered(cardPath(one.issue.number))).length +
    (copies.value?.items ?? []).filter((one) => one.acknowledged_at === null && !answered(copyPath(one.issue.number))).length +
    (briefings.value?.items ?? []).filter((one) => one.for_me && one.acknowledged_at === null && !answered(briefingPath(one.number))).length;
  return { alerts, cards, copies, briefings, summons, answered, all };
}

export const answerPath = (id: number) => `/api/v1/alerts/${id}/answer`;
export const cardPath = (issue: number) => `/api/v1/followups/${issue}`;
export const copyPath = (issue: number) => `/api/v1/copies/${issue}/acknowledge`;
export const briefingPath = (number: number) => `/api/v1/briefings/${number}/acknowledge`;
export const summonsPath = (number: number) => `/api/v1/summons/${number}/acknowledge`;

import { useAlerts, useFollowUps } from "../api/duties";
import type { Session } from "../api/contract";
import { useNotices } from "../api/queries";
import { allowedPages, may } from "../session/allowed";
import type { Page } from "./route";

/** How much of this person's own waits on a page. */
export function useWaiting(session: Session): Partial<Record<Page, number>> {
  const { data: notices } = useNotices();
  const works = may(session, "follow_up");
  const { data: alerts } = useAlerts(works);
  const { data: followUps } = useFollowUps(works);
  return {
    duties:
      (alerts?.items.filter((alert) => alert.state === "waiting").length ?? 0) +
      (followUps?.cards.length ?? 0),
    notices: notices?.items.filter((notice) => !notice.acknowledged_at).length ?? 0,
  };
}

/** The page of the navigation that a page belongs to: an issue opened at the desk is the desk's. */
export function standsFor(session: Session, page: Page): Page {
  const pages = allowedPages(session);
  return page === "issues" && !pages.includes(page) && pages.includes("desk") ? "desk" : page;
}

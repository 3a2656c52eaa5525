import type { IssueBrief } from "../api/contract";
import { Link } from "../app/Link";
import { UrgencyMark } from "../parts/ClassMark";
import { pathOf } from "../queue/title";
import { both, t } from "../words/words";

/** What somebody needs to know of an issue he is asked about; `linked`: he may open it. */
export function Brief({ issue, linked = true }: { issue: IssueBrief; linked?: boolean }) {
  return (
    <div>
      {linked ? <Link to={`/issues/${issue.number}`}>#{issue.number}</Link> : `#${issue.number}`}{" "}
      <b>{both(issue.category) || t("issue.no_category")}</b>{" "}
      <UrgencyMark urgency={issue.urgency} />{" "}
      <span>{issue.place ? pathOf(issue.place.path, 3) : t("place.unknown")}</span>
      <p>{issue.words}</p>
    </div>
  );
}

import type { components } from "../../api-types";
import { shown } from "../time";
import { Pin } from "../Pin";
import { both, named, t, where } from "../words";

/** What somebody has to know of an issue, without opening anything. */
export function Brief({ issue }: { issue: components["schemas"]["IssueBrief"] }) {
  return (
    <div>
      <h3>
        {both(issue.category) || t("phone.no_kind")}{" "}
        <span className={issue.urgency === "life_safety" ? "tag life" : "tag"}>
          {issue.urgency === "life_safety" ? "▲ " : ""}
          {named("urgency", issue.urgency)}
        </span>
      </h3>
      <p><Pin /> {where(issue.place, 3)}</p>
      <p className="said">{issue.words}</p>
      <p className="quiet">
        #{issue.number} · {shown(issue.reported_at)}
      </p>
    </div>
  );
}

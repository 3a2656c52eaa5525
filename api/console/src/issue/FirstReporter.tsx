import type { Issue } from "../api/contract";
import { t } from "../words/words";

/** The owner of the issue (首问责任人), exact, with the unit; or that he is still to be found. */
export function FirstReporter({ issue }: { issue: Issue }) {
  const first = issue.first_reporter;
  return (
    <p className="first-reporter" data-testid="first-reporter">
      <span className="quiet">{t("issue.first_reporter")}</span>{" "}
      <b>{first ? first.name : t("issue.no_reporter")}</b>
      {first?.person ? <span className="quiet"> {first.person.unit.name}</span> : null}
      {first?.to_be_identified ? (
        <span className="tag tag-warn">▲ {t("issue.to_be_identified_long")}</span>
      ) : null}
    </p>
  );
}

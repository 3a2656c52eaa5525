import { Skeleton } from "antd";
import { useIssue } from "../api/queries";
import { Link } from "../app/Link";
import { IssueActs } from "../issue/IssueActs";
import { IssueFacts } from "../issue/IssueFacts";
import { FirstReporter } from "../issue/FirstReporter";
import { Relays } from "../issue/Relays";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { UrgencyMark } from "../parts/ClassMark";
import { refusal } from "../parts/refusal";
import { Promises } from "../promises/Promises";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { both, named, t } from "../words/words";

/** The chosen issue beside the register: enough to act on; the whole is one Enter away. */
export function DeskSide({ number, onTell }: { number: number; onTell: () => void }) {
  const me = useMe();
  const { data: issue, error } = useIssue(number);
  if (error) return <Bar tone="warn">{refusal(error, "read")}</Bar>;
  if (!issue) return <Skeleton active />;
  const relays = issue.reports.flatMap((report) => report.relays);
  return (
    <>
      <header className="side-head">
        <h1>
          <Link to={`/issues/${issue.number}`}>#{issue.number}</Link>{" "}
          {both(issue.category) || t("issue.no_category")}
        </h1>
        <p>
          <UrgencyMark urgency={issue.urgency} /> <b>{named("status", issue.status)}</b>
        </p>
        {issue.words ? <p className="work-words">{issue.words}</p> : null}
      </header>
      <IssueActs key={issue.number} issue={issue} />
      <Promises key={`promises-${issue.number}`} issue={issue} />
      <p className="sentence">{both(issue.sentence)}</p>
      <FirstReporter issue={issue} />
      <IssueFacts issue={issue} />
      {relays.length > 0 ? (
        <section className="sight-part">
          <h2>{t("relay.title")}</h2>
          <Relays relays={relays} />
        </section>
      ) : null}
      {may(me, "register") ? (
        <div className="acts acts-apart">
          <ActButton letter="N" words={t("act.tell")} onClick={onTell} testId="tell" />
        </div>
      ) : null}
    </>
  );
}

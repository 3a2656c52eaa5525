import { Skeleton } from "antd";
import { useIssue } from "../api/queries";
import { Bar } from "../parts/Bar";
import { UrgencyMark } from "../parts/ClassMark";
import { refusal } from "../parts/refusal";
import { both, named, t } from "../words/words";
import { FirstReporter } from "./FirstReporter";
import { IssueActs } from "./IssueActs";
import { IssueFacts } from "./IssueFacts";
import { Journal } from "./Journal";
import { Path } from "./Path";
import { PeoplesPictures } from "./PeoplesPictures";
import { Reports } from "./Reports";
import { Steps } from "./Steps";
import { Following } from "../duties/Following";
import { IssueSteps } from "../playbook/IssueSteps";
import { LadderActs } from "../pauses/LadderActs";
import { IssueAround } from "../customers/IssueAround";
import { Kin } from "../customers/Kin";
import { Voices } from "../customers/Voices";
import { Promises } from "../promises/Promises";
import { Claim } from "../review/Claim";
import "./issue.css";

/** One issue, whole: what it is, who answers for it, what comes next and why, and all that happened. */
export default function IssuePage({ number }: { number: number }) {
  const { data: issue, error } = useIssue(number);
  if (error) {
    return (
      <main className="page">
        <Bar tone="warn">{refusal(error, "read")}</Bar>
      </main>
    );
  }
  if (!issue) return <Skeleton active className="page" />;
  return (
    <main className="issue-page" data-testid="issue-page">
      <section className="column">
        <header className="issue-head">
          <h1>
            <span className="quiet">#{issue.number}</span>{" "}
            {both(issue.category) || t("issue.no_category")}
          </h1>
          <p>
            <UrgencyMark urgency={issue.urgency} />{" "}
            <b data-testid="issue-status">{named("status", issue.status)}</b>
          </p>
          {issue.words ? <p className="work-words">{issue.words}</p> : null}
          <p className="sentence" data-testid="issue-sentence">
            {both(issue.sentence)}
          </p>
          <FirstReporter issue={issue} />
        </header>
        <IssueActs issue={issue} />
        <IssueSteps issue={issue} />
        <IssueFacts issue={issue} />
      </section>
      <section className="column">
        <h2>{t("ladder.title")}</h2>
        <Steps steps={issue.steps} />
        <LadderActs issue={issue} />
        <h2>{t("issue.reports", { count: issue.reports.length })}</h2>
        <Reports reports={issue.reports} />
        <IssueAround number={issue.number} />
        <Following number={issue.number} />
        <Kin issue={issue} />
        <Promises issue={issue} />
        <Voices issue={issue} />
        <Claim issue={issue} />
        <PeoplesPictures issue={issue} />
      </section>
      <section className="column">
        <Path number={issue.number} />
        <Journal number={issue.number} />
      </section>
    </main>
  );
}

import type { Proposal } from "../api/contract";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { Fact, Facts } from "../parts/Facts";
import { Moment } from "../time/Moment";
import { both, named, t } from "../words/words";
import { about, points } from "./about";

/** What is proposed, in a sentence, with every entry it rests on, and what looks odd. */
export function ProposalCard({ proposal }: { proposal: Proposal }) {
  const { decision, objection, flags } = proposal;
  return (
    <article className="report-card" data-testid="proposal">
      <h3>
        {about(proposal)} · {points(proposal.points)} ·{" "}
        {named("consequence", proposal.consequence)}
      </h3>
      <p className="work-words">{both(proposal.sentence)}</p>
      <Facts>
        <Fact name={t("merit.rule")}>
          {proposal.rules_version === null
            ? t("merit.by_hand", { name: proposal.proposed_by?.name ?? "" })
            : t("rules.version", { version: proposal.rules_version })}
        </Fact>
        <Fact name={t("merit.month")}>{proposal.month}</Fact>
        <Fact name={t("merit.proposed_at")}>
          <Moment at={proposal.proposed_at} seconds={false} />
        </Fact>
      </Facts>
      {flags.map((flag) => (
        <Bar key={`${flag.trick}-${flag.issues.join("-")}`} tone="warn">
          ⚑ {named("trick", flag.trick)}{t("join.colon")}
          {flag.issues.map((issue) => (
            <Link key={issue} to={`/issues/${issue}`}>
              #{issue}{" "}
            </Link>
          ))}
        </Bar>
      ))}
      <h4>{t("merit.evidence")}</h4>
      <ul data-testid="evidence">
        {proposal.evidence.map((entry) => (
          <li key={entry.seq}>
            {entry.issue > 0 ? <Link to={`/issues/${entry.issue}`}>#{entry.issue}</Link> : null}{" "}
            {named("entry", entry.kind)} <Moment at={entry.at} seconds={false} />{" "}
            {typeof entry.body["words"] === "string" ? <q>{entry.body["words"]}</q> : null}
          </li>
        ))}
      </ul>
      {objection.state === "none" ? null : (
        <section data-testid="objection">
          <h4>{t("merit.objection")}</h4>
          <p>
            {objection.by?.name}{t("join.colon")}
            {objection.words}
          </p>
          {objection.answer ? (
            <p>
              {objection.answered_by?.name}{t("join.colon")}
              {objection.answer}
            </p>
          ) : (
            <p className="quiet">{t("merit.objection_open")}</p>
          )}
        </section>
      )}
      {decision ? (
        <p data-testid="decision">
          {decision.by?.name} {named("decision", decision.decision)} {points(decision.points)}{" "}
          {named("consequence", decision.consequence)}{t("join.colon")}
          {decision.reason}
        </p>
      ) : null}
    </article>
  );
}

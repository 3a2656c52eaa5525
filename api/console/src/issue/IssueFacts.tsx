import type { Issue } from "../api/contract";
import { Fact, Facts } from "../parts/Facts";
import { pathOf } from "../queue/title";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";

/** Where, by whom, and each moment that counts. */
export function IssueFacts({ issue }: { issue: Issue }) {
  const at = (value: string | null) => (value ? <Moment at={value} seconds={false} /> : null);
  const { caller } = issue;
  const who = caller
    ? [caller.person?.name ?? caller.name, caller.phone].filter(Boolean).join(" ")
    : "";
  return (
    <Facts>
      <Fact name={t("fact.place")}>
        {issue.place ? pathOf(issue.place.path) : t("place.unknown")}
      </Fact>
      <Fact name={t("fact.caller")}>
        {caller ? `${named("caller", caller.kind)}${who ? ` ${who}` : ""}` : null}
      </Fact>
      <Fact name={t("fact.reported_at")}>{at(issue.reported_at)}</Fact>
      <Fact name={t("fact.day_one")}>{issue.reported_on}</Fact>
      <Fact name={t("fact.forwarded_at")}>{at(issue.forwarded_at)}</Fact>
      <Fact name={t("fact.accept_limit_at")}>
        {issue.accepted_at ? null : at(issue.accept_limit_at)}
      </Fact>
      <Fact name={t("fact.accepted_at")}>{at(issue.accepted_at)}</Fact>
      <Fact name={t("fact.assigned_to")}>
        {issue.assigned_to ? `${issue.assigned_to.name} · ${issue.assigned_to.unit.name}` : null}
      </Fact>
      <Fact name={t("fact.promised_at")}>{at(issue.promised_at)}</Fact>
      <Fact name={t("fact.handled_at")}>{at(issue.handled_at)}</Fact>
      <Fact name={t("fact.handled_how")}>{issue.handled_how}</Fact>
      <Fact name={t("fact.closed_at")}>{at(issue.closed_at)}</Fact>
      <Fact name={t("fact.outcome")}>{named("outcome", issue.outcome)}</Fact>
      <Fact name={t("fact.reopened")}>
        {issue.reopened > 0 ? t("desk.reopened", { times: issue.reopened }) : null}
      </Fact>
    </Facts>
  );
}

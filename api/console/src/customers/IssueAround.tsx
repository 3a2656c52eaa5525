import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { t } from "../words/words";
import { useIssueAround } from "./queries";
import { Surroundings, isNothing } from "./Surroundings";

/** On the issue's page: who lives or works there, and what was told from there before. */
export function IssueAround({ number }: { number: number }) {
  const me = useMe();
  const { data } = useIssueAround(number, may(me, "see_customers"));
  if (!data || isNothing(data)) return null;
  return (
    <section className="report-card" data-testid="issue-around">
      <h3>{t("around.title")}</h3>
      {data.customer ? (
        <p>
          <b>{data.customer.name}</b> {data.customer.phones.join(" ")}
        </p>
      ) : null}
      <Surroundings known={data} />
    </section>
  );
}

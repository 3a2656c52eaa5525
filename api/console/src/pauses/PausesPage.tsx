import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { read } from "../api/client";
import type { Pause } from "../api/contract";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { UrgencyMark } from "../parts/ClassMark";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { both, t } from "../words/words";
import { PauseLine } from "./Decide";

/** What waits for somebody's consent, and what stands still now. */
export default function PausesPage() {
  return (
    <main className="page" data-testid="pauses-page">
      <Pauses state="asked" />
      <Pauses state="granted" />
    </main>
  );
}

function Pauses({ state }: { state: Extract<Pause["state"], "asked" | "granted"> }) {
  const { data, error, isPending } = useQuery({
    queryKey: ["pauses", state],
    queryFn: () => read("/api/v1/pauses", { state, limit: 200 }),
    refetchInterval: 30_000,
  });
  const rows = data?.items ?? [];
  return (
    <section>
      <h2>{t(`pauses.${state}`)}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {!isPending && rows.length === 0 ? <Why words={t(`pauses.${state}_none`)} /> : null}
      {rows.map(({ pause, issue }) => (
        <article className="report-card" key={pause.id}>
          <p>
            <Link to={`/issues/${issue.number}`}>#{issue.number}</Link> {both(issue.category)}{" "}
            <UrgencyMark urgency={issue.urgency} /> <span className="quiet">{issue.words}</span>
          </p>
          <PauseLine pause={pause} />
        </article>
      ))}
    </section>
  );
}

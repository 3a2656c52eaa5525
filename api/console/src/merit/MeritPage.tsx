import { Skeleton } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read } from "../api/client";
import { Link } from "../app/Link";
import { go } from "../app/route";
import { useActs } from "../keys/acts";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { both, named, t } from "../words/words";
import { DecisionForm } from "./DecisionForm";
import { Ledger } from "./Ledger";
import { Lists } from "./Lists";
import { LossForm } from "./LossForm";
import { ProposalCard } from "./ProposalCard";
import { Rules } from "./Rules";
import { SuggestForm } from "./SuggestForm";
import { about, points } from "./about";
import "./merit.css";

const PARTS = ["proposals", "ledger", "lists", "losses", "suggest", "rules"] as const;

/** Reward and punishment (五.2): the decision desk, the ledger, the lists, losses. */
export default function MeritPage({ part }: { part: string | null }) {
  const shown = PARTS.find((one) => one === part) ?? "proposals";
  return (
    <main className="page" data-testid="merit-page">
      <nav className="acts" aria-label={t("merit.parts")}>
        {PARTS.map((one) => (
          <Link key={one} to={`/merit/${one}`} current={one === shown}>
            {named("merit.part", one)}
          </Link>
        ))}
      </nav>
      {shown === "proposals" ? <Desk /> : null}
      {shown === "ledger" ? <Ledger mine={false} /> : null}
      {shown === "lists" ? <Lists /> : null}
      {shown === "suggest" ? <SuggestForm /> : null}
      {shown === "losses" ? <LossForm /> : null}
      {shown === "rules" ? <Rules /> : null}
    </main>
  );
}

/** The stack on the left, what speaks for it and three buttons on the right. */
function Desk() {
  const [chosen, setChosen] = useState<number | null>(null);
  const { data, error, isPending } = useQuery({
    queryKey: ["merit", "waiting"],
    queryFn: () => read("/api/v1/merit/proposals", { limit: 100 }),
  });
  const items = data?.items ?? [];
  const at = Math.max(0, items.findIndex((one) => one.number === chosen));
  const one = items[at];
  const step = (by: number) => setChosen(items[(at + by + items.length) % items.length]?.number ?? null);
  useActs([
    { id: "merit-next", words: t("merit.next"), keys: ["j", "ArrowDown"], run: () => step(1) },
    { id: "merit-back", words: t("merit.back"), keys: ["k", "ArrowUp"], run: () => step(-1) },
    { id: "merit-ledger", words: t("merit.part.ledger"), run: () => go("/merit/ledger") },
  ]);
  return (
    <div className="merit-desk">
      <section className="column" aria-label={t("merit.stack")}>
        <h2>
          {t("merit.stack")} <span className="count">{items.length}</span>
        </h2>
        {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
        {isPending ? <Skeleton active /> : null}
        <ol className="merit-stack">
          {items.map((each) => (
            <li key={each.number}>
              <button
                type="button"
                className="plain"
                aria-pressed={each === one}
                onClick={() => setChosen(each.number)}
                data-testid={`proposal-${each.number}`}
              >
                <b>{about(each)}</b> {points(each.points)} {both(each.sentence)}
                {each.objection.state === "open" ? (
                  <span className="tag tag-danger">▲ {t("merit.objection_open")}</span>
                ) : null}
                {each.flags.length > 0 ? (
                  <span className="tag">⚑ {t("merit.flagged", { n: each.flags.length })}</span>
                ) : null}
              </button>
            </li>
          ))}
        </ol>
        {!isPending && !error && items.length === 0 ? <Why words={t("merit.none")} /> : null}
      </section>
      {one ? (
        <section className="column" key={one.number} aria-label={about(one)}>
          <ProposalCard proposal={one} />
          <DecisionForm proposal={one} alike={items.filter((each) => each.rule === one.rule)} />
        </section>
      ) : null}
    </div>
  );
}

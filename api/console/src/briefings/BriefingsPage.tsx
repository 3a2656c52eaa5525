import { Skeleton } from "antd";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import { useBriefings } from "../api/duties";
import type { Briefing } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";
import { BriefingForm } from "./BriefingForm";
import { WhoKnows } from "./WhoKnows";

/** What is to be known (五.3): acknowledged by me, and, for who publishes, who has not. */
export default function BriefingsPage() {
  const me = useMe();
  const { data, error, isPending } = useBriefings();
  const [writing, setWriting] = useState<Briefing | "new" | null>(null);
  const publishes = may(me, "publish_briefing");
  const items = data?.items ?? [];
  return (
    <main className="page" data-testid="briefings">
      <h2>{t("briefings.title")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {publishes && writing === null ? (
        <div className="acts">
          <ActButton
            words={t("briefings.new")}
            onClick={() => setWriting("new")}
            testId="new-briefing"
          />
        </div>
      ) : null}
      {writing !== null ? (
        <BriefingForm
          key={writing === "new" ? "new" : writing.number}
          briefing={writing === "new" ? null : writing}
          onDone={() => setWriting(null)}
        />
      ) : null}
      {!isPending && items.length === 0 ? <Why words={t("briefings.none")} /> : null}
      <ul className="notices">
        {items.map((one) => (
          <Row
            key={one.number}
            briefing={one}
            publishes={publishes}
            onRevise={() => setWriting(one)}
          />
        ))}
      </ul>
    </main>
  );
}

interface RowProps {
  briefing: Briefing;
  publishes: boolean;
  onRevise: () => void;
}

function Row({ briefing, publishes, onRevise }: RowProps) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const acknowledge = useMutation({
    mutationFn: () =>
      send(
        change("/api/v1/briefings/{number}/acknowledge", briefing.number, {
          version: briefing.version,
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["briefings"] }),
  });
  const roles = briefing.roles.map((role) => named("role", role));
  const units = briefing.units.map((unit) => unit.name);
  return (
    <li className="notice" data-testid={`briefing-${briefing.number}`}>
      <div>
        <b>{briefing.title}</b> <span className="tag">{named("briefing", briefing.sort)}</span>{" "}
        <span className="quiet">
          {t("briefings.version", { version: briefing.version })}{" "}
          {briefing.by?.name ?? t("briefings.by_product")} <Moment at={briefing.published_at} />{" "}
          · {[...roles, ...units].join(t("join.comma")) || t("briefings.everybody")}
        </span>
        <p className="work-words">{briefing.words}</p>
        {acknowledge.error ? <Bar tone="warn">{refusal(acknowledge.error)}</Bar> : null}
        {open ? <WhoKnows number={briefing.number} /> : null}
      </div>
      <div className="acts">
        {briefing.acknowledged_at ? (
          <span className="quiet">
            ✓ {t("briefings.known")} <Moment at={briefing.acknowledged_at} />
          </span>
        ) : briefing.for_me ? (
          <ActButton
            words={t("briefings.acknowledge")}
            onClick={() => acknowledge.mutate()}
            primary
            busy={acknowledge.isPending}
            testId={`acknowledge-${briefing.number}`}
          />
        ) : null}
        {publishes ? (
          <ActButton
            words={t("briefings.who")}
            onClick={() => setOpen(!open)}
            testId={`who-${briefing.number}`}
          />
        ) : null}
        {publishes && briefing.sort !== "playbook" ? (
          <ActButton
            words={t("briefings.revise")}
            onClick={onRevise}
            testId={`revise-${briefing.number}`}
          />
        ) : null}
      </div>
    </li>
  );
}

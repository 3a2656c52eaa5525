import { Skeleton } from "antd";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, read, send } from "../api/client";
import type { Proposal } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { ReasonForm } from "../parts/ReasonForm";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { Moment } from "../time/Moment";
import { t } from "../words/words";
import { Ledger } from "./Ledger";
import { ProposalCard } from "./ProposalCard";
import "./merit.css";

/** My points, what is proposed about me or my unit, and my word against it. */
export default function PointsPage() {
  const { data, error, isPending } = useQuery({
    queryKey: ["merit", "mine"],
    queryFn: () => read("/api/v1/merit/mine", { limit: 100 }),
  });
  return (
    <main className="page" data-testid="points-page">
      <Ledger mine />
      <h2>{t("merit.about_me")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {data?.items.length === 0 ? <Why words={t("merit.about_me_none")} /> : null}
      {data?.items.map((one) => (
        <div key={one.number}>
          <ProposalCard proposal={one} />
          {one.may_object ? <Objecting proposal={one} /> : null}
        </div>
      ))}
    </main>
  );
}

function Objecting({ proposal }: { proposal: Proposal }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const object = useMutation({
    mutationFn: (words: string) =>
      send(change("/api/v1/merit/proposals/{number}/object", proposal.number, { words })),
    onSettled: () => client.invalidateQueries({ queryKey: ["merit"] }),
  });
  if (!asked) {
    return (
      <p>
        <ActButton
          words={t("merit.object")}
          onClick={() => setAsked(true)}
          testId={`object-${proposal.number}`}
        />{" "}
        <span className="quiet">
          {t("merit.object_until")} <Moment at={proposal.objection_until} seconds={false} />
        </span>
      </p>
    );
  }
  return (
    <>
      {object.error ? <Bar tone="warn">{refusal(object.error)}</Bar> : null}
      <ReasonForm
        title={t("merit.object")}
        label={t("merit.object_words")}
        busy={object.isPending}
        onSubmit={(words) => object.mutate(words)}
      />
    </>
  );
}

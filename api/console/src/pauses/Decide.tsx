import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import type { Pause } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { ReasonForm } from "../parts/ReasonForm";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";

const WAYS = {
  refuse: "/api/v1/pauses/{number}/refuse",
  end: "/api/v1/pauses/{number}/end",
} as const;

/** One pause with what this person may do about it; who asked never decides. */
export function PauseLine({ pause }: { pause: Pause }) {
  const me = useMe();
  const client = useQueryClient();
  const [open, setOpen] = useState<"refuse" | "end" | null>(null);
  const act = useMutation({
    mutationFn: ({ which, reason }: { which: "grant" | "refuse" | "end"; reason: string }) =>
      which === "grant"
        ? send(change("/api/v1/pauses/{number}/grant", pause.id, {}))
        : send(change(WAYS[which], pause.id, { reason })),
    onSuccess: () => setOpen(null),
    onSettled: () => {
      for (const key of ["pauses", "issue", "journal", "issues", "escalations"])
        void client.invalidateQueries({ queryKey: [key] });
    },
  });
  const decides = pause.state === "asked" && may(me, "decide_pause") && !pause.mine;
  const ends = pause.state === "granted" && may(me, "ask_pause");
  return (
    <div data-testid={`pause-${pause.id}`}>
      <p>
        <b>{named("pause", pause.state)}</b> {pause.asked_by.name}
        {t("join.colon")}
        {pause.reason}{" "}
        <span className="quiet">
          {t("pause.until")} <Moment at={pause.ends_at ?? pause.until} seconds={false} />
          {pause.decided_by ? ` · ${t("pause.by", { name: pause.decided_by.name })}` : null}
          {pause.decision ? ` · ${pause.decision}` : null}
        </span>
      </p>
      {decides || ends ? (
        <div className="acts">
          {decides ? (
            <>
              <ActButton
                words={t("pause.grant")}
                onClick={() => act.mutate({ which: "grant", reason: "" })}
                busy={act.isPending}
                primary
                testId="pause-grant"
              />
              <ActButton words={t("pause.refuse")} onClick={() => setOpen("refuse")} />
            </>
          ) : null}
          {ends ? <ActButton words={t("pause.end")} onClick={() => setOpen("end")} /> : null}
        </div>
      ) : null}
      {open ? (
        <ReasonForm
          title={t(`pause.${open}`)}
          label={t("pause.reason")}
          busy={act.isPending}
          onSubmit={(reason) => act.mutate({ which: open, reason })}
        />
      ) : null}
      {act.error ? <Bar tone="warn">{refusal(act.error)}</Bar> : null}
    </div>
  );
}

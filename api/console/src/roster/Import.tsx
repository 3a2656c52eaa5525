import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";

/** The roster as an office has it: a table, pasted or saved from a spreadsheet. */
export function Import() {
  const client = useQueryClient();
  const [text, setText] = useState("");
  const act = useMutation({
    mutationFn: (dryRun: boolean) =>
      send(change("/api/v1/roster/import", undefined, { text, dry_run: dryRun })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["roster"] }),
  });
  const detail = (act.error as { detail?: string } | null)?.detail;
  return (
    <section>
      <h2>{t("roster.import")}</h2>
      <p className="quiet">{t("roster.import_how")}</p>
      <textarea
        className="field roster-table"
        aria-label={t("roster.import")}
        value={text}
        placeholder={t("roster.import_example")}
        onChange={(event) => {
          setText(event.target.value);
          act.reset();
        }}
        data-testid="roster-table"
      />
      {act.error ? (
        <Bar tone="warn" testId="refusal">
          {refusal(act.error)}
          <pre className="roster-mistakes">{detail}</pre>
        </Bar>
      ) : null}
      {act.data ? (
        <Bar>
          {t(act.variables ? "roster.checked" : "roster.written", {
            count: act.data.duties.length,
            gaps: act.data.gaps.length,
          })}
        </Bar>
      ) : null}
      <div className="acts">
        <ActButton
          words={t("roster.check")}
          onClick={() => act.mutate(true)}
          disabled={!text.trim()}
          busy={act.isPending}
          testId="roster-check"
        />
        <ActButton
          words={t("roster.write")}
          onClick={() => act.mutate(false)}
          disabled={!text.trim() || !(act.data && act.variables)}
          busy={act.isPending}
          primary
          testId="roster-write"
        />
      </div>
    </section>
  );
}

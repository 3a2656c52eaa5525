import { useState } from "react";
import type { Issue } from "../api/contract";
import { Choice } from "../parts/Choice";
import { ReasonForm } from "../parts/ReasonForm";
import { ToldFields } from "../parts/ToldFields";
import { t } from "../words/words";

const HOW = ["telephone", "in_person", "message", "not_reached"] as const;

const SOLVED = ["unsaid", "yes", "no"] as const;

interface TellPanelProps {
  issue: Issue;
  busy: boolean;
  onSubmit: (body: unknown) => void;
}

/** The return visit (回访): who was told, how, what, and what he made of it. */
export function TellPanel({ issue, busy, onSubmit }: TellPanelProps) {
  const [whom, setWhom] = useState(issue.caller?.name ?? issue.caller?.phone ?? "");
  const [how, setHow] = useState<(typeof HOW)[number]>("telephone");
  const [solved, setSolved] = useState<string | null>("unsaid");
  const judges = issue.status === "handled" || issue.status === "closed";
  return (
    <ReasonForm
      title={t("desk_act.told")}
      note={t("desk_note.told")}
      label={t("desk_label.told")}
      busy={busy}
      ready={whom.trim() !== ""}
      onSubmit={(words) =>
        onSubmit({
          whom: whom.trim(),
          how,
          words,
          solved: solved === "yes" ? true : solved === "no" ? false : null,
        })
      }
    >
      <ToldFields whom={whom} onWhom={setWhom} how={how} ways={HOW} onHow={setHow} id="told" />
      {judges && how !== "not_reached" ? (
        <>
          <label>{t("told.solved")}</label>
          <Choice
            label={t("told.solved")}
            options={SOLVED.map((value) => ({ value, label: t(`told.${value}`) }))}
            value={solved}
            onPick={setSolved}
            testId="told-solved"
          />
        </>
      ) : null}
    </ReasonForm>
  );
}

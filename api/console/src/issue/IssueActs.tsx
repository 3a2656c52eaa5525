import { useState } from "react";
import { useAct } from "../api/acts";
import { filled } from "../api/routes";
import type { Issue } from "../api/contract";
import { useActs } from "../keys/acts";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { isEditable } from "../parts/fields";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { t } from "../words/words";
import type { DeskAct } from "./acts";
import { actsOn } from "./acts";
import { TellPanel } from "./TellPanel";
import { AssignPanel, ClosePanel, CorrectPanel, WordsPanel } from "./panels";

/** Everything that may be done with an issue here and now, by key or button. */
export function IssueActs({ issue }: { issue: Issue }) {
  const me = useMe();
  const act = useAct<Issue>();
  const [open, setOpen] = useState<DeskAct["id"] | null>(null);
  const acts = actsOn(issue, (action) => may(me, action));

  const send = (which: DeskAct, body?: unknown) =>
    act.mutate([{ path: filled(which.path, issue.number), body }], {
      onSuccess: () => setOpen(null),
    });
  const begin = (which: DeskAct) => {
    act.reset();
    if (which.id === "accept") send(which);
    else setOpen(which.id);
  };
  const back = () => {
    const focus = document.activeElement;
    if (open) setOpen(null);
    else if (isEditable(focus)) (focus as HTMLElement).blur();
  };
  useActs([
    ...acts.map((one) => ({
      id: one.id,
      words: t(`desk_act.${one.id}`),
      keys: [one.letter.toLowerCase()],
      run: () => begin(one),
    })),
    {
      id: "back",
      words: t("act.back"),
      keys: ["Escape"],
      everywhere: true,
      keyOnly: true,
      run: back,
    },
  ]);

  const present = acts.find((one) => one.id === open);
  return (
    <div className="issue-acts">
      {act.error ? (
        <Bar tone="warn" testId="refusal">
          {refusal(act.error)}
        </Bar>
      ) : null}
      {present ? (
        <>
          <PanelOf
            key={present.id}
            which={present}
            issue={issue}
            busy={act.isPending}
            onSubmit={(body) => send(present, body)}
          />
          <div className="acts">
            <ActButton letter="Esc" words={t("act.back")} onClick={back} />
          </div>
        </>
      ) : (
        <div className="acts">
          {acts.map((one, index) => (
            <ActButton
              key={one.id}
              letter={one.letter}
              words={t(`desk_act.${one.id}`)}
              onClick={() => begin(one)}
              primary={index === 0 && one.id !== "note" && one.id !== "reopen"}
              busy={act.isPending}
              testId={one.id}
            />
          ))}
        </div>
      )}
    </div>
  );
}

interface PanelOfProps {
  which: DeskAct;
  issue: Issue;
  busy: boolean;
  onSubmit: (body: unknown) => void;
}

function PanelOf({ which, issue, busy, onSubmit }: PanelOfProps) {
  switch (which.id) {
    case "assign":
      return <AssignPanel issue={issue} busy={busy} onSubmit={onSubmit} />;
    case "close":
      return <ClosePanel issue={issue} busy={busy} onSubmit={onSubmit} />;
    case "correct":
      return <CorrectPanel issue={issue} busy={busy} onSubmit={onSubmit} />;
    case "told":
      return <TellPanel issue={issue} busy={busy} onSubmit={onSubmit} />;
    case "handled":
      return <WordsPanel act="handled" busy={busy} onSubmit={(how) => onSubmit({ how })} />;
    case "note":
      return <WordsPanel act="note" busy={busy} onSubmit={(words) => onSubmit({ words })} />;
    case "return":
    case "reopen":
      return <WordsPanel act={which.id} busy={busy} onSubmit={(reason) => onSubmit({ reason })} />;
    case "accept":
      return null;
  }
}

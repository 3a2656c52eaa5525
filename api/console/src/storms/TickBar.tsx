import type { DismissalCause } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { ReasonForm } from "../parts/ReasonForm";
import { DismissPanel } from "../queue/panels";
import { t } from "../words/words";
import type { Asking } from "./RollCall";

interface TickBarProps {
  all: boolean;
  marked: number;
  asking: Asking;
  busy: boolean;
  onAll: () => void;
  onWork: () => void;
  onAsk: (asking: Asking) => void;
  onSay: (then: "work" | "dismiss", reason?: string, cause?: DismissalCause) => void;
}

/** What can be done with the marked devices, or with all; every act has its letter. */
export function TickBar({ all, marked, asking, busy, onAll, onWork, onAsk, onSay }: TickBarProps) {
  return (
    <div className="tick-bar">
      <label className="tick-all">
        <input type="checkbox" checked={all} onChange={onAll} data-testid="tick-all" />{" "}
        {t("storm.all")} <kbd>A</kbd>
      </label>
      <span className="quiet" role="status">
        {marked > 0 && !all ? t("storm.marked", { count: marked }) : null}
      </span>
      <ActButton
        letter="W"
        words={t("storm.tick_work")}
        onClick={onWork}
        busy={busy}
        primary
        testId="tick-work"
      />
      <ActButton
        letter="D"
        words={t("storm.dismiss")}
        onClick={() => onAsk("dismiss")}
        testId="tick-dismiss"
      />
      {asking === "work" ? (
        <ReasonForm
          title={t("storm.tick_work")}
          note={t("storm.work_note")}
          label={t("storm.all_reason")}
          busy={busy}
          onSubmit={(reason) => onSay("work", reason)}
        />
      ) : null}
      {asking === "dismiss" ? (
        <>
          <p className="quiet">{t("storm.dismiss_note")}</p>
          <DismissPanel busy={busy} onSubmit={({ cause, reason }) => onSay("dismiss", reason, cause)} />
        </>
      ) : null}
    </div>
  );
}

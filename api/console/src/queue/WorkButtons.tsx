import { ActButton } from "../parts/ActButton";
import { t } from "../words/words";

/** What may be open below the report in hand. */
export type Panel = "handled" | "dismiss" | "take_over";

interface WorkButtonsProps {
  /** Nobody's, mine, another's that I may take over, or only to be looked at. */
  state: "free" | "mine" | "held" | "seen";
  busy: boolean;
  panel: Panel | null;
  onEnter: () => void;
  onForward: () => void;
  onBack: () => void;
  onPanel: (panel: Panel) => void;
}

export function WorkButtons({ state, busy, panel, ...on }: WorkButtonsProps) {
  if (state === "seen") return null;
  if (panel) {
    return (
      <div className="acts">
        <ActButton letter="Esc" words={t("act.back")} onClick={on.onBack} />
      </div>
    );
  }
  if (state === "free") {
    return (
      <div className="acts">
        <ActButton
          letter="Enter"
          words={t("act.claim")}
          onClick={on.onEnter}
          primary
          busy={busy}
          testId="claim"
        />
      </div>
    );
  }
  if (state === "held") {
    return (
      <div className="acts">
        <ActButton
          letter="T"
          words={t("act.take_over")}
          onClick={() => on.onPanel("take_over")}
          testId="take-over"
        />
      </div>
    );
  }
  return (
    <div className="acts">
      <ActButton
        letter="F"
        words={t("act.forward")}
        onClick={on.onForward}
        primary
        busy={busy}
        testId="forward"
      />
      <ActButton
        letter="H"
        words={t("act.handled_on_the_spot")}
        onClick={() => on.onPanel("handled")}
        testId="handled"
      />
      <ActButton
        letter="D"
        words={t("act.dismiss")}
        onClick={() => on.onPanel("dismiss")}
        testId="dismiss"
      />
      <ActButton letter="Esc" words={t("act.release")} onClick={on.onBack} testId="release" />
      <span className="quiet">{t("act.forward_hint")}</span>
    </div>
  );
}

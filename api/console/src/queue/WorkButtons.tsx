import { ActButton } from "../parts/ActButton";
import { t } from "../words/words";

/** What may be open below the report in hand. */
export type Panel = "handled" | "dismiss" | "take_over" | "park" | "offer";

interface WorkButtonsProps {
  /** Nobody's, mine, another's that I may take over, or only to be looked at. */
  state: "free" | "mine" | "held" | "seen";
  busy: boolean;
  /** Life safety is never put aside. */
  mayPark: boolean;
  panel: Panel | null;
  onEnter: () => void;
  onForward: () => void;
  onBack: () => void;
  onPanel: (panel: Panel) => void;
}

export function WorkButtons({ state, busy, mayPark, panel, ...on }: WorkButtonsProps) {
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
      {mayPark ? (
        <ActButton
          letter="P"
          words={t("act.park")}
          onClick={() => on.onPanel("park")}
          testId="park"
        />
      ) : null}
      <ActButton
        letter="G"
        words={t("act.offer")}
        onClick={() => on.onPanel("offer")}
        testId="offer"
      />
      <ActButton letter="Esc" words={t("act.release")} onClick={on.onBack} testId="release" />
      <span className="quiet">{t("act.forward_hint")}</span>
    </div>
  );
}

import { useEffect, useState } from "react";
import { usePicture } from "../api/queries";
import type { Picture } from "../api/contract";
import { useActs } from "../keys/acts";
import { ActButton } from "../parts/ActButton";
import { t } from "../words/words";
import { altOf } from "./Shot";

/** Half a period of blinking: well below three flashes a second. */
const HALF = 700;

interface OverlayProps {
  before: Picture;
  after: Picture;
}

/** Before and after over each other: a slider between them, and blinking by the space bar. */
export function Overlay({ before, after }: OverlayProps) {
  const [at, setAt] = useState(50);
  const blink = useBlink();
  const earlier = usePicture(before.issue, before.sha256, "review");
  const later = usePicture(after.issue, after.sha256, "review");
  useActs([{ id: "blink", words: t("review.blink"), keys: [" "], run: blink.press }]);
  const cut = blink.shown === null ? at : blink.shown === "after" ? 0 : 100;
  return (
    <div className="overlay">
      <div className="overlay-pictures" data-testid="overlay" data-cut={cut}>
        <img src={earlier.data} alt={altOf(before)} />
        <img src={later.data} alt={altOf(after)} style={{ clipPath: `inset(0 0 0 ${cut}%)` }} />
        {blink.shown === null ? (
          <span className="overlay-edge" style={{ insetInlineStart: `${at}%` }} />
        ) : null}
      </div>
      <div className="overlay-acts">
        <input
          type="range"
          min={0}
          max={100}
          value={at}
          aria-label={t("review.slider")}
          title={t("review.slider")}
          onChange={(event) => {
            blink.stop();
            setAt(Number(event.target.value));
          }}
        />
        <ActButton letter="␣" words={t("review.blink")} onClick={blink.press} testId="blink" />
      </div>
    </div>
  );
}

/** Blinks by itself; where the system asks for less motion, each press shows the other one. */
function useBlink() {
  const [shown, setShown] = useState<"before" | "after" | null>(null);
  const [running, setRunning] = useState(false);
  useEffect(() => {
    if (!running) return;
    const beat = setInterval(() => setShown((old) => (old === "after" ? "before" : "after")), HALF);
    return () => clearInterval(beat);
  }, [running]);
  const stop = () => {
    setRunning(false);
    setShown(null);
  };
  const press = () => {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      setShown((old) => (old === "after" ? "before" : "after"));
    } else if (running) {
      stop();
    } else {
      setShown("after");
      setRunning(true);
    }
  };
  return { shown, press, stop };
}

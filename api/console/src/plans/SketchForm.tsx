import { Button } from "antd";
import type { FormEvent } from "react";
import { useState } from "react";
import type { Plan } from "../api/contract";
import { Bar } from "../parts/Bar";
import { FileField } from "../parts/FileField";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";
import { paper } from "./paper";
import { PlanNames } from "./PlanNames";
import { Sheet, type Tool } from "./Sheet";
import type { Shape, Sketch } from "./sketch";
import { begun, MOST_LETTERS, next, now, redone, svgOf, undone } from "./sketch";
import { usePlanDraw } from "./usePlanDraw";

interface SketchFormProps {
  /** Given: this plan is drawn on; its devices keep their spots. */
  plan?: Plan;
  /** What is on the sheet already. */
  sketch: Sketch;
  onDone: () => void;
}

const TOOLS: readonly Tool[] = ["wall", "room", "word"];

/** Draw a plan here: walls, rooms and labels, on blank paper or over a picture. */
export function SketchForm({ plan, sketch, onDone }: SketchFormProps) {
  const drawn = usePlanDraw(plan, onDone);
  const [steps, setSteps] = useState(() => begun(sketch.shapes));
  const [ground, setGround] = useState(sketch.ground);
  const [unreadable, setUnreadable] = useState(false);
  const [tool, setTool] = useState<Tool>("room");
  const [word, setWord] = useState("");
  const shapes = now(steps);
  const ready = drawn.named && (shapes.length > 0 || ground !== null);

  const lay = async (file: File | null) => {
    const laid = file ? await paper(file) : null;
    setUnreadable(file !== null && laid === null);
    setGround(laid);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const file = new Blob([svgOf({ shapes, ground })], { type: "image/svg+xml" });
    drawn.draw(file);
  };

  return (
    <form className="sketch" onSubmit={send} data-testid="sketch">
      <div className="draw-form">
        {plan ? null : <PlanNames drawn={drawn} id="sketch" />}
        <FileField
          label={t("sketch.ground")}
          accept="image/jpeg,image/png,image/webp"
          onPick={(file) => void lay(file)}
          testId="sketch-ground"
        />
      </div>
      <fieldset className="sketch-tools">
        <legend>{t("sketch.tool")}</legend>
        {TOOLS.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="sketch-tool"
              checked={tool === one}
              onChange={() => setTool(one)}
              data-testid={`tool-${one}`}
            />
            {t(`sketch.${one}`)}
          </label>
        ))}
        <label>
          {t("sketch.says")}
          <input
            className="field"
            value={word}
            maxLength={MOST_LETTERS}
            onChange={(event) => setWord(event.target.value)}
            onFocus={() => setTool("word")}
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
            data-testid="sketch-says"
          />
        </label>
        <Button
          onClick={() => setSteps(undone)}
          disabled={steps.done.length < 2}
          data-testid="sketch-undo"
        >
          {t("sketch.undo")}
        </Button>
        <Button
          onClick={() => setSteps(redone)}
          disabled={steps.undone.length === 0}
          data-testid="sketch-redo"
        >
          {t("sketch.redo")}
        </Button>
      </fieldset>
      <Sheet
        sketch={{ shapes, ground }}
        tool={tool}
        word={word}
        onDrawn={(shape) => setSteps(next(steps, [...shapes, shape]))}
        onUndo={() => setSteps(undone)}
        onRedo={() => setSteps(redone)}
      />
      <Shapes
        shapes={shapes}
        onRub={(gone) => setSteps(next(steps, shapes.filter((_, number) => number !== gone)))}
      />
      {unreadable ? <Bar tone="warn">{t("sketch.unreadable")}</Bar> : null}
      {drawn.problem ? (
        <Bar tone="warn" testId="sketch-refused">
          {refusal(drawn.problem)}
        </Bar>
      ) : null}
      <p className="plan-acts">
        <Button
          type="primary"
          htmlType="submit"
          disabled={!ready}
          loading={drawn.busy}
          data-testid="sketch-save"
        >
          {t("sketch.save")}
        </Button>
        <Button onClick={onDone}>{t("plans.cancel")}</Button>
      </p>
    </form>
  );
}

/** What is on the sheet, as a list: each part can be rubbed out. */
function Shapes({ shapes, onRub }: { shapes: readonly Shape[]; onRub: (number: number) => void }) {
  return (
    <ul className="sketch-shapes" aria-label={t("sketch.drawn")}>
      {shapes.map((shape, number) => {
        const said = `${t(`sketch.${shape.sort}`)} ${number + 1}${shape.sort === "word" ? ` ${shape.text}` : ""}`;
        return (
          <li key={number} data-testid={`shape-${number + 1}`}>
            {said}{" "}
            <button
              type="button"
              className="plain"
              aria-label={`${t("sketch.rub")}: ${said}`}
              onClick={() => onRub(number)}
            >
              {t("sketch.rub")}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

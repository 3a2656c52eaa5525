import type { KeyboardEvent, PointerEvent } from "react";
import { useId, useState } from "react";
import { t } from "../words/words";
import type { Point, Shape, Sketch } from "./sketch";
import { between, box, SHEET, snapped } from "./sketch";

export type Tool = Shape["sort"];

interface SheetProps {
  sketch: Sketch;
  tool: Tool;
  /** What the label says that is put down next. */
  word: string;
  onDrawn: (shape: Shape) => void;
  onUndo: () => void;
  onRedo: () => void;
}

const ARROWS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The sheet: dragged over with the pointer, or a crosshair moved with the arrow keys. */
export function Sheet({ sketch, tool, word, onDrawn, onUndo, onRedo }: SheetProps) {
  const help = useId();
  const [cross, setCross] = useState<Point>({ x: SHEET.width / 2, y: SHEET.height / 2 });
  const [start, setStart] = useState<Point | null>(null);
  const growing = start && tool !== "word" ? between(tool, start, cross) : null;

  const ends = (at: Point) => {
    if (tool === "word") {
      if (word.trim()) onDrawn({ sort: "word", at, text: word.trim() });
      return;
    }
    if (!start) {
      setStart(at);
      return;
    }
    const drawn = between(tool, start, at);
    setStart(null);
    if (drawn) onDrawn(drawn);
  };
  const keys = (event: KeyboardEvent) => {
    const way = ARROWS[event.key];
    const control = event.ctrlKey || event.metaKey;
    if (way) {
      const far = SHEET.grid * (event.shiftKey ? 5 : 1);
      setCross(snapped({ x: cross.x + way.x * far, y: cross.y + way.y * far }));
    } else if (event.key === "Enter" || event.key === " ") ends(cross);
    else if (event.key === "Escape" && start) setStart(null);
    else if (control && event.key.toLowerCase() === "z") (event.shiftKey ? onRedo : onUndo)();
    else if (control && event.key.toLowerCase() === "y") onRedo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const down = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = pointOf(event);
    setCross(at);
    if (tool === "word") ends(at);
    else setStart(at);
  };
  const up = (event: PointerEvent<SVGSVGElement>) => {
    if (start && tool !== "word") ends(pointOf(event));
  };

  return (
    <>
      <svg
        className="sheet"
        viewBox={`0 0 ${SHEET.width} ${SHEET.height}`}
        tabIndex={0}
        role="application"
        aria-label={t("sketch.sheet")}
        aria-describedby={help}
        onKeyDown={keys}
        onPointerDown={down}
        onPointerMove={(event) => setCross(pointOf(event))}
        onPointerUp={up}
        onPointerCancel={() => setStart(null)}
        data-testid="sheet"
      >
        <rect className="sheet-paper" width={SHEET.width} height={SHEET.height} />
        {sketch.ground ? (
          <image href={sketch.ground} width={SHEET.width} height={SHEET.height} />
        ) : null}
        <Grid />
        {sketch.shapes.map((shape, number) => (
          <Drawn key={number} shape={shape} />
        ))}
        {growing ? <Drawn shape={growing} growing /> : null}
        <path
          className="sheet-cross"
          d={`M${cross.x - 14} ${cross.y}h28M${cross.x} ${cross.y - 14}v28`}
        />
      </svg>
      <p className="quiet" id={help}>
        {t("sketch.help")}
      </p>
      <p className="quiet" role="status" data-testid="sheet-at">
        {t(start ? "sketch.from_here" : "sketch.at", {
          x: cross.x / SHEET.grid,
          y: cross.y / SHEET.grid,
        })}
      </p>
    </>
  );
}

/** Where on the sheet a pointer is, on the grid. */
function pointOf(event: PointerEvent<SVGSVGElement>): Point {
  const matrix = event.currentTarget.getScreenCTM();
  if (!matrix) return { x: 0, y: 0 };
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
  return snapped({ x, y });
}

function Grid() {
  const { width, height, grid } = SHEET;
  const down = Array.from({ length: width / grid - 1 }, (_, n) => `M${(n + 1) * grid} 0v${height}`);
  const across = Array.from({ length: height / grid - 1 }, (_, n) => `M0 ${(n + 1) * grid}h${width}`);
  return <path className="sheet-grid" d={[...down, ...across].join("")} />;
}

function Drawn({ shape, growing = false }: { shape: Shape; growing?: boolean }) {
  const name = growing ? "sheet-drawn sheet-growing" : "sheet-drawn";
  if (shape.sort === "wall") {
    const { from, to } = shape;
    return <line className={name} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />;
  }
  if (shape.sort === "room") return <rect className={name} {...box(shape)} />;
  return (
    <text className="sheet-word" x={shape.at.x} y={shape.at.y}>
      {shape.text}
    </text>
  );
}

import type { ReportClass } from "../api/contract";

/** The console's shapes as letters: a class is known across the room without its colour. */
const SHAPES: Record<ReportClass, string> = {
  life_safety: "◆",
  call: "●",
  alarm: "▲",
  telling: "▬",
  fault: "■",
};

export function ClassShape({ cls }: { cls: ReportClass }) {
  return (
    <span className={`wall-shape wall-shape-${cls}`} aria-hidden="true">
      {SHAPES[cls]}
    </span>
  );
}

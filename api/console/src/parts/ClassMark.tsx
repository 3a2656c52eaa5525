import type { ReportClass, Urgency } from "../api/contract";
import { named } from "../words/words";

/** Each class has a shape of its own, so that nothing hangs on colour alone. */
const SHAPES: Record<ReportClass, string> = {
  life_safety: "M8 0 16 8 8 16 0 8Z",
  call: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z",
  alarm: "M8 1 16 15H0Z",
  telling: "M1 2h14v9H7l-4 4v-4H1Z",
  fault: "M2 2h12v12H2Z",
};

export function ClassMark({ cls }: { cls: ReportClass }) {
  return (
    <svg
      className={`mark mark-${cls}`}
      viewBox="0 0 16 16"
      role="img"
      aria-label={named("cls", cls)}
    >
      <path d={SHAPES[cls]} />
    </svg>
  );
}

export function UrgencyMark({ urgency }: { urgency: Urgency }) {
  return <span className={`urgency urgency-${urgency}`}>{named("urgency", urgency)}</span>;
}

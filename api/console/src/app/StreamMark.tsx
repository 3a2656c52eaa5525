import { useStreamState } from "../api/stream";
import { clockTime } from "../time/format";
import { named } from "../words/words";

const SHAPES = { live: "●", connecting: "◌", stale: "▲" } as const;

/** Whether what is shown follows what happens. */
export function StreamMark() {
  const { state, since } = useStreamState();
  return (
    <span
      className={`stream stream-${state}`}
      data-testid="stream-state"
      data-state={state}
      role="status"
    >
      <span aria-hidden="true">{SHAPES[state]}</span> {named("stream", state)}
      {state === "stale" ? ` ${clockTime(since)}` : null}
    </span>
  );
}

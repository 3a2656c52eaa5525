import type { ReactNode } from "react";

/** An empty place says why it is empty. */
export function Why({ words, children }: { words: string; children?: ReactNode }) {
  return (
    <div className="why">
      <p>{words}</p>
      {children}
    </div>
  );
}

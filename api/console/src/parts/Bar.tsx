import type { ReactNode } from "react";

interface BarProps {
  /** `danger` is for life safety and what is past its limit; everything else is plain or warn. */
  tone?: "plain" | "warn" | "danger";
  children: ReactNode;
  action?: ReactNode;
  testId?: string;
}

const SIGNS = { plain: "ℹ", warn: "▲", danger: "◆" } as const;

/** A sentence that must be read, across the width of what it speaks about. */
export function Bar({ tone = "plain", children, action, testId }: BarProps) {
  return (
    <div
      className={`bar bar-${tone}`}
      role={tone === "plain" ? "status" : "alert"}
      data-testid={testId}
    >
      <span className="bar-sign" aria-hidden="true">
        {SIGNS[tone]}
      </span>
      <div className="bar-words">{children}</div>
      {action}
    </div>
  );
}

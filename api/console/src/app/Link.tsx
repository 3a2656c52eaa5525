import type { MouseEvent, ReactNode } from "react";
import { giveKeysBack } from "../keys/giving";
import { go } from "./route";

interface LinkProps {
  to: string;
  children: ReactNode;
  className?: string;
  current?: boolean;
  testId?: string;
}

/** A true link, so that it can be copied and opened in a second window; a plain click stays here. */
export function Link({ to, children, className, current, testId }: LinkProps) {
  const follow = (event: MouseEvent<HTMLElement>) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    giveKeysBack(event);
    go(to);
  };
  return (
    <a
      href={to}
      onClick={follow}
      className={className}
      aria-current={current ? "page" : undefined}
      data-testid={testId}
    >
      {children}
    </a>
  );
}

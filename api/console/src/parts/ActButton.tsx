import { Button } from "antd";

interface ActButtonProps {
  /** The letter that does the same. */
  letter?: string;
  words: string;
  onClick: () => void;
  primary?: boolean;
  disabled?: boolean;
  busy?: boolean;
  testId?: string;
}

/** A button with its letter beside it. */
export function ActButton(props: ActButtonProps) {
  const { letter, words, onClick, primary = false, disabled = false, busy = false, testId } = props;
  return (
    <Button
      type={primary ? "primary" : "default"}
      onClick={onClick}
      disabled={disabled}
      loading={busy}
      data-testid={testId}
      {...(letter ? { "aria-keyshortcuts": letter } : {})}
    >
      {words}
      {letter ? <kbd>{letter}</kbd> : null}
    </Button>
  );
}

import { Button } from "antd";

interface ActButtonProps {
  /** The letter that does the same. */
  letter?: string;
  words: string;
  /** Not needed for a button that submits its form. */
  onClick?: () => void;
  submits?: boolean;
  primary?: boolean;
  disabled?: boolean;
  busy?: boolean;
  testId?: string;
}

/** A button with its letter beside it. */
export function ActButton(props: ActButtonProps) {
  const {
    letter,
    words,
    onClick,
    submits = false,
    primary = false,
    disabled = false,
    busy = false,
    testId,
  } = props;
  return (
    <Button
      type={primary ? "primary" : "default"}
      htmlType={submits ? "submit" : "button"}
      {...(onClick ? { onClick } : {})}
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

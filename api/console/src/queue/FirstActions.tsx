import { t } from "../words/words";

/** What the catalogue says to do first (五.1(2)), one step a line. */
export function FirstActions({ words }: { words: string }) {
  const steps = words
    .split(/\n|；|;/)
    .map((step) => step.trim())
    .filter(Boolean);
  return (
    <ol className="first-actions" aria-label={t("form.first_actions")}>
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

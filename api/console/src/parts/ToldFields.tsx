import { t } from "../words/words";
import { Choice } from "./Choice";

interface ToldFieldsProps<How extends string> {
  whom: string;
  onWhom: (whom: string) => void;
  how: How | null;
  ways: readonly How[];
  onHow: (how: How) => void;
  /** What the fields' test ids begin with. */
  id: string;
}

/** Who was told something, and how. */
export function ToldFields<How extends "telephone" | "in_person" | "message" | "not_reached">(
  props: ToldFieldsProps<How>,
) {
  const { whom, onWhom, how, ways, onHow, id } = props;
  return (
    <>
      <label>
        {t("told.whom")}
        <input
          className="field"
          value={whom}
          onChange={(event) => onWhom(event.target.value)}
          data-field
          data-testid={`${id}-whom`}
        />
      </label>
      <label>{t("told.how")}</label>
      <Choice
        label={t("told.how")}
        options={ways.map((value) => ({ value, label: t(`told.${value}`) }))}
        value={how}
        onPick={(value) => onHow(value as How)}
        testId={`${id}-how`}
      />
    </>
  );
}

import { useBriefingAudience } from "../api/duties";
import { t } from "../words/words";

/** Who has not acknowledged the newest version, and who has. */
export function WhoKnows({ number }: { number: number }) {
  const { data } = useBriefingAudience(number);
  if (!data) return null;
  const names = (people: readonly { name: string; unit: { name: string } }[]) =>
    people.map((one) => `${one.name}（${one.unit.name}）`).join(t("join.comma"));
  return (
    <div data-testid={`audience-${number}`}>
      <p>
        <span className={data.missing.length > 0 ? "tag tag-danger" : "tag"}>
          {data.missing.length > 0 ? "✕ " : "✓ "}
          {t("briefings.missing", { count: data.missing.length })}
        </span>{" "}
        {names(data.missing)}
      </p>
      <p className="quiet">
        {t("briefings.acknowledged", { count: data.acknowledged.length })}{" "}
        {names(data.acknowledged.map((one) => one.person))}
      </p>
    </div>
  );
}

import { useJournal } from "../api/queries";
import { Fact, Facts } from "../parts/Facts";
import { Moment } from "../time/Moment";
import { age } from "../time/format";
import { t } from "../words/words";
import { stations } from "./stations";

/** From the device to the desk: when each station was passed, and how long after it happened. */
export function Path({ number }: { number: number }) {
  const { data } = useJournal(number);
  const passed = stations(data?.items ?? []);
  if (passed.length === 0) return null;
  return (
    <section aria-label={t("path.title")} data-testid="path">
      <h2>{t("path.title")}</h2>
      <Facts>
        {passed.map((one) => (
          <Fact key={one.kind} name={t(`path.${one.kind}`)}>
            <Moment at={new Date(one.at).toISOString()} />{" "}
            {one.kind === "happened" ? null : <span className="quiet">+{age(one.after)}</span>}
          </Fact>
        ))}
      </Facts>
    </section>
  );
}
